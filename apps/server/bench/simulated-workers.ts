import { nextLookDelay } from '@dmarc-as-code/dns/verify'
import type { Store } from '../src/store/open-store.ts'
import { saveVerification } from '../src/store/verifications.ts'
import { type Claim, claimDue, nextDue, settle } from '../src/store/work.ts'
import { fairShares } from '../src/verification/fair-shares.ts'
import { verificationSlots } from '../src/verification/start-verifying.ts'
import { intervalOf } from './seed-scheduler.ts'
import { isBroken, isSilent } from './simulated-dns.ts'

/** As the worker of the server polls, in milliseconds. */
const poll = 2000
/** Leases are measured by the clock of the database, for which the simulation may take any time. */
const lease = 6 * 3_600_000

export interface SimulationOptions {
  store: Store
  processes: number
  /** Virtual time, in milliseconds since 1970. */
  start: number
  /** Ends at this time, or after this many looks. */
  until: { time?: number; looks?: number }
  /** What a look leaves. */
  report: string
  /** Domains from this number on are new. */
  freshFrom: number
  /** Called once, when this time is reached. */
  event?: { at: number; happen: () => Promise<void> }
}

export interface SimulationResult {
  looks: number
  /** Virtual seconds that passed. */
  seconds: number
  /** Virtual milliseconds by which looks began later than they were due, and the same in intervals of the domain. */
  late: number[]
  lateIntervals: number[]
  /** Virtual milliseconds that new domains waited for their first look. */
  first: number[]
}

interface Process {
  choose: ReturnType<typeof fairShares>
  running: Set<string>
}

/** What a look at a domain takes: silent name servers use up the deadline of a look. Milliseconds. */
const duration = (number: number) => (isSilent(number) ? 10_000 : 50 + Math.round(Math.random() * 450))

/**
 * Several processes that verify domains, in virtual time: what is due is chosen, claimed and settled by the server's own queries and
 * rules, looks take no real time, and each event is handled before the next. How fast the machine is changes nothing in the result.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const { store, until, report, event } = options
  let now = options.start
  const events = new EventQueue()
  const result: SimulationResult = { looks: 0, seconds: 0, late: [], lateIntervals: [], first: [] }
  let happened = event === undefined

  const processes = Array.from({ length: options.processes }, (): Process => {
    const parts = { store, now: () => now, perTenant: verificationSlots / 2, perZone: verificationSlots / 8 }
    return { choose: fairShares(parts), running: new Set() }
  })

  async function fill(index: number): Promise<void> {
    const process = processes[index]
    if (!process) return
    const free = verificationSlots - process.running.size
    if (free === 0) return
    const chosen = await process.choose(free, process.running)
    const claims =
      chosen.subjects.length > 0
        ? await claimDue(store, 'verify', {
            ...{ owner: `simulated ${index}`, now, lease, limit: chosen.subjects.length, subjects: chosen.subjects },
          })
        : []
    await note(claims)
    for (const claim of claims) {
      process.running.add(claim.subject)
      events.add(now + duration(Number(claim.subject)), { process: index, claim })
    }
    if (claims.length === free) return
    const due = chosen.heldBack ? now + 1000 : ((await nextDue(store.db, 'verify')) ?? Number.POSITIVE_INFINITY)
    events.add(now + Math.min(poll, Math.max(20, due - now)), { process: index })
  }

  async function note(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return
    const subjects = claims.map(({ subject }) => subject)
    const due = await store.db
      .selectFrom('work')
      .select(['subject', 'next_check_at'])
      .where('task', '=', 'verify')
      .where('subject', 'in', subjects)
      .execute()
    const last = await store.db
      .selectFrom('verifications')
      .select(['domain_id', 'checked_at'])
      .where('domain_id', 'in', subjects.map(Number))
      .execute()
    const lastLooks = new Map(last.map(({ domain_id, checked_at }) => [String(domain_id), checked_at]))
    for (const { subject, next_check_at } of due) {
      const late = now - next_check_at
      const before = lastLooks.get(subject)
      if (before === undefined) result.first.push(late)
      else {
        result.late.push(late)
        result.lateIntervals.push(late / Math.max(1000, next_check_at - before))
      }
    }
  }

  async function finish(claim: Claim): Promise<void> {
    const number = Number(claim.subject)
    const fresh = number >= options.freshFrom
    // Half of the new customers have no CNAME yet. What is broken or silent for long is looked at daily.
    const ready = fresh ? Math.random() < 0.5 : !isBroken(number) && !isSilent(number)
    const attempt = ready ? 0 : fresh ? claim.attempt + 1 : 100
    const enforced = intervalOf(number) < 24 * 3_600_000
    const state = { ready, wasReady: claim.attempt === 0, doubted: false, enforced, attempt }
    const delay = nextLookDelay(state, Math.random())
    await store.transaction(async (tx) => {
      await saveVerification(tx, number, 'dmarc', { summary: {}, report: JSON.parse(report), checkedAt: now })
    })
    await settle(store.db, claim, { at: now + delay, attempt })
    result.looks += 1
  }

  for (const index of processes.keys()) await fill(index)
  while (result.looks < (until.looks ?? Number.POSITIVE_INFINITY)) {
    const next = events.take()
    if (!next || next.at > (until.time ?? Number.POSITIVE_INFINITY)) break
    now = next.at
    if (!happened && event && now >= event.at) {
      happened = true
      await event.happen()
    }
    const { process, claim } = next.item
    if (claim) {
      await finish(claim)
      processes[process]?.running.delete(claim.subject)
    }
    await fill(process)
  }
  // What is in progress goes back to be due.
  await store.db.updateTable('work').set({ lease_until: 0, lease_owner: null }).where('lease_until', '>', 0).execute()
  result.seconds = (now - options.start) / 1000
  return result
}

interface SimulatedEvent {
  process: number
  /** The look that ends. Undefined: the process polls. */
  claim?: Claim
}

/** Events by time. A process has one poll in it, since a later fill replaces an earlier one. */
class EventQueue {
  readonly #events: { at: number; item: SimulatedEvent }[] = []

  add(at: number, item: SimulatedEvent): void {
    if (!item.claim) {
      const earlier = this.#events.findIndex((one) => !one.item.claim && one.item.process === item.process)
      if (earlier >= 0) this.#events.splice(earlier, 1)
    }
    let index = this.#events.length
    while (index > 0 && (this.#events[index - 1]?.at ?? 0) > at) index--
    this.#events.splice(index, 0, { at, item })
  }

  take(): { at: number; item: SimulatedEvent } | undefined {
    return this.#events.shift()
  }
}
