import {
  type EvidenceInput,
  type EvidenceReport,
  type EvidenceRow,
  type PublishedPolicy,
  utcDay,
} from '../src/index.ts'

const daySeconds = 86_400
/** 2026-03-31, noon UTC. */
export const today = 1_774_958_400_000
const todayStart = Math.floor(today / 1000 / daySeconds) * daySeconds

/** The UTC day so many days ago. */
export const daysAgo = (days: number): string => utcDay(todayStart - days * daySeconds)

/** Daily reports of two reporters over the last days, today not included. */
export function dailyReports(
  days: number,
  policy: { p?: PublishedPolicy; testing?: boolean } = { p: 'none' },
): EvidenceReport[] {
  return Array.from({ length: days }, (_, index) => todayStart - (index + 1) * daySeconds).flatMap((begin) =>
    ['one.example', 'two.example'].map((reporter) => ({ reporter, begin, end: begin + daySeconds - 1, policy })),
  )
}

export function row(parts: Partial<EvidenceRow>): EvidenceRow {
  return {
    day: daysAgo(1),
    source: 'mail.example.com',
    headerFrom: 'example.com',
    count: 1,
    dkimAligned: false,
    spfAligned: false,
    overridden: false,
    dkim: [],
    spf: [],
    ...parts,
  }
}

/** The same row on each of the last days. */
export const daily = (days: number, parts: Partial<EvidenceRow>): EvidenceRow[] =>
  Array.from({ length: days }, (_, index) => row({ ...parts, day: daysAgo(index + 1) }))

/** The owner's own mail server: 40 messages a day, all aligned both ways. */
export const ownMail = (days = 40, parts: Partial<EvidenceRow> = {}): EvidenceRow[] =>
  daily(days, {
    count: 40,
    dkimAligned: true,
    spfAligned: true,
    dkim: [{ domain: 'example.com', result: 'pass' }],
    spf: [{ domain: 'example.com', result: 'pass' }],
    ...parts,
  })

/** A domain that is ready for quarantine. */
export function input(parts: Partial<EvidenceInput> = {}): EvidenceInput {
  return { domain: 'example.com', reports: dailyReports(40), rows: ownMail(), now: today, ...parts }
}
