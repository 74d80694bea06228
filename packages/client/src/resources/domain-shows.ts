import { toAsciiHost } from '@dmarc-as-code/records'
import type { Judged } from '../core/confirm.ts'
import type { Difference } from '../core/errors.ts'
import { type Domain, domainFields, enabled, readDomain, recordText } from '../read/domain.ts'
import type { GeneratedDmarcRecord } from '../read/generated-record.ts'
import { asList, type Json, text } from '../read/json.ts'
import { readManagedBy } from '../read/managed-by.ts'
import { readMtaStsPolicy } from '../read/mta-sts-policy.ts'
import { readTag } from '../read/tag.ts'
import { type CreateDomainInput, type GenerateDmarcRecordInput, type UpdateDomainInput, wirePolicy } from './inputs.ts'

type Input = CreateDomainInput | UpdateDomainInput

/** How hosting begins, and the reason for it, are no properties of a domain. */
const notShown = ['take_over_current', 'allow_weaker']

/** Where a domain shows a field under another name. */
const shownAs: Readonly<Record<string, string>> = { hosted_dmarc_config: 'current_dmarc_config' }

/** Whether a field shows what was asked, in whatever spelling. A switch that is off may be null. */
const shows: Readonly<Record<string, (found: unknown, asked: unknown) => boolean>> = {
  address: (found, asked) => comparableHost(text(found) ?? '') === comparableHost(String(asked)),
  hosted_dmarc_config: (found, asked) => showsRecord(recordText(found) ?? '', String(asked)),
  mta_sts_policy: (found, asked) => policyText(found) === policyText(asked),
  managed_by: (found, asked) => managerText(found) === managerText(asked),
}
const showsSwitch = (found: unknown, asked: unknown): boolean => (enabled(found) ?? found ?? false) === enabled(asked)

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
    if (found === undefined) untold.push(field)
    else if (!(shows[field] ?? showsSwitch)(found, value)) differences.push({ field, asked: value, found })
  }
  if (tag_ids || tag_names) {
    const tags = asList(shown.tags)?.flatMap((tag) => readTag(tag) ?? [])
    const names = (tag_names ?? []).map((name) => name.trim())
    const wanted = tags?.filter(({ id, name }) => tag_ids?.includes(id) || names.includes(name.trim())) ?? []
    const all =
      (tag_ids ?? []).every((id) => wanted.some((tag) => tag.id === id)) &&
      names.every((name) => wanted.some((tag) => tag.name.trim() === name))
    if (!tags) untold.push('tags')
    else if (!all || wanted.length < tags.length) {
      const found = tags.map(({ id, name }) => (tag_ids?.length ? id : name))
      differences.push({ field: 'tags', asked: [...(tag_ids ?? []), ...names], found })
    }
  }
  return { entry, differences, untold }
}

/** The form in which two spellings of one host name are the same. */
export const comparableHost = (address: string): string =>
  (toAsciiHost(address.trim()) ?? address.trim().toLowerCase()).replace(/\.$/, '')

const policyText = (value: unknown): string => {
  const { mode, mx_age, mx } = readMtaStsPolicy(value) ?? { mx: '' }
  const hosts = mx.split(/[\s,]+/).filter(Boolean)
  return [mode, mx_age, ...new Set(hosts.map(comparableHost).sort())].join(' ')
}

const managerText = (value: unknown): string => {
  const { workspace = '', label } = readManagedBy(value) ?? {}
  return `${workspace.trim()} ${label?.trim() ?? ''}`
}

/** What a record says where a tag is left out (RFC 9989 section 4.7, RFC 7489 section 6.3). */
const defaults: Readonly<Record<string, string>> = {
  adkim: 'r',
  aspf: 'r',
  fo: '0',
  t: 'n',
  psd: 'u',
  pct: '100',
  rf: 'afrf',
}

/** The tags of a DMARC record, whatever their order, spacing and case. */
function tagsOf(record: string): (name: string) => readonly string[] {
  const tags = new Map<string, string[]>()
  for (const part of record.toLowerCase().split(';')) {
    const [name = '', ...value] = part.replace(/\s+/g, '').split('=')
    if (name !== '')
      tags.set(
        name,
        value
          .join('=')
          .split(name === 'fo' ? ':' : ',')
          .map(comparableUri)
          .sort(),
      )
  }
  const tag = (name: string): readonly string[] =>
    tags.get(name) ?? (inherits[name] ? tag(inherits[name]) : [defaults[name] ?? ''])
  return tag
}
const inherits: Readonly<Record<string, string>> = { np: 'sp', sp: 'p' }

/** Whether a record says in every tag what another one says; report addresses may be added to. */
export function showsRecord(found: string, asked: string): boolean {
  const [shown, wanted] = [tagsOf(found), tagsOf(asked)]
  const names = `${found};${asked}`
    .toLowerCase()
    .split(';')
    .map((tag) => tag.split('=')[0]?.trim() ?? '')
  return names.every((name) => sameTag(name, shown(name), wanted(name)))
}

const sameTag = (name: string, found: readonly string[], asked: readonly string[]): boolean =>
  /^ru[af]$/.test(name) ? asked.every((uri) => uri === '' || found.includes(uri)) : found.join() === asked.join()

/** What of a generated record is not as it was asked for. */
export function generatedOtherwise(input: GenerateDmarcRecordInput, generated: GeneratedDmarcRecord): Difference[] {
  const { publish, additional_rua_emails: rua, additional_ruf_emails: ruf, ...tags } = input
  const mailto = (emails: readonly string[] | undefined) => emails?.map((email) => `mailto:${email}`).join()
  const shown = tagsOf(generated.dmarc_record)
  const differences = Object.entries({ ...tags, rua: mailto(rua), ruf: mailto(ruf) }).flatMap(([field, asked]) => {
    if (asked === undefined || asked === '' || sameTag(field, shown(field), tagsOf(`${field}=${asked}`)(field)))
      return []
    return [{ field, asked, found: shown(field).join() } as Difference]
  })
  if (publish && generated.published === false) differences.push({ field: 'publish', asked: publish, found: false })
  return differences
}

const decoded = (uri: string): string => {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}

/** A host may be shown as A-labels, a mailbox percent-encoded; the size of a report address means nothing any more. */
const comparableUri = (uri: string): string => {
  const [, before = '', host = ''] = /^(mailto:.*@)([^@!?]*)/.exec(uri) ?? []
  return host === '' ? uri : decoded(before) + comparableHost(host)
}
