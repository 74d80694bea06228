import { hostedMtaStsPolicy, type MtaStsMode, mtaStsModes } from '@dmarc-as-code/records'
import { isKnown, listed, notOneOf, type Problems } from '../problems.ts'
import type { Fields, PropShapes } from '../shape.ts'
import { checkGate, type EvidenceGate } from './evidence-gate.ts'

/** A hosted MTA-STS policy with its id record and the TLS-RPT record, behind three CNAMEs. */
export interface HostedMtaSts {
  /**
   * `testing` or `enforce`; `none` withdraws a policy before hosting is switched off.
   * @default - that of the live policy with fromCurrent; needed otherwise
   */
  readonly mode?: MtaStsMode | undefined
  /**
   * The mail hosts as the MX records name them; `*.` in front stands for exactly one label.
   * @default - those of the live policy with fromCurrent, else none; needed unless mode is none or fromCurrent is true
   */
  readonly mx?: readonly string[] | undefined
  /**
   * How long senders may remember the policy, in whole days from 1 to 365.
   * @default 7; that of the live policy with fromCurrent
   */
  readonly maxAgeDays?: number | undefined
  /**
   * Hosting begins with the policy that is live now: mode, mail hosts and maximum age. Where none is, it begins with mode testing and
   * the MX records of the domain. The other props take precedence. It is looked up once; later changes of the live policy have no
   * effect.
   * @default false
   */
  readonly fromCurrent?: boolean | undefined
  /**
   * What a plan does that moves to `enforce` without evidence from reports.
   * @default warn
   */
  readonly gate?: EvidenceGate | undefined
}

const shapes: PropShapes<HostedMtaSts> = {
  mode: 'text',
  mx: { list: 'text' },
  maxAgeDays: 'number',
  fromCurrent: 'boolean',
  gate: 'text',
}

export const hostedMtaStsShape: Fields = { fields: shapes, aliases: { max_age: 'maxAgeDays', mx_age: 'maxAgeDays' } }

const DEFAULT_AGE_DAYS = 7

/** Checks a hosted policy by the rules of the records package. Values that are references are left to the plan. */
export function checkHostedMtaSts(settings: HostedMtaSts, problems: Problems): void {
  const { mode, maxAgeDays = DEFAULT_AGE_DAYS, fromCurrent = false, gate } = settings
  // A reference may turn out to be true, which the plan knows.
  const takesOver = fromCurrent !== false
  checkGate('hostedMtaSts.gate', gate, problems)
  if (mode === undefined && !takesOver) {
    const next = 'Write one of them, or fromCurrent: true to begin with the live policy.'
    problems.add('hostedMtaSts.mode', `found nothing, expected ${listed(mtaStsModes)}. ${next}`)
    return
  }
  if (isKnown(mode) && !mtaStsModes.includes(mode)) {
    problems.add('hostedMtaSts.mode', notOneOf(mode, mtaStsModes))
    return
  }
  const { mx = takesOver ? undefined : [] } = settings
  const hosts = isKnown(mx) ? mx.filter((host) => isKnown(host)) : []
  const someUnknown = !isKnown(mx) || hosts.length < mx.length
  const input = {
    // Without hosts only the mode none is allowed; where some are references, or taken over, there will be hosts.
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
