const daySeconds = 86_400

/** A UTC day, `YYYY-MM-DD`. */
export type UtcDay = string

/** The UTC day of a moment in seconds since 1970. */
export function utcDay(seconds: number): UtcDay {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

/**
 * Splits a count over the UTC days of a period, in proportion to the time that falls on each. The parts are whole and sum
 * up to the count. `begin` and `end` in seconds since 1970; the end second belongs to the period, so that a report from
 * 00:00:00 to 00:00:00 of the next day, which many reporters write, still is one day.
 */
export function splitByDay(begin: number, end: number, count: number): { day: UtcDay; count: number }[] {
  const span = end - begin
  if (span <= daySeconds && utcDay(begin) === utcDay(Math.max(begin, end - 1))) return [{ day: utcDay(begin), count }]
  const parts: { day: UtcDay; share: number }[] = []
  for (let from = begin; from < end; ) {
    const next = (Math.floor(from / daySeconds) + 1) * daySeconds
    const to = Math.min(next, end)
    parts.push({ day: utcDay(from), share: ((to - from) / span) * count })
    from = to
  }
  return wholeParts(parts, count)
}

/** Largest remainder: every part is rounded down, and what is left goes to those that lost most. */
function wholeParts(parts: { day: UtcDay; share: number }[], count: number): { day: UtcDay; count: number }[] {
  const whole = parts.map(({ day, share }) => ({ day, count: Math.floor(share), lost: share - Math.floor(share) }))
  let left = count - whole.reduce((sum, part) => sum + part.count, 0)
  for (const part of [...whole].sort((a, b) => b.lost - a.lost)) {
    if (left <= 0) break
    part.count += 1
    left -= 1
  }
  return whole.filter((part) => part.count > 0).map(({ day, count: part }) => ({ day, count: part }))
}
