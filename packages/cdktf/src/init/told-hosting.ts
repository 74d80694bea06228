import type { DmarcReportClient, Domain } from '@dmarc-as-code/client'

/**
 * The domain with what a list may leave out: some services tell hosting, CNAMEs and the record in calls of their own only. What
 * is not told is not off: a domain written without its hosting would lose it with the next apply.
 */
export async function withHosting(
  client: DmarcReportClient,
  accountId: number,
  listed: Domain,
  signal?: AbortSignal,
): Promise<Domain> {
  const call = signal ? { signal } : {}
  const domain = isWhole(listed)
    ? listed
    : { ...listed, ...withoutUndefined(await client.domains.get(accountId, listed.id, call)), account_id: accountId }
  const told = domain.hosted_dmarc !== undefined && domain.hosted_mta_sts !== undefined
  const needsCnames = (domain.hosted_dmarc || domain.hosted_mta_sts) && domain.cname_records === undefined
  if (told && !needsCnames) return domain
  const { hosted_dmarc, hosted_mta_sts, cname_records } = await client.domains.hostedServices(
    accountId,
    domain.id,
    call,
  )
  return { ...domain, hosted_dmarc, hosted_mta_sts, cname_records }
}

/** Whether nothing that a fleet says is left to ask for. */
function isWhole({ hosted_dmarc, hosted_mta_sts, current_dmarc_config, mta_sts_policy }: Domain): boolean {
  if (hosted_dmarc === undefined || hosted_mta_sts === undefined) return false
  return (!hosted_dmarc || current_dmarc_config != null) && (!hosted_mta_sts || mta_sts_policy != null)
}

const withoutUndefined = (domain: Domain): Domain =>
  Object.fromEntries(Object.entries(domain).filter(([, value]) => value !== undefined)) as unknown as Domain
