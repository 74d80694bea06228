import type { Domain } from '../read/domain.ts'
import { type UpdateDomainInput, wirePolicy } from './inputs.ts'

/** The fields of an update that a domain, read back, does not show as they were asked for. */
export function notShown(input: UpdateDomainInput, domain: Domain): string[] {
  const { hosted_dmarc_config, mta_sts_policy, tag_ids = [], tag_names = [], managed_by, ...rest } = input
  // How hosting begins, and the reason for it, are no properties of the domain.
  const { take_over_current: _, allow_weaker: __, ...flags } = rest
  const missing: string[] = (Object.keys(flags) as (keyof typeof flags)[]).filter(
    (field) => flags[field] !== undefined && domain[field] !== flags[field],
  )
  if (hosted_dmarc_config !== undefined && tagSet(hosted_dmarc_config) !== tagSet(domain.current_dmarc_config ?? '')) {
    missing.push('hosted_dmarc_config')
  }
  if (mta_sts_policy && !samePolicy(wirePolicy(mta_sts_policy), domain.mta_sts_policy)) missing.push('mta_sts_policy')
  if (managed_by !== undefined && domain.managed_by !== undefined && !sameManager(managed_by, domain.managed_by)) {
    missing.push('managed_by')
  }
  const tagged = input.tag_ids !== undefined || input.tag_names !== undefined
  const wanted = domain.tags.filter(({ id, name }) => tag_ids.includes(id) || tag_names.includes(name))
  const count = new Set(wanted.map(({ id }) => id)).size
  if (tagged && (count !== domain.tags.length || !tag_ids.every((id) => wanted.some((tag) => tag.id === id)))) {
    missing.push('tags')
  } else if (!tag_names.every((name) => wanted.some((tag) => tag.name === name))) missing.push('tags')
  return missing
}

/** The tags of a DMARC record, whatever their order and spacing; enough to recognise what was just sent. */
const tagSet = (record: string) =>
  record
    .split(';')
    .map((tag) => tag.replace(/\s+/g, '').toLowerCase())
    .filter(Boolean)
    .sort()
    .join(';')

function sameManager(asked: UpdateDomainInput['managed_by'], shown: Domain['managed_by']): boolean {
  return asked?.workspace === shown?.workspace && (asked?.label ?? null) === (shown?.label ?? null)
}

function samePolicy(asked: ReturnType<typeof wirePolicy>, shown: Domain['mta_sts_policy']): boolean {
  const hosts = (mx: string) =>
    mx
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort()
      .join()
  return shown?.mode === asked.mode && shown.mx_age === asked.mx_age && hosts(shown.mx) === hosts(asked.mx)
}
