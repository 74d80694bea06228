import { type AggregateRecord, writeAggregate, writeTlsReport } from '@dmarc-as-code/reports'
import { acceptMail } from '../reports/accept-mail.ts'
import { processMail } from '../reports/process-mail.ts'
import type { Store } from '../store/open-store.ts'

/** Mail of one kind of source, as reporters saw it on every day. */
export interface PlayedMail {
  /** Messages a day, over all reporters. */
  messages: number
  /** Percent that passes by aligned DKIM, and by aligned SPF. Default 100 for own mail. */
  dkim?: number
  spf?: number
  /** Of the first source; further ones are in the networks after it. */
  address?: string
}

export interface PlayOptions {
  /** The address of a domain of the owner's account. */
  domain: string
  /** How many days of reports. Default 40. */
  days?: number
  /** How many days ago the last of them is. Default 1: yesterday. */
  until?: number
  /** The policy that reporters find. Default `none`. */
  policy?: 'none' | 'quarantine' | 'reject'
  /** Domains that report, one report a day each. Default two. */
  reporters?: readonly string[]
  /** The domain's own mail server. Default 60 messages, all pass. */
  own?: PlayedMail | null
  /** A forwarder: DKIM survives, SPF does not. Default 4 messages. */
  forwarder?: PlayedMail | null
  /** Services that authenticate as themselves, by their domain: candidates, until somebody says whose they are. Default none. */
  services?: Readonly<Record<string, PlayedMail>>
  /** Somebody who forges the domain. Default 15 messages from one network. */
  spoofer?: (PlayedMail & { networks?: number }) | null
  /** Sessions of TLS reports. Default none. */
  tls?: { successful: number; failed?: number; resultType?: string }
}

export interface PlayedReports {
  /** Reports that are new in the store. */
  reports: number
  /** Messages they tell of. */
  messages: number
}

const daySeconds = 86_400

/**
 * Stores reports about the last weeks as if they had come in every day, so that evidence is there at once. They count as
 * evidence. Playing the same days again replaces what was played for them.
 */
export async function playReports(
  store: Store,
  accountId: number,
  now: () => number,
  options: PlayOptions,
): Promise<PlayedReports> {
  const { domain, days = 40, until = 1, reporters = ['receiver.example', 'mailbox.example'] } = options
  const found = await store.db
    .selectFrom('domain_accounts')
    .select('domain_id')
    .where('account_id', '=', accountId)
    .where('address', '=', domain)
    .executeTakeFirst()
  if (!found) throw new Error(`The owner's account has no domain ${domain}. Create it before its reports are played.`)
  const played: PlayedReports = { reports: 0, messages: 0 }
  const today = Math.floor(now() / 1000 / daySeconds) * daySeconds
  for (let ago = until + days - 1; ago >= until; ago--) {
    const begin = today - ago * daySeconds
    for (const [index, reporter] of reporters.entries()) {
      const records = recordsOf(options, share(reporters.length, index))
      await take(aggregateReport(options, reporter, begin, records))
      played.messages += records.reduce((sum, { count }) => sum + count, 0)
      if (options.tls) await take(tlsReport(options.tls, domain, reporter, begin))
    }
  }
  return played

  async function take(text: string): Promise<void> {
    const raw = Buffer.from(text)
    const mail = { domainId: found?.domain_id ?? 0, way: 'import' as const, trust: 'always' as const, raw }
    const id = await store.transaction((tx) => acceptMail(tx, mail, now()))
    // The worker of the server may have been faster.
    await processMail(id, {
      store,
      now,
      authenticate: () => Promise.reject(new Error('not needed')),
      counts: () => true,
    })
    played.reports += 1
  }
}

/** The part of a number of messages that one reporter sees. */
const share = (reporters: number, index: number) => (messages: number) =>
  Math.floor(messages / reporters) + (index < messages % reporters ? 1 : 0)

