import { differingDmarcTags, toAsciiHost } from '@dmarc-as-code/records'
import type { Difference } from '../core/errors.ts'
import {
  type CreateDomainInput,
  type GenerateDmarcRecordInput,
  type UpdateDomainInput,
  wirePolicy,
} from '../input/inputs.ts'
import { type Domain, domainFields, enabled, readDomain, recordText } from '../read/domain.ts'
import type { GeneratedDmarcRecord } from '../read/generated-record.ts'
import { asList, type Json, text } from '../read/json.ts'
import { readManagedBy } from '../read/managed-by.ts'
import { readMtaStsPolicy } from '../read/mta-sts-policy.ts'
import { readTag } from '../read/tag.ts'
import type { Judged } from './confirm.ts'

type Input = CreateDomainInput | UpdateDomainInput

/** How hosting begins, and the reason for it, are no properties of a domain. */
const notShown = ['take_over_current', 'allow_weaker', 'accept_risk']

/** Where a domain shows a field under another name. */
const shownAs: Readonly<Record<string, string>> = { hosted_dmarc_config: 'current_dmarc_config' }

/** One form for all spellings of a value; undefined where it cannot be read, which says nothing. */
type Form = (value: unknown) => string | boolean | undefined

const forms: Readonly<Record<string, Form>> = {
  address: (value) => comparableHost(text(value) ?? ''),
  mta_sts_policy: (value) => {
    const policy = readMtaStsPolicy(value)
    if (!policy) return value === null ? '' : undefined
    const hosts = policy.mx.split(/[\s,]+/).filter(Boolean)
    return [policy.mode, policy.mx_age, ...new Set(hosts.map(comparableHost).sort())].join(' ')
  },
  managed_by: (value) => {
    const manager = readManagedBy(value)
    return manager ? `${manager.workspace.trim()} ${manager.label?.trim() ?? ''}` : manager === null ? '' : undefined
  },
}
/** A switch that is off may be null. */
const switchForm: Form = (value) => (value === null ? false : enabled(value))

/** Whether a value shows what was asked; undefined where it cannot be read. */
function showsField(field: string, found: unknown, asked: unknown): boolean | undefined {
  if (field === 'hosted_dmarc_config') {
    const record = recordText(found)
    return record === undefined ? undefined : showsRecord(record ?? '', String(asked))
  }
  const form = forms[field] ?? switchForm
  const shown = form(found)
  return shown === undefined ? undefined : shown === form(asked)
}

/** A domain in an answer, compared field by field with what was asked. Undefined where the answer is no domain. */
export function judgeDomain(answer: unknown, input: Input): Judged<Domain> | undefined {
  const entry = readDomain(answer)
  const shown = domainFields(answer)
  if (!entry || !shown) return undefined
  const differences: Difference[] = []
  const untold: string[] = []
  const { tag_ids, tag_names, mta_sts_policy: policy, ...rest } = input
  const asked: Json = { ...rest, ...(policy && { mta_sts_policy: wirePolicy(policy) }) }
  for (const [field, value] of Object.entries(asked)) {
    if (value === undefined || notShown.includes(field)) continue
    const found = shown[shownAs[field] ?? field]
    const same = showsField(field, found, value)
    if (same === undefined) untold.push(field)
    else if (!same) differences.push({ field, asked: value, found })
  }
  if (tag_ids || tag_names) {
    const tags = asList(shown.tags)?.flatMap((tag) => readTag(tag) ?? [])
    const names = (tag_names ?? []).map(plainName)
    const wanted = tags?.filter(({ id, name }) => tag_ids?.includes(id) || names.includes(plainName(name))) ?? []
    const all =
      (tag_ids ?? []).every((id) => wanted.some((tag) => tag.id === id)) &&
      names.every((name) => wanted.some((tag) => plainName(tag.name) === name))
    if (!tags) untold.push('tags')
    else if (!all || wanted.length < tags.length) {
      const found = tags.map(({ id, name }) => (tag_ids?.length ? id : name))
      differences.push({ field: 'tags', asked: [...(tag_ids ?? []), ...(tag_names ?? [])], found })
    }
  }
  return { entry, differences, untold }
}

const plainName = (name: string): string => name.trim().toLowerCase()

/** The form in which two spellings of one host name are the same. */
export const comparableHost = (address: string): string => {
  const host = address.trim().replace(/\.$/, '')
  return toAsciiHost(host) ?? host.toLowerCase()
}

/** Whether a record says in every tag what another one says; report addresses may be added to. */
export const showsRecord = (found: string, asked: string): boolean => differingDmarcTags(found, asked).length === 0

/** What of a generated record is not as it was asked for. */
export function generatedOtherwise(input: GenerateDmarcRecordInput, generated: GeneratedDmarcRecord): Difference[] {
  const { publish, additional_rua_emails: rua, additional_ruf_emails: ruf, ...tags } = input
  const mailto = (emails: readonly string[] | undefined) => emails?.map((email) => `mailto:${email}`).join()
  const asked = Object.entries({ ...tags, rua: mailto(rua), ruf: mailto(ruf) }).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  const text = asked.map(([name, value]) => `; ${name}=${value}`).join('')
  const differing = differingDmarcTags(generated.dmarc_record, `v=DMARC1${text}`)

  const differences: Difference[] = asked
    .filter(([name]) => differing.includes(name))
    .map(([field, value]) => ({ field, asked: value, found: generated.dmarc_record }))
  if (publish && generated.published === false) differences.push({ field: 'publish', asked: publish, found: false })
  return differences
}
