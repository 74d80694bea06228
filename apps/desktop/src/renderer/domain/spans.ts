import type { DomainState, HistoryEntry } from '../../shared/model.ts'

/** A stretch of one state; `from` and `to` are fractions of the whole time shown. */
interface Span {
  readonly state: DomainState
  readonly from: number
  readonly to: number
}

const longest = 90 * 86_400_000

/** The history as stretches, oldest first, over at most the last 90 days. */
export function spansOf(entries: readonly HistoryEntry[], now: number): Span[] {
  const first = entries[0]
  if (!first) return []
  const start = Math.max(Date.parse(first.at), now - longest)
  const whole = Math.max(now - start, 1)
  return entries.flatMap((entry, index) => {
    const next = entries[index + 1]
    const from = Math.max(Date.parse(entry.at), start)
    const to = next ? Date.parse(next.at) : now
    return to > start ? [{ state: entry.to, from: (from - start) / whole, to: (to - start) / whole }] : []
  })
}

/** Share of the time each state held, largest first, for the words under the chart. */
export function sharesOf(spans: readonly Span[]): { state: DomainState; share: number }[] {
  const shares = new Map<DomainState, number>()
  for (const { state, from, to } of spans) shares.set(state, (shares.get(state) ?? 0) + to - from)
  return [...shares].map(([state, share]) => ({ state, share })).sort((a, b) => b.share - a.share)
}
