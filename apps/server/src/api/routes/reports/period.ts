import type { ReportPeriod } from '@dmarc-as-code/client/contract'
import { dayAt, dayNumber } from '../../../reports/day-number.ts'
import { refused } from '../../../rules/problem.ts'

/** Days a request may ask for at once, and the default. */
const longest = 400
const usual = 30

export interface Days {
  from: number
  to: number
}

/** The days of a request, both included. @throws {Problem} 422 */
export function daysOf({ from, to }: ReportPeriod, now: number): Days {
  const last = to === undefined ? dayAt(now) : dayNumber(to)
  const first = from === undefined ? last - usual + 1 : dayNumber(from)
  if (first > last) {
    const message = `from is ${from}, which is after to (${to ?? 'today'}). Send an earlier day.`
    throw refused([{ field: 'from', code: 'invalid_value', message }])
  }
  if (last - first >= longest) {
    const message = `from and to are ${last - first + 1} days apart; at most ${longest} days are answered at once.`
    throw refused([{ field: 'from', code: 'invalid_value', message }])
  }
  return { from: first, to: last }
}
