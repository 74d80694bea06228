import {
  type CnameRecord,
  type DmarcReportClient,
  type HostedServices,
  overallOfAll,
  PermissionError,
  type RecordCheck,
} from '@dmarc-as-code/client'
import { z } from 'zod'
import { explainCheck } from '../explain-check.ts'
import { clientOf, type FoundDomain, findDomain } from '../find-domain.ts'
import { tool } from '../tool.ts'

export const domainStatus = tool({
  name: 'domain_status',
  title: 'Status of a domain',
  description:
    'Says for each record of one hosted domain what was expected, what was found, why it fails and what to do. The service looks now where the token has the privilege to verify (`looked_now`), and otherwise tells what it saw last. Changes no setting and no DNS record.',
  input: z.object({ domain: z.string().describe('The domain name, such as example.com') }),
  async run({ domain: name }, sources, signal) {
    const client = clientOf(sources)
    const domain = await findDomain(sources, name, signal)
    const { account_id, id, address } = domain
    const services = await client.domains.hostedServices(account_id, id, { signal })
    const looks = await look(clientOf(sources), domain, services, signal)
    return {
      domain: address,
      account_id,
      hosted_dmarc: services.hosted_dmarc,
      hosted_mta_sts: services.hosted_mta_sts,
      looked_now: looks !== undefined,
      ...(looks && { overall_status: looks.length === 0 ? null : overallOfAll(looks) }),
      dmarc_record: domain.current_dmarc_config ?? null,
      mta_sts_policy: domain.mta_sts_policy ?? null,
      ...(domain.managed_by && { managed_by: domain.managed_by }),
      cname_records: services.cname_records.map(({ name, value }) => ({ name, value })),
      checks: (looks?.flatMap(({ checks }) => checks) ?? services.cname_records.map(lastSeen)).map(explainCheck),
    }
  },
})

/** Undefined where the token may only read what the service saw last. */
async function look(
  { domains }: DmarcReportClient,
  { account_id, id }: FoundDomain,
  { hosted_dmarc, hosted_mta_sts }: HostedServices,
  signal: AbortSignal,
) {
  try {
    return [
      ...(hosted_dmarc ? [await domains.verifyHostedDmarc(account_id, id, { signal })] : []),
      ...(hosted_mta_sts ? [await domains.verifyHostedMtaSts(account_id, id, { signal })] : []),
    ]
  } catch (error) {
    if (error instanceof PermissionError) return undefined
    throw error
  }
}

function lastSeen({ kind, name, value, status, reason, checked_at }: CnameRecord): RecordCheck {
  const known = { ...(reason !== undefined && { reason }), ...(checked_at !== undefined && { checked_at }) }
  return { kind, part: 'cname', status: status ?? 'unknown', name, expected: value, ...known }
}
