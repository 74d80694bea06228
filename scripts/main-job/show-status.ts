import type { DmarcReportClient, RecordCheck } from '@dmarc-as-code/client'
import { textTable } from '@dmarc-as-code/primitives'

/** Prints every domain of the account with each of its records, as the server sees them now. Returns whether all are ready. */
export async function showStatus(
  client: DmarcReportClient,
  accountId: number,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const domains = await client.domains.listByAccount(accountId, { signal }).all()
  const rows: string[][] = []
  let allReady = domains.length > 0
  for (const domain of domains) {
    if (domain.hosted_dmarc) {
      const answer = await client.domains.verifyHostedDmarc(accountId, domain.id, { signal })
      allReady &&= answer.overall_status === 'ready'
      rows.push(...serviceRows(domain.address, 'DMARC', answer.overall_status, answer.checks))
    }
    if (domain.hosted_mta_sts) {
      const answer = await client.domains.verifyHostedMtaSts(accountId, domain.id, { signal })
      allReady &&= answer.overall_status === 'ready'
      rows.push(...serviceRows(domain.address, 'MTA-STS', answer.overall_status, answer.checks))
    }
  }
  for (const line of textTable(['domain', 'service', 'overall', 'part', 'name', 'status'], rows, { rule: true }))
    print(line)
  return allReady
}

function serviceRows(address: string, service: string, overall: string, checks: readonly RecordCheck[]): string[][] {
  return checks.map((check, index) => [
    index === 0 ? address : '',
    index === 0 ? service : '',
    index === 0 ? overall : '',
    check.part.replace('_', ' '),
    check.name ?? '',
    check.reason ? `${check.status} (${check.reason})` : check.status,
  ])
}
