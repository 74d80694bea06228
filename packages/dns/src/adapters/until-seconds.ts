/** Milliseconds until a moment that a header gives in seconds since 1970; undefined where it gives none. */
export function untilSeconds(header: string | null, now: number): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Math.max(0, Number(header) * 1000 - now) : undefined
}
