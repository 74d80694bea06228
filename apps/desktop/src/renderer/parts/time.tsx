import { useEffect, useReducer } from 'react'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** "3 minutes ago", "in 2 hours", "just now". */
function relativeTime(at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit)
  }
  return seconds > 10 ? 'in a moment' : 'just now'
}

/** A relative time, with the exact one on hover. Updates while it is on screen. */
export function Time({ at }: { at: string }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(redraw, 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {relativeTime(at, Date.now())}
    </time>
  )
}
