import type { DmarcReportClient } from '@dmarc-as-code/client'
import { Reports } from '@dmarc-as-code/client/reports'
import type { PlayOptions, Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Steps } from './steps.ts'

/** One domain whose reports allow its next policy, and one with a sender that somebody has to answer for first. */
const played: readonly (PlayOptions & { target: 'quarantine' | 'reject' })[] = [
  { domain: 'shop.test', target: 'quarantine', days: 32 },
  {
    domain: 'example.test',
    target: 'reject',
    policy: 'quarantine',
    days: 32,
    services: { 'newsletter.example': { messages: 8 } },
  },
]

/** Stores a month of reports about two of the domains, and says what the evidence is. */
export async function playReports(
  sandbox: Sandbox,
  client: DmarcReportClient,
  steps: Steps,
  signal: AbortSignal,
): Promise<void> {
  await steps.run('Play a month of reports, and ask for the evidence', async (progress) => {
    const reports = new Reports(client)
    const domains = await client.domains.listByAccount(sandbox.accountId, { signal }).all()
    for (const { target, ...options } of played) {
      const domain = domains.find(({ address }) => address === options.domain)
      if (!domain) throw new Error(`The account has no domain ${options.domain}, whose reports were to be played.`)
      const { messages } = await sandbox.reports.play(options)
      const { ready, blockers } = await reports.evidence(sandbox.accountId, domain.id, { target, signal })
      const verdict = ready ? `ready for ${target}` : `not ready for ${target}: ${blockers.map(saying).join('; ')}`
      progress(`${options.domain}: ${messages} messages reported; ${verdict}`)
    }
  })
}

const saying = ({ found, about }: { found: string; about: readonly string[] }) =>
  about.length > 0 ? `${found} (${about.map((id) => id.replace(/^\w+:/, '')).join(', ')})` : found
