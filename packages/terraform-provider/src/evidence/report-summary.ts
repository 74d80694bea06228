import { count, list, objectIn, text } from './evidence-answer.ts'

/** Messages, of which some pass. */
interface Passed {
  readonly messages: number
  readonly passed: number
}

/** Counts are messages, where nothing else is said. */
interface Totals {
  readonly messages: number
  readonly passed: number
  readonly failed: number
  readonly overridden: number
  readonly dispositions: { readonly none: number; readonly quarantine: number; readonly reject: number }
  readonly classes: Readonly<Record<(typeof classNames)[number], Passed>>
  readonly tls: { readonly reports: number; readonly successful_sessions: number; readonly failed_sessions: number }
}

/** What the reports of a period come to. */
export interface ReportSummary extends Totals {
  readonly from: string
  readonly to: string
  /** Percent of the messages of own sources; null without such messages. */
  readonly own_pass_rate: number | null
  /** Only days with a report, oldest first. */
  readonly days: readonly {
    readonly day: string
    readonly reports: number
    readonly messages: number
    readonly passed: number
    readonly failed: number
  }[]
}

const classNames = ['own', 'forwarder', 'candidate', 'foreign'] as const

/** Reads the answer of the route for daily totals; undefined where it is none. */
export function readSummary(body: unknown): ReportSummary | undefined {
  const answer = objectIn(body)
  if (!answer || !Array.isArray(answer.days)) return undefined
  const days = list(answer.days)
    .map(objectIn)
    .filter((day) => day !== undefined)
  const sum = (...path: readonly string[]) =>
    days.reduce((total, day) => total + count(path.reduce<unknown>((value, name) => objectIn(value)?.[name], day)), 0)
  const passed = (name: string): Passed => ({
    messages: sum('classes', name, 'messages'),
    passed: sum('classes', name, 'passed'),
  })
  const own = passed('own')
  return {
    from: text(answer.from),
    to: text(answer.to),
    messages: sum('messages'),
    passed: sum('passed'),
    failed: sum('failed'),
    overridden: sum('overridden'),
    dispositions: {
      none: sum('dispositions', 'none'),
      quarantine: sum('dispositions', 'quarantine'),
      reject: sum('dispositions', 'reject'),
    },
    classes: {
      own,
      forwarder: passed('forwarder'),
      candidate: passed('candidate'),
      foreign: passed('foreign'),
    },
    tls: {
      reports: sum('tls', 'reports'),
      successful_sessions: sum('tls', 'successful_sessions'),
      failed_sessions: sum('tls', 'failed_sessions'),
    },
    own_pass_rate: own.messages === 0 ? null : Math.round((own.passed / own.messages) * 10_000) / 100,
    days: days
      .map((day) => ({
        day: text(day.day),
        reports: count(day.reports),
        messages: count(day.messages),
        passed: count(day.passed),
        failed: count(day.failed),
      }))
      .filter(({ reports }) => reports > 0),
  }
}
