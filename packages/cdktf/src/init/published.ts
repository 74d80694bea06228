import type { Domain, MtaStsPolicy } from '@dmarc-as-code/client'
import type { MailView } from '@dmarc-as-code/dns/apply'
import { parseMtaStsPolicy, type RecordKind, selectDmarc } from '@dmarc-as-code/records'

/** The name that a CNAME of the domain has to lead to. */
export const targetOf = ({ cname_records = [] }: Domain, wanted: RecordKind) =>
  cname_records.find(({ kind }) => kind === wanted)?.value

/** Whether a service hosts what it does not return: the record, the policy or both. */
export const isSilent = (domain: Domain) => hidesRecord(domain) || hidesPolicy(domain)
export const hidesRecord = ({ hosted_dmarc, current_dmarc_config }: Domain) =>
  hosted_dmarc === true && current_dmarc_config == null
export const hidesPolicy = ({ hosted_mta_sts, mta_sts_policy }: Domain) =>
  hosted_mta_sts === true && mta_sts_policy == null

/** The domain with the record and the policy that answer behind its CNAMEs, for a service that does not return them. */
export async function withPublished(domain: Domain, view: MailView): Promise<Domain> {
  const record = hidesRecord(domain) ? await publishedRecord(domain, view) : undefined
  const policy = hidesPolicy(domain) ? await publishedPolicy(domain, view) : undefined
  return {
    ...domain,
    ...(record !== undefined && { current_dmarc_config: record }),
    ...(policy && { mta_sts_policy: policy }),
  }
}

async function publishedRecord(domain: Domain, view: MailView): Promise<string | undefined> {
  const target = targetOf(domain, 'dmarc')
  const texts = target === undefined ? undefined : await view.freshTexts(target)
  return texts && 'value' in texts ? selectDmarc(texts.value).record?.text : undefined
}

async function publishedPolicy(domain: Domain, view: MailView): Promise<MtaStsPolicy | undefined> {
  const target = targetOf(domain, 'mta_sts_policy')
  const addresses = target === undefined ? undefined : await view.addresses(target)
  if (!addresses || !('value' in addresses) || addresses.value.length === 0) return undefined
  const file = await view.policyFile(domain.address, addresses.value, 'to-come')
  const policy = 'value' in file && file.value !== null ? parseMtaStsPolicy(file.value) : undefined
  if (!policy?.ok) return undefined
  const { mode, mx, max_age } = policy.tags
  if (mode === undefined || max_age === undefined) return undefined
  return { mode, mx: mx.join(', '), mx_age: Math.max(1, Math.round(max_age / 86_400)) }
}
