import { useEffect, useReducer } from 'react'
import { locale, t } from '../../shared/messages/messages.ts'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** Making one takes its time, and hundreds of rows have a time each. */
const formats = new Map<string, { readonly relative: Intl.RelativeTimeFormat; readonly exact: Intl.DateTimeFormat }>()

function formatsOf(language: string) {
  const known = formats.get(language)
  if (known) return known
  const made = {
    relative: new Intl.RelativeTimeFormat(language, { numeric: 'auto' }),
    exact: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
  }
  formats.set(language, made)
  return made
}

/** "3 minutes ago", "in 2 hours", "just now". */
function relativeTime(at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return formatsOf(locale()).relative.format(Math.round(seconds / size), unit)
  }
  return seconds > 10 ? t('in a moment') : t('just now')
}

/** A relative time, with the exact one on hover. Updates while it is on screen. */
export function Time({ at }: { at: string }) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(redraw, 30_000)
    return () => clearInterval(timer)
  }, [])
  // A service may name a time that is none; it must not take the page with it.
  if (Number.isNaN(Date.parse(at))) return <span>{t('Unknown')}</span>
  return (
    <time dateTime={at} title={formatsOf(locale()).exact.format(new Date(at))}>
      {relativeTime(at, Date.now())}
    </time>
  )
}
