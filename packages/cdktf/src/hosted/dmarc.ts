import {
  type DmarcPolicy,
  dmarcPolicies,
  formatDmarc,
  isFailureOptions,
  type ParsedDmarc,
  parkedDmarcFindings,
  parseDmarc,
  RecordError,
  reportUriOf,
} from '@dmarc-as-code/records'
import { isKnown, notOneOf, type Problems } from '../problems.ts'
import type { Fields, PropShapes } from '../shape.ts'
import { checkGate, type EvidenceGate } from './evidence-gate.ts'

/** A hosted DMARC record: the service publishes it behind one CNAME. Set either `record` or any of the others. */
export interface HostedDmarc {
  /**
   * What receivers do with mail that fails (`p`).
   * @default - that of the default record: none, or reject for a parked domain
   */
  readonly policy?: DmarcPolicy | undefined
  /**
   * The same for subdomains (`sp`).
   * @default - policy
   */
  readonly subdomainPolicy?: DmarcPolicy | undefined
  /**
   * The same for subdomains that do not exist (`np`).
   * @default - subdomainPolicy
   */
  readonly nonexistentSubdomainPolicy?: DmarcPolicy | undefined
  /**
   * Whether the DKIM domain must match exactly (`adkim`).
   * @default relaxed
   */
  readonly dkimAlignment?: DmarcAlignment | undefined
  /**
   * Whether the SPF domain must match exactly (`aspf`).
   * @default relaxed
   */
  readonly spfAlignment?: DmarcAlignment | undefined
  /**
   * When failure reports are wanted (`fo`): 0, 1, d, s, or several joined by colons.
   * @default - that of the default record
   */
  readonly failureOptions?: string | undefined
  /**
   * Receivers apply the policy one level weaker (`t=y`).
   * @default false
   */
  readonly testMode?: boolean | undefined
  /**
   * Further addresses for aggregate reports, as email addresses or URIs. The service's own are always included.
   * @default - none
   */
  readonly extraRua?: readonly string[] | undefined
  /**
   * Further addresses for failure reports, as email addresses or URIs. The service's own are always included.
   * @default - none
   */
  readonly extraRuf?: readonly string[] | undefined
  /**
   * Hosting begins with the record that is live now, the domain's own or its parent's: policy, alignment and report addresses. The
   * other props take precedence. It is looked up once; later changes of the live record have no effect.
   * @default false
   */
  readonly fromCurrent?: boolean | undefined
  /**
   * The whole record as text, instead of the props above. The service's own addresses are added where they are missing.
   * @default - made of the other props
   */
  readonly record?: string | undefined
  /**
   * What a plan does that tightens the policy without evidence from reports.
   * @default warn
   */
  readonly gate?: EvidenceGate | undefined
}

export type DmarcAlignment = 'relaxed' | 'strict'

export const hostedDmarcShapes: PropShapes<HostedDmarc> = {
  policy: 'text',
  subdomainPolicy: 'text',
  nonexistentSubdomainPolicy: 'text',
  dkimAlignment: 'text',
  spfAlignment: 'text',
  failureOptions: 'text',
  testMode: 'boolean',
  extraRua: { list: 'text' },
  extraRuf: { list: 'text' },
  fromCurrent: 'boolean',
  record: 'text',
  gate: 'text',
}

/** Stands for the service's own addresses, which are always there. */
const OWN_ADDRESS = 'mailto:reports@service.invalid'

const alignments: readonly DmarcAlignment[] = ['relaxed', 'strict']
const props: Readonly<Record<string, keyof HostedDmarc>> = {
  p: 'policy',
  sp: 'subdomainPolicy',
  np: 'nonexistentSubdomainPolicy',
  adkim: 'dkimAlignment',
  aspf: 'spfAlignment',
  fo: 'failureOptions',
  t: 'testMode',
  rua: 'extraRua',
  ruf: 'extraRuf',
}

export const hostedDmarcShape: Fields = { fields: hostedDmarcShapes, aliases: props }

/** Checks hosted DMARC by the rules of the records package. Values that are references are left to the plan. */
export function checkHostedDmarc(settings: HostedDmarc, parked: boolean, problems: Problems): void {
  checkGate('hostedDmarc.gate', settings.gate, problems)
  if (settings.record === undefined) checkSettings(settings, parked, problems)
  else checkText(settings, settings.record, parked, problems)
}

function checkSettings(settings: HostedDmarc, parked: boolean, problems: Problems): void {
  const before = problems.errors.length
  checkWords(settings, problems)
  if (problems.errors.length > before) return
  const record = problems.catch('hostedDmarc', () => parseDmarc(formatDmarc(tagsOf(settings, parked))), propOf)
  // What is taken over is judged by the plan.
  if (record && !isTakenOver(settings)) judge(record, parked, problems, propOf)
}

/** The rest of the record is known only once the live one was looked up. */
const isTakenOver = ({ fromCurrent = false }: HostedDmarc) => fromCurrent !== false

