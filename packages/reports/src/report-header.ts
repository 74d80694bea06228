import { ReportFault, type Warnings } from './outcome.ts'

/** Seconds. */
const day = 86_400
const longestPeriod = 31 * day

/** The identifier of a report, without the angle brackets that some reporters put around it. */
export function reportIdentifier(written: string, warnings: Warnings): string {
  const bare = /^<(.*)>$/s.exec(written)?.[1]?.trim()
  if (bare !== undefined) warnings.add('report-id-brackets', written)
  const id = bare ?? written
  if (id === '') throw new ReportFault('report-id-missing')
  return id
}

/**
 * Refuses a reporting period that cannot be: reversed, in the future, or longer than a month. `begin` and `end` are seconds
 * since 1970, `now` is in milliseconds. Returns the period in words.
 */
export function checkPeriod(begin: number, end: number, now: number): string {
  const described = `${begin} to ${end}`
  if (end < begin) throw new ReportFault('dates-reversed', described)
  // A day of tolerance: reporters close a period before their clock and ours agree that it is over.
  if (begin > now / 1000 + day) throw new ReportFault('dates-future', described)
  if (end - begin > longestPeriod) throw new ReportFault('dates-too-long', described)
  return described
}
