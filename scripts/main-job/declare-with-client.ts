import type { CnameRecord, DmarcReportClient, Domain } from '@dmarc-as-code/client'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, describeSets, memoryJournalStore, plan } from '@dmarc-as-code/dns/apply'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { type SampleDomain, sampleDomains } from './domains.ts'
import type { Steps } from './steps.ts'

/** The main job without Terraform: declares the domains through the API client and applies their CNAMEs by RFC 2136. */
export async function declareWithClient(
  sandbox: Sandbox,
  client: DmarcReportClient,
  steps: Steps,
  signal: AbortSignal,
): Promise<void> {
  const cnames = await steps.run('Declare the domains and turn on hosted DMARC and MTA-STS', async (progress) => {
    const existing = new Set((await client.tags.list().all()).map((tag) => tag.name))
    for (const name of new Set(sampleDomains.flatMap((domain) => domain.tags))) {
      if (!existing.has(name)) await client.tags.create({ name, color: '#3B82F6' }, { signal })
    }
    const needed: CnameRecord[] = []
    for (const sample of sampleDomains) {
      const domain = await declare(client, sandbox.accountId, sample, signal)
      const records = domain.cname_records ?? []
      needed.push(...records)
      progress(`${sample.address}: ${sample.why}; ${records.length} CNAME${records.length === 1 ? '' : 's'} needed`)
    }
    return needed
  })

  await steps.run('Publish the CNAMEs in the customer zones (RFC 2136 with TSIG)', async (progress) => {
    const adapter = await createAdapter({
      type: 'rfc2136',
      server: sandbox.dns.address,
      port: sandbox.dns.port,
      key: sandbox.tsig,
    })
    try {
      const records = cnames.map(({ name, value }) => ({ name, type: 'CNAME' as const, value }))
      const change = await plan(records, adapter, { conflict: 'replace', signal })
      for (const item of change.items) {
        const instead = item.action === 'replace' ? `, replacing ${describeSets(item.before)}` : ''
        progress(`${item.action.padEnd(9)} ${item.record.name} -> ${item.record.value}${instead}`)
      }
      await apply(change, adapter, { journals: memoryJournalStore(), signal })
    } finally {
      await adapter.close?.()
    }
  })
}

async function declare(
  client: DmarcReportClient,
  accountId: number,
  sample: SampleDomain,
  signal: AbortSignal,
): Promise<Domain> {
  const domain = await client.domains.create(
    accountId,
    {
      address: sample.address,
      rua_report: true,
      ruf_report: true,
      mta_sts_report: sample.mtaSts !== undefined,
      parked_domain: sample.parked,
      tag_names: sample.tags,
      ...(sample.mtaSts && { mta_sts_policy: sample.mtaSts }),
    },
    { signal },
  )
  const hosting = { hosted_dmarc: true, ...(sample.mtaSts && { hosted_mta_sts: true }) }
  const hosted = await client.domains.update(accountId, domain.id, hosting, { signal })
  if (sample.dmarc) {
    await client.domains.generateDmarcRecord(accountId, domain.id, { ...sample.dmarc, publish: true }, { signal })
  }
  return hosted
}
