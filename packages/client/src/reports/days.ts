import { InvalidArgumentError } from '../core/errors.ts'

const milliseconds = 86_400_000

/** The UTC day of a time in milliseconds since 1970: `2026-03-02`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

export const addDays = (day: string, days: number): string => dayOf(Date.parse(day) + days * milliseconds)

/** The day, if it is one of the calendar. */
export function checkDay(name: string, day: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : Number.NaN
  if (!Number.isNaN(at) && dayOf(at) === day) return day
  throw new InvalidArgumentError(`${name} must be a day such as 2026-03-02, found ${JSON.stringify(day) ?? 'nothing'}`)
}
