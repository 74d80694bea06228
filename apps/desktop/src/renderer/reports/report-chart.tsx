import { Suspense } from 'react'
import { plural, t } from '../../shared/messages/messages.ts'
import type { ReportDay } from '../../shared/reports.ts'
import { DayBars } from './lazy-day-bars.ts'
import { Legend } from './legend.tsx'
import { counted } from './percent.ts'
import { reportClasses } from './report-classes.ts'

/** A month of mail by class of source. Foreign mail is grey, since it is nobody's task. */
export function ReportChart({ days }: { days: readonly ReportDay[] }) {
  const all = days.reduce((sum, { passed, failed }) => sum + passed + failed, 0)
  const passed = days.reduce((sum, day) => sum + day.passed, 0)
  if (all === 0) {
    return (
      <section className="card" aria-labelledby="chart-heading">
        <h2 id="chart-heading">{t('No mail reported yet')}</h2>
        <p className="muted">{t('Receivers send reports once a day. The first ones take a day or two.')}</p>
      </section>
    )
  }
  return (
    <section className="card report-chart" aria-labelledby="chart-heading">
      <header>
        <h2 id="chart-heading">{plural('{count} message|{count} messages', all)}</h2>
        <Legend />
      </header>
      <p className="muted">
        {t('{passed} passed, {failed} failed', { passed: counted(passed), failed: counted(all - passed) })}
      </p>
      <Suspense fallback={<div className="day-bars" />}>
        <DayBars days={days} />
      </Suspense>
      {/* A table is never smaller than its cells; what hides it is around it. */}
      <div className="hidden">
        <table>
          <caption>{t('Messages by day')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Day')}</th>
              {reportClasses().map(({ id, title }) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{day.day}</th>
                {reportClasses().map(({ id }) => (
                  <td key={id}>{counted(day[id])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
