import type { MtaStsMode, Open } from '../enumerations.ts'
import { asObject, integer, text } from './json.ts'

/** A hosted MTA-STS policy. */
export interface MtaStsPolicy {
  /** What senders do when the policy is not met. */
  mode: Open<MtaStsMode>
  /** Mail hosts, separated by commas. */
  mx: string
  /** Whole days; the policy file's `max_age` counts seconds. */
  mx_age: number
}

export function readMtaStsPolicy(value: unknown): MtaStsPolicy | undefined {
  const object = asObject(value)
  const mode = text(object?.mode)
  const age = integer(object?.mx_age)
  if (!object || mode === undefined || age === undefined) return undefined
  const { mx } = object
  return { ...object, mode, mx: Array.isArray(mx) ? mx.map(String).join(', ') : (text(mx) ?? ''), mx_age: age }
}
