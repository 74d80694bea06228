import type { RecordKind } from '@dmarc-as-code/records'
import { type ReasonContext, reasonText } from '@dmarc-as-code/records/reasons'
import { isDefinite } from '../observe/classify.ts'
import type { ServerAnswer } from '../observe/types.ts'
import { canonicalName } from '../wire/names.ts'
import { recordsOfType } from '../wire/records.ts'
import { failureText, list, serverText } from './text.ts'
import type { TxtVerdict } from './types.ts'

export interface TxtEvidence {
  kind: RecordKind
  /** The hosted name. */
  name: string
  /** The value that should be served; undefined when nothing has been made yet. */
  wanted: string | undefined
  /** What the hosted zone's own service says about the change. Default `insync`. */
  change?: 'none' | 'pending' | 'insync'
  /** Answers of the hosted zone's authoritative servers to the TXT question. */
  answers: ServerAnswer[]
  /** Name servers and addresses beyond the number that is asked. Nothing is known of them. */
  leftOut?: readonly string[]
  /** ISO 8601. */
  at: string
}

/** Whether a hosted TXT is out: its change is through, and every server that answers serves exactly the wanted value. */
export function judgeTxt({
  kind,
  name: rawName,
  wanted,
  change = 'insync',
  answers,
  leftOut = [],
  at,
}: TxtEvidence): TxtVerdict {
  const name = canonicalName(rawName)
  const telling = answers.filter(isDefinite)
  const served = telling.map((answer) => recordsOfType(answer.records, 'TXT', name).map((record) => record.data))
  const found = [...new Set(served.flat())]
  const unasked = [
    ...leftOut,
    ...answers.filter(({ outcome }) => outcome === 'not-asked').map(({ server }) => serverText(server)),
  ]
  const base = {
    kind,
    name,
    expected: wanted ?? '',
    found,
    asked: telling.map((answer) => answer.server),
    at,
    ...(unasked.length > 0 && { detail: `Not asked: ${list(unasked)}.` }),
  }
  const queued = (reason: NonNullable<TxtVerdict['reason']>, context: ReasonContext = {}): TxtVerdict => ({
    ...base,
    status: 'queued',
    reason,
    message: reasonText('txt', reason, { name, ...context }).explanation,
  })
  if (wanted === undefined || change === 'none') {
    return queued('not-published')
  }
  if (change === 'pending') return queued('change-pending')
  if (telling.length === 0) {
    const failures = answers.length > 0 ? `${list(answers.map(failureText))}.` : ''
    const detail = [failures, base.detail].filter(Boolean).join(' ')
    return { ...queued('unknown'), ...(detail && { detail }) }
  }
  if (served.every((values) => values.length === 1 && values[0] === wanted)) {
    return { ...base, status: 'published', message: `The TXT at ${name} is served.` }
  }
  if (found.length === 0) return queued('not-published')
  const behind = found.filter((value) => value !== wanted)
  const what = behind.length > 0 ? `"${behind.join('", "')}"` : 'nothing on some servers'
  return queued('stale', { found: what })
}