function aggregateReport(
  { domain, policy = 'none' }: PlayOptions,
  reporter: string,
  begin: number,
  records: readonly AggregateRecord[],
): string {
  const metadata = {
    orgName: reporter,
    email: `dmarc@${reporter}`,
    reportId: `${domain}.${begin}`,
    dateRange: { begin, end: begin + daySeconds - 1 },
    errors: [],
  }
  return [...writeAggregate({ metadata, policyPublished: { domain, p: policy } }, records)].join('')
}

function recordsOf(options: PlayOptions, part: (messages: number) => number): AggregateRecord[] {
  const { domain, policy = 'none', own, forwarder, services = {}, spoofer } = options
  const records: AggregateRecord[] = []
  const add = (sourceIp: string, count: number, passed: { dkim: boolean; spf: boolean }, from: string) => {
    if (count <= 0) return
    const passes = passed.dkim || passed.spf
    const word = (pass: boolean) => (pass ? 'pass' : 'fail')
    records.push({
      sourceIp,
      count,
      policyEvaluated: {
        disposition: passes ? 'none' : policy,
        dkim: word(passed.dkim),
        spf: word(passed.spf),
        reasons: [],
      },
      identifiers: { headerFrom: domain, envelopeFrom: from },
      authResults: {
        dkim: passed.dkim
          ? [{ domain, selector: 's1', result: 'pass' }]
          : from !== '' && from !== domain
            ? [{ domain: from, selector: 's1', result: 'pass' }]
            : [],
        spf: [{ domain: from || 'unknown.invalid', scope: 'mfrom', result: from === '' ? 'fail' : 'pass' }],
      },
      extensions: [],
    })
  }
  const mixed = (mail: PlayedMail, address: string, from: string, usual: { dkim: number; spf: number }) => {
    const total = part(mail.messages)
    const dkim = Math.round((total * (mail.dkim ?? usual.dkim)) / 100)
    const spf = Math.round((total * (mail.spf ?? usual.spf)) / 100)
    const both = Math.min(dkim, spf)
    const ip = mail.address ?? address
    add(ip, both, { dkim: true, spf: true }, from)
    add(ip, dkim - both, { dkim: true, spf: false }, from)
    add(ip, spf - both, { dkim: false, spf: true }, from)
    add(ip, total - Math.max(dkim, spf), { dkim: false, spf: false }, from === domain ? '' : from)
  }
  if (own !== null) mixed(own ?? { messages: 60 }, '192.0.2.10', domain, { dkim: 100, spf: 100 })
  if (forwarder !== null)
    mixed(forwarder ?? { messages: 4 }, '198.51.100.7', 'forwarder.example', { dkim: 100, spf: 0 })
  for (const [index, [name, mail]] of Object.entries(services).entries()) {
    mixed(mail, `198.51.${101 + index}.20`, name, { dkim: 0, spf: 0 })
  }
  if (spoofer !== null) {
    const { messages, networks = 1 } = spoofer ?? { messages: 15 }
    for (let network = 0; network < networks; network++) {
      const count = part(share(networks, network)(messages))
      add(`203.${network >> 8}.${network & 255}.9`, count, { dkim: false, spf: false }, '')
    }
  }
  return records
}

function tlsReport(
  { successful, failed = 0, resultType = 'certificate-expired' }: NonNullable<PlayOptions['tls']>,
  domain: string,
  reporter: string,
  begin: number,
): string {
  return writeTlsReport({
    organizationName: reporter,
    dateRange: { begin, end: begin + daySeconds - 1 },
    contactInfo: `tls@${reporter}`,
    reportId: `${domain}.tls.${begin}`,
    policies: [
      {
        type: 'sts',
        policyString: [],
        domain,
        mxHosts: [`mail.${domain}`],
        successfulSessions: successful,
        failedSessions: failed,
        failures: failed > 0 ? [{ resultType, failedSessions: failed }] : [],
      },
    ],
  })
}
