import type { MtaStsSettings } from './mta-sts-state.ts'

/** Where the private state of a domain has until when senders may enforce an MTA-STS policy that is served no more. */
export const CACHED_UNTIL = 'mta_sts_cached_until'

export const DAY_MS = 24 * 60 * 60 * 1000

/** Milliseconds since 1970; zero where no earlier policy was in mode enforce. */
export function cachedUntil(stored: unknown): number {
  const time = typeof stored === 'string' ? Date.parse(stored) : Number.NaN
  return Number.isNaN(time) ? 0 : time
}

/**
 * What to store when another policy takes the place of this one: a sender that fetched it enforces it for its whole age, although
 * the next one has mode none or a shorter age. Undefined where nothing is cached for longer than is known.
 */
export function cachedAfter(
  stored: unknown,
  before: MtaStsSettings | null,
  after: MtaStsSettings | null,
  now: number,
): string | undefined {
  if (before?.mode !== 'enforce') return undefined
  if (after?.mode === 'enforce' && after.max_age_days >= before.max_age_days) return undefined
  const until = now + before.max_age_days * DAY_MS
  return until > cachedUntil(stored) ? new Date(until).toISOString() : undefined
}
