import { overallStatus, type RecordKind } from '@dmarc-as-code/records/words'
import type { Open, OverallStatus } from '../enumerations.ts'
import { type CheckPart, isGood, type RecordCheck } from './check.ts'
import { asObject, type Json, text } from './json.ts'

/**
 * Reads a status that is a bare word, or an object with the word and the evidence in it. The evidence may sit one level
 * deeper, beside a status of the same meaning (`{cname_status, cname: {…}}`).
 */
export function readCheck<Status extends string>(
  kind: RecordKind,
  part: CheckPart,
  value: unknown,
  word?: unknown,
): RecordCheck<Open<Status>> | undefined {
  const object = asObject(value)
  const status = text(word) ?? (object ? statusOf(object, part) : text(value))
  if (status === undefined) return undefined
  return { kind, part, status, ...(object && evidence(object)) }
}

function statusOf(object: Json, part: CheckPart): string | undefined {
  return text(object.status) ?? text(object[part === 'txt' ? 'txt_record_status' : `${part}_status`])
}

function evidence(object: Json): Partial<RecordCheck> {
  const result: Record<string, unknown> = {}
  const take = (key: keyof RecordCheck, ...sources: string[]) => {
    const value = sources.map((source) => object[source]).find((each) => each !== undefined)
    if (typeof value === 'string' || value === null) result[key] = value
  }
  take('name', 'name', 'host', 'hostname')
  take('expected', 'expected', 'value', 'target', 'points_to')
  take('found', 'found')
  take('reason', 'reason')
  take('fix', 'fix')
  take('checked_at', 'checked_at')
  take('visible_by', 'visible_by')
  take('detail', 'detail')
  const { asked } = object
  if (Array.isArray(asked)) result.asked = asked.filter((each) => typeof each === 'string')
  return result
}

/**
 * The verdict over some parts, in the API's words (used when an answer has none of its own). Parts that the answer does not
 * show may be anything: with fewer than there are, it is not `ready`.
 */
export function overallOf(checks: readonly RecordCheck[], parts = checks.length): OverallStatus {
  const of = (wanted: CheckPart): RecordCheck[] => checks.filter(({ part }) => part === wanted)
  const statuses = (wanted: CheckPart): string[] => of(wanted).map(({ status }) => status)
  const policyFile = of('policy_file').find((check) => !isGood(check))
  const overall = overallStatus({ cnames: statuses('cname'), txts: statuses('txt'), ...(policyFile && { policyFile }) })
  return overall === 'ready' && checks.length < parts ? 'pending' : overall
}