/** The record that will be published, as far as it is known while synthesising: what is not counts as the strongest. */
export function publishedRecord(settings: HostedDmarc, parked: boolean): ParsedDmarc | undefined {
  const { record } = settings
  if (record !== undefined) return isKnown(record) ? parseDmarc(record) : undefined
  // A policy of one's own counts, whatever is taken over beside it.
  if (isTakenOver(settings) && settings.policy === undefined) return undefined
  try {
    return parseDmarc(formatDmarc(tagsOf(settings, parked)))
  } catch (error) {
    // What is wrong with the settings is reported where they are checked.
    if (error instanceof RecordError) return undefined
    throw error
  }
}

/**
 * The record that will be published, without the service's own report addresses; undefined where a part of it is known only while
 * planning, or is wrong.
 */
export function expectedRecord(settings: HostedDmarc, parked: boolean): string | undefined {
  const values = Object.values(settings).flat()
  if (values.some((value) => value !== undefined && !isKnown(value))) return undefined
  if (settings.record !== undefined) return settings.record
  if (isTakenOver(settings)) return undefined
  const { rua, ruf, ...tags } = tagsOf(settings, parked)
  const own = (uris: readonly string[]) => uris.filter((uri) => uri !== OWN_ADDRESS)
  try {
    return formatDmarc({ ...tags, ...nonEmpty('rua', own(rua)), ...nonEmpty('ruf', own(ruf)) })
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

const nonEmpty = (name: string, list: readonly string[]) => (list.length > 0 ? { [name]: list } : {})

const propOf = (tag: string) => `hostedDmarc.${props[tag] ?? tag}`

function checkText(settings: HostedDmarc, text: string, parked: boolean, problems: Problems): void {
  const others = Object.keys(settings).filter(
    (name) => name !== 'record' && name !== 'gate' && settings[name as keyof HostedDmarc],
  )
  if (others.length > 0) {
    const message = `found together with ${others.join(', ')}, expected alone. Put everything into the record, or remove it.`
    problems.add('hostedDmarc.record', message)
  }
  if (!isKnown(text)) return
  const record = parseDmarc(text)
  const at = () => 'hostedDmarc.record'
  for (const { message } of record.errors) problems.add(at(), message)
  if (record.errors.length > 0) return
  if (record.tags.p === undefined) {
    problems.add(at(), `found ${JSON.stringify(text)}, expected a policy in it. Add p=none, p=quarantine or p=reject.`)
    return
  }
  judge(record, parked, problems, at)
}

function judge(record: ParsedDmarc, parked: boolean, problems: Problems, at: (tag: string) => string): void {
  if (parked) {
    for (const { message, tag = 'p' } of parkedDmarcFindings(record)) problems.add(at(tag), message)
  }
  for (const { code, message, tag } of record.warnings) {
    // The service adds its own addresses.
    if (code !== 'no-reports') problems.warn(tag === undefined ? 'hostedDmarc' : at(tag), message)
  }
}

function checkWords(settings: HostedDmarc, problems: Problems): void {
  const word = (prop: keyof HostedDmarc, allowed: readonly string[]) => {
    const value = settings[prop]
    if (isKnown(value) && !allowed.includes(String(value))) {
      problems.add(`hostedDmarc.${prop}`, notOneOf(String(value), allowed))
    }
  }
  word('policy', dmarcPolicies)
  word('subdomainPolicy', dmarcPolicies)
  word('nonexistentSubdomainPolicy', dmarcPolicies)
  word('dkimAlignment', alignments)
  word('spfAlignment', alignments)
  const { failureOptions } = settings
  if (isKnown(failureOptions) && !isFailureOptions(failureOptions)) {
    const found = JSON.stringify(failureOptions)
    problems.add(
      'hostedDmarc.failureOptions',
      `found ${found}, expected 0, 1, d, s, or several joined by colons. Write 1:d.`,
    )
  }
  for (const prop of ['extraRua', 'extraRuf'] as const) {
    known(settings[prop]).forEach((address, index) => {
      problems.catch(`hostedDmarc.${prop}[${index}]`, () => reportUriOf(address))
    })
  }
}

function tagsOf(settings: HostedDmarc, parked: boolean) {
  const { subdomainPolicy, nonexistentSubdomainPolicy, dkimAlignment, spfAlignment, failureOptions } = settings
  const { policy = parked ? 'reject' : 'none' } = settings
  return {
    p: isKnown(policy) ? policy : ('reject' as const),
    sp: isKnown(subdomainPolicy) ? subdomainPolicy : undefined,
    np: isKnown(nonexistentSubdomainPolicy) ? nonexistentSubdomainPolicy : undefined,
    adkim: letter(dkimAlignment),
    aspf: letter(spfAlignment),
    fo: isKnown(failureOptions) ? failureOptions : undefined,
    t: settings.testMode === true ? ('y' as const) : undefined,
    // So that nobody is told they are missing.
    rua: [OWN_ADDRESS, ...known(settings.extraRua).map(reportUriOf)],
    ruf: [OWN_ADDRESS, ...known(settings.extraRuf).map(reportUriOf)],
  }
}

function letter(alignment: DmarcAlignment | undefined): 'r' | 's' | undefined {
  if (!isKnown(alignment)) return undefined
  return alignment === 'strict' ? 's' : 'r'
}

const known = (list: readonly string[] | undefined) => (isKnown(list) ? list.filter((one) => isKnown(one)) : [])
