import { contraryInterval } from './settle.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** While somebody may be waiting: often at first, then slower and slower. */
const firstGaps = [15 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute]
const longestGap = 4 * hour
const eagerFor = 7 * day
/** With the growth below, this many looks fill those seven days. */
const eagerLooks = 53

/** What the last look at a domain decided about the next one. */
export interface LookState {
  ready: boolean
  /** Whether the look before it was ready too. */
  wasReady: boolean
  /** A verified record was contradicted; only a second look tells whether that lasts. */
  doubted: boolean
  /** The MTA-STS policy is `enforce`: mail is lost when it breaks. */
  enforced: boolean
  /** Looks since somebody asked, without success. */
  attempt: number
}

/**
 * Milliseconds until the next look. Not ready: 15 s, 30 s, 1, 2, 5, 10 minutes, then half as long again each time up to
 * four hours, for a week, then daily. Ready: after an hour, then daily (hourly while a policy is enforced). Spread by a
 * tenth to either side. `random` from 0 to 1.
 */
export function nextLookDelay(state: LookState, random: number): number {
  return Math.round(plainDelay(state) * (0.9 + random * 0.2))
}

function plainDelay({ ready, wasReady, doubted, enforced, attempt }: LookState): number {
  // Even a tenth early, such a look comes after the contradiction has begun to count.
  if (doubted) return 1.2 * contraryInterval
  if (ready) return wasReady && !enforced ? day : hour
  if (attempt >= eagerLooks) return day
  return firstGaps[attempt] ?? Math.min(10 * minute * 1.5 ** (attempt - firstGaps.length + 1), longestGap)
}

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
 * When to look at a domain next, from its dates: at once, then by the schedule of `nextLookDelay`, with a notice at 7 and
 * at 30 days. A contradicted record is looked at again after five minutes. `random` gives numbers from 0 to 1.
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
  const { verifiedAt, enforce = false, looks } = history
  if (verifiedAt === undefined && looks === 0) return 0
  const eager = last.getTime() - started.getTime() < eagerFor
  const state = {
    ready: verifiedAt !== undefined,
    wasReady: verifiedAt !== undefined && last.getTime() - new Date(verifiedAt).getTime() >= hour,
    doubted: false,
    enforced: enforce,
    attempt: eager ? Math.min(looks, eagerLooks) - 1 : eagerLooks,
  }
  return nextLookDelay(state, random())
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
