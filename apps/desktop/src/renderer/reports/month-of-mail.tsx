import { Suspense, useEffect, useState } from 'react'
import { plural, t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { ReportDay } from '../../shared/reports.ts'
import { useBridge } from '../state/bridge.ts'
import { DayBars } from './lazy-day-bars.ts'
import { Legend } from './legend.tsx'
import { percent } from './percent.ts'

/**
 * The mail of the last 30 days, where people look first. Without reports, or without an answer, there is none: the tab of
 * the reports says why.
 */
export function MonthOfMail({ domain: { key, updatedAt } }: { domain: DomainSummary }) {
  const days = useDays(key, updatedAt)
  const sum = (of: keyof Omit<ReportDay, 'day'>) => (days ?? []).reduce((total, day) => total + day[of], 0)
  const messages = sum('passed') + sum('failed')
  if (!days || messages === 0) return null
  const own = sum('own')
  return (
    <section className="card" aria-labelledby="month-heading">
      <header>
        <h2 id="month-heading">{t('Last 30 days')}</h2>
        <Legend />
      </header>
      <p className="muted">
        {plural('{count} message|{count} messages', messages)}
        {own > 0 ? ` · ${t('{rate} % of your mail passes.', { rate: percent((sum('ownPassed') / own) * 100) })}` : ''}
      </p>
      <Suspense fallback={<div className="day-bars" />}>
        <DayBars days={days} />
      </Suspense>
    </section>
  )
}

/** Read when the domain is opened, and again when it has changed. Of another domain there are none meanwhile. */
function useDays(key: string, updatedAt: string | undefined): readonly ReportDay[] | undefined {
  const bridge = useBridge()
  const [read, setRead] = useState<{ readonly key: string; readonly days: readonly ReportDay[] }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed domain has other sources
  useEffect(() => {
    let current = true
    void bridge.request('getReportDays', { key }).then((answer) => {
      if (current) setRead(answer.ok ? { key, days: answer.value ?? [] } : undefined)
    })
    return () => {
      current = false
    }
  }, [bridge, key, updatedAt])
  return read?.key === key ? read.days : undefined
}
