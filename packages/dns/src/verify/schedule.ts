import { contraryInterval } from './settle.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** Gaps between looks while somebody waits; after these each is half as long again as the one before. */
const firstGaps = [0, 15 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute]
const longestGap = 4 * hour
const eagerFor = 7 * day

/** Milliseconds between two looks that a person may ask for. */
export const manualInterval = 10 * second

/** What is known of earlier looks at one domain. Dates, or anything `new Date` reads. */
export interface CheckHistory {
  /** When the owner said "done" or opened the page. Looking begins then, never before: an early look is remembered as "no such name". */
  startedAt: Date | string
  /** Looks since then. */
  looks: number
  /** When the last look was; undefined before the first. */
  lastLookAt?: Date | string
  /** When everything became verified; undefined while something is not. */
  verifiedAt?: Date | string
  /** When a verified record was first contradicted; see `CnameVerdict.contrary`. */
  contrarySince?: Date | string
  /** Whether the MTA-STS policy is `enforce`: then a break loses mail, and is looked for hourly. */
  enforce?: boolean
  /** Notices already given. */
  noticed?: readonly Notice[]
}

/** Nothing has been verified for so long that the owner should hear of it. */
export type Notice = '7-days' | '30-days'

export interface NextCheck {
  at: Date
  notice?: Notice
}

/**
 * When to look at a domain next: 0, 15 s, 30 s, 1, 2, 5, 10 minutes after one another, then half as long again each time
 * up to 4 hours, for 7 days; then daily, with a notice at 7 and at 30 days. Once verified: after an hour, then daily, or
 * hourly while the policy is enforced. A contradicted record is looked at again after five minutes.
 *
 * Gaps are spread by a tenth to either side. `random` gives numbers from 0 to 1.
 */
export function nextCheck(history: CheckHistory, now: Date, random: () => number): NextCheck {
  const last = history.lastLookAt === undefined ? undefined : new Date(history.lastLookAt)
  const started = new Date(history.startedAt)
  const notice = history.verifiedAt === undefined ? dueNotice(started, now, history.noticed ?? []) : undefined
  const due = last === undefined ? started.getTime() : last.getTime() + gap(history, started, last, random)
  return { at: new Date(Math.max(due, now.getTime())), ...(notice && { notice }) }
}

function gap(history: CheckHistory, started: Date, last: Date, random: () => number): number {
  if (history.contrarySince !== undefined) {
    const left = new Date(history.contrarySince).getTime() + contraryInterval - last.getTime()
    // Spread to one side only: a look before the five minutes are over would count for nothing.
    return Math.max(left, 0) + random() * 0.1 * contraryInterval
  }
  return spread(plainGap(history, started, last), random)
}

function plainGap(history: CheckHistory, started: Date, last: Date): number {
  if (history.verifiedAt !== undefined) {
    if (history.enforce) return hour
    return last.getTime() - new Date(history.verifiedAt).getTime() < hour ? hour : day
  }
  if (last.getTime() - started.getTime() >= eagerFor) return day
  const first = firstGaps[history.looks]
  if (first !== undefined) return first
  const more = Math.min(history.looks - firstGaps.length + 1, 20)
  return Math.min(10 * minute * 1.5 ** more, longestGap)
}

function spread(milliseconds: number, random: () => number): number {
  return milliseconds * (0.9 + 0.2 * random())
}

function dueNotice(started: Date, now: Date, noticed: readonly Notice[]): Notice | undefined {
  const waited = now.getTime() - started.getTime()
  if (waited >= 30 * day && !noticed.includes('30-days')) return '30-days'
  if (waited >= 7 * day && waited < 30 * day && !noticed.includes('7-days')) return '7-days'
  return undefined
}

/** When a person may next press "look now": at once, or 10 seconds after the last look. */
export function nextManualCheck(lastLookAt: Date | string | undefined, now: Date): Date {
  if (lastLookAt === undefined) return now
  return new Date(Math.max(now.getTime(), new Date(lastLookAt).getTime() + manualInterval))
}
