import type { DayTotals, ReportTotals, SourceClass } from '@dmarc-as-code/client/reports'

const classNames = ['own', 'forwarder', 'candidate', 'foreign'] as const satisfies readonly SourceClass[]

/** What the days of a period come to. Counts are messages, where nothing else is said. */
export function summarize({ from, to, days }: ReportTotals) {
  const sum = (of: (day: DayTotals) => number | undefined) => days.reduce((total, day) => total + (of(day) ?? 0), 0)
  const passed = (name: SourceClass) => ({
    messages: sum((day) => day.classes?.[name].messages),
    passed: sum((day) => day.classes?.[name].passed),
  })
  const classes = Object.fromEntries(classNames.map((name) => [name, passed(name)])) as {
    readonly [Name in (typeof classNames)[number]]: ReturnType<typeof passed>
  }
  return {
    from,
    to,
    messages: sum((day) => day.messages),
    passed: sum((day) => day.passed),
    failed: sum((day) => day.failed),
    overridden: sum((day) => day.overridden),
    own_pass_rate: percentage(classes.own),
    dispositions: {
      none: sum((day) => day.dispositions.none),
      quarantine: sum((day) => day.dispositions.quarantine),
      reject: sum((day) => day.dispositions.reject),
    },
    classes,
    tls: {
      reports: sum((day) => day.tls?.reports),
      successful_sessions: sum((day) => day.tls?.successful_sessions),
      failed_sessions: sum((day) => day.tls?.failed_sessions),
    },
    days: days
      .filter((day) => (day.reports ?? 0) > 0)
      .map(({ day, reports = 0, messages, passed, failed }) => ({ day, reports, messages, passed, failed })),
  }
}

/** With two decimals; null without messages. */
const percentage = ({ messages, passed }: { readonly messages: number; readonly passed: number }) =>
  messages === 0 ? null : Math.round((passed / messages) * 10_000) / 100
