import { hostedMtaStsPolicy, type MtaStsMode, mtaStsModes } from '@dmarc-as-code/records'
import { isKnown, listed, notOneOf, type Problems } from '../problems.ts'
import type { Fields, PropShapes } from '../shape.ts'
import { checkGate, type EvidenceGate } from './evidence-gate.ts'

/** A hosted MTA-STS policy with its id record and the TLS-RPT record, behind three CNAMEs. */
export interface HostedMtaSts {
  /** `testing` or `enforce`; `none` withdraws a policy before hosting is switched off. */
  readonly mode: MtaStsMode
  /**
   * The mail hosts as the MX records name them; `*.` in front stands for exactly one label.
   * @default - none; needed unless mode is none
   */
  readonly mx?: readonly string[] | undefined
  /**
   * How long senders may remember the policy, in whole days from 1 to 365.
   * @default 7
   */
  readonly maxAgeDays?: number | undefined
  /**
   * What a plan does that moves to `enforce` without evidence from reports.
   * @default warn
   */
  readonly gate?: EvidenceGate | undefined
}

const shapes: PropShapes<HostedMtaSts> = { mode: 'text', mx: { list: 'text' }, maxAgeDays: 'number', gate: 'text' }

export const hostedMtaStsShape: Fields = { fields: shapes, aliases: { max_age: 'maxAgeDays', mx_age: 'maxAgeDays' } }

const DEFAULT_AGE_DAYS = 7

/** Checks a hosted policy by the rules of the records package. Values that are references are left to the plan. */
export function checkHostedMtaSts(settings: HostedMtaSts, problems: Problems): void {
  const { mode, mx = [], maxAgeDays = DEFAULT_AGE_DAYS, gate } = settings
  checkGate('hostedMtaSts.gate', gate, problems)
  if (mode === undefined) {
    problems.add('hostedMtaSts.mode', `found nothing, expected ${listed(mtaStsModes)}. Write one of them.`)
    return
  }
  if (isKnown(mode) && !mtaStsModes.includes(mode)) {
    problems.add('hostedMtaSts.mode', notOneOf(mode, mtaStsModes))
    return
  }
  const hosts = isKnown(mx) ? mx.filter((host) => isKnown(host)) : []
  const someUnknown = !isKnown(mx) || hosts.length < mx.length
  const input = {
    // Without hosts only the mode none is allowed, and where some are references there will be hosts.
    mode: isKnown(mode) && !someUnknown ? mode : 'none',
    mx: hosts,
    mxAgeDays: isKnown(maxAgeDays) ? maxAgeDays : DEFAULT_AGE_DAYS,
  }
  problems.catch(
    'hostedMtaSts',
    () => hostedMtaStsPolicy(input),
    (tag) => `hostedMtaSts.${tag === 'mx_age' ? 'maxAgeDays' : tag}`,
  )
}
