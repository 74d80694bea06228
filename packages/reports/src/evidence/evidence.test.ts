import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daily, dailyReports, daysAgo, input, ownMail, row, today } from '../../test/month.ts'
import { type EvidenceInput, judgeEvidence } from './evidence.ts'
import type { EvidenceRow, EvidenceTarget } from './types.ts'

const quarantined = dailyReports(40, { p: 'quarantine' })
const blockers = (given: EvidenceInput, target: EvidenceTarget = 'quarantine'): string[] =>
  judgeEvidence(given).targets[target].blockers.map(({ code }) => code)

/** A service that signs with a domain of its own and never aligns. */
const service = (days: number, count: number, parts: Partial<EvidenceRow> = {}): EvidenceRow[] =>
  daily(days, { source: 'service.example', count, dkim: [{ domain: 'service.example', result: 'pass' }], ...parts })

describe('evidence opens the gate', () => {
  it('to quarantine after a month at none with own mail that passes', () => {
    const evidence = judgeEvidence(input())
    expect(evidence.targets.quarantine).toEqual({ target: 'quarantine', ready: true, blockers: [] })
    expect(evidence.targets.reject.blockers.map(({ code }) => code)).toEqual(['time-too-short'])
    expect(evidence.numbers).toMatchObject({
      windowDays: 30,
      daysCovered: 30,
      reporters: 2,
      newestDays: 1,
      daysAtNone: 40,
      daysAtQuarantine: 0,
    })
  })

  it('to reject after a month at quarantine', () => {
    expect(blockers(input({ reports: quarantined }), 'reject')).toEqual([])
  })

  it('for a parked domain, which sends nothing', () => {
    expect(blockers(input({ reports: [], rows: [], parked: true }), 'reject')).toEqual([])
  })
})

describe('evidence blocks', () => {
  it('R8: without data', () => {
    expect(blockers(input({ reports: [], rows: [] }))).toEqual(['no-data'])
  })

  it('R1: before the month is over', () => {
    expect(blockers(input({ reports: dailyReports(29) }))).toEqual(['time-too-short'])
    expect(blockers(input({ reports: dailyReports(30) }))).toEqual([])
  })

  it('R1: when days in test mode count for the level below', () => {
    expect(blockers(input({ reports: dailyReports(40, { p: 'quarantine', testing: true }) }), 'reject')).toEqual([
      'time-too-short',
    ])
    expect(blockers(input({ reports: dailyReports(40, { p: 'reject', testing: true }) }), 'reject')).toEqual([])
  })

  it('R1: when the policy went back in between, however long ago it was tightened first', () => {
    const back = dailyReports(40, { p: 'quarantine' }).map((report, index) =>
      index === 20 ? { ...report, policy: { p: 'none' as const } } : report,
    )
    expect(blockers(input({ reports: back }), 'reject')).toEqual(['time-too-short'])
  })

  it('R2: when days are missing, reports are overdue, or one receiver reports alone', () => {
    const gaps = dailyReports(40).filter((_, index) => index < 2 * 12 || index > 2 * 19)
    expect(blockers(input({ reports: gaps }))).toEqual(['coverage-low'])
    expect(blockers(input({ reports: dailyReports(40).slice(2 * 3) }))).toEqual(['reports-overdue'])
    expect(blockers(input({ reports: dailyReports(40).slice(2 * 2) }))).toEqual([])
    expect(blockers(input({ reports: dailyReports(40).filter(({ reporter }) => reporter === 'one.example') }))).toEqual(
      ['reporters-few'],
    )
  })

  it('R3: when own sources send too little, after looking at 60 days', () => {
    const little = judgeEvidence(input({ rows: ownMail(60, { count: 1 }) }))
    expect(little.numbers).toMatchObject({ windowDays: 60, own: { messages: 60 } })
    expect(little.targets.quarantine.blockers.map(({ code }) => code)).toEqual(['volume-low'])
    expect(blockers(input({ rows: ownMail(60, { count: 2 }) }))).toEqual([])
  })

  it('R4: while a candidate has no answer', () => {
    const rows = [...ownMail(), ...service(5, 20)]
    const evidence = judgeEvidence(input({ rows }))
    expect(evidence.candidates).toMatchObject([
      { id: 'domain:service.example', class: 'candidate', messages: 100, days: 5 },
    ])
    expect(blockers(input({ rows }))).toEqual(['candidates-unanswered'])
    expect(blockers(input({ rows, answers: new Map([['domain:service.example', 'not_mine']]) }))).toEqual([])
  })

  it('R4: a candidate that is "mine" counts as own and must be aligned', () => {
    const rows = [...ownMail(), ...service(20, 10)]
    const answers = new Map([['domain:service.example', 'mine'] as const])
    expect(blockers(input({ rows, answers }))).toEqual(['rate-low', 'source-rate-low'])
    const aligned = service(20, 10, { dkimAligned: true, dkim: [{ domain: 'example.com', result: 'pass' }] })
    expect(blockers(input({ rows: [...ownMail(), ...aligned], answers }))).toEqual([])
  })

  it('R4: "mine" holds for the domain, not for everything that comes from the same address', () => {
    const shared = [...service(20, 10), ...daily(20, { source: 'service.example', count: 500 })]
    const answers = new Map([['domain:service.example', 'mine'] as const])
    const evidence = judgeEvidence(input({ rows: [...ownMail(), ...shared], answers }))
    expect(evidence.sources.find(({ id }) => id === 'domain:service.example')).toMatchObject({
      class: 'own',
      messages: 200,
    })
    expect(evidence.foreign.messages).toBe(10_000)
  })

  it('R4: while an own source is new', () => {
    const fresh = ownMail(13, { source: 'new.example.com', count: 30 })
    expect(blockers(input({ rows: [...ownMail(), ...fresh] }))).toEqual(['own-source-new'])
    expect(blockers(input({ rows: [...ownMail(), ...ownMail(14, { source: 'new.example.com', count: 30 })] }))).toEqual(
      [],
    )
  })

  it('R4: beyond 20 candidates, until one answer settles the rest', () => {
    const many = Array.from({ length: 25 }, (_, index) =>
      service(5, 20 + index, { source: `s${index}.example`, dkim: [{ domain: `s${index}.example`, result: 'pass' }] }),
    ).flat()
    const first = judgeEvidence(input({ rows: [...ownMail(), ...many] }))
    expect([first.candidates.length, first.moreCandidates]).toEqual([20, 5])
    const answers = new Map(first.candidates.map(({ id }) => [id, 'not_mine'] as const))
    expect(blockers(input({ rows: [...ownMail(), ...many], answers }))).toEqual(['candidates-unanswered'])
    expect(blockers(input({ rows: [...ownMail(), ...many], answers, presumeRestNotMine: true }))).toEqual([])
  })

  it('R5: when own mail fails too often, in all or at one source', () => {
    const failing = (count: number): EvidenceRow[] => daily(30, { count, spfAligned: false })
    expect(blockers(input({ rows: [...ownMail(), ...failing(1)] }))).toEqual(['rate-low'])
    expect(blockers(input({ rows: [...ownMail(), ...failing(3)] }))).toEqual(['rate-low', 'source-rate-low'])
    const one = [...ownMail(30, { source: 'shop.example.com', count: 1 }), ...daily(3, { source: 'shop.example.com' })]
    expect(blockers(input({ rows: [...ownMail(), ...one] }))).toEqual(['source-rate-low'])
  })

  it('R5: shows a rate never higher than it is', () => {
    const rows = [...ownMail(30, { count: 9_796 }), ...daily(30, { count: 204 })]
    const [blocker] = judgeEvidence(input({ rows })).targets.quarantine.blockers
    expect(blocker).toMatchObject({ code: 'rate-low', found: '97.9 % of own mail passes', expected: 'at least 98 %' })
  })

  it('R6: reject, when own mail passes by SPF alone', () => {
    const unsigned = ownMail(40, { source: 'legacy.example.com', count: 10, dkimAligned: false, dkim: [] })
    const rows = [...ownMail(), ...unsigned]
    expect(blockers(input({ rows, reports: quarantined }), 'reject')).toEqual(['dkim-share-low'])
    expect(blockers(input({ rows, reports: quarantined }), 'quarantine')).toEqual([])
  })

  it('R7: when a subdomain fails that would inherit the policy', () => {
    const below = daily(30, { headerFrom: 'news.example.com', count: 1 })
    expect(blockers(input({ rows: [...ownMail(40, { count: 400 }), ...below] }))).toEqual(['subdomain-rate-low'])
  })
})

describe('evidence is not steered by', () => {
  it('a flood of mail that authenticates as no domain', () => {
    const flood = daily(30, { source: 'botnet.example', count: 1_000_000 })
    const evidence = judgeEvidence(input({ rows: [...ownMail(), ...flood] }))
    expect(evidence.targets.quarantine.ready).toBe(true)
    expect(evidence.foreign).toEqual({ sources: 1, messages: 30_000_000 })
  })

  it('any number of domains that send too little to ask about', () => {
    const rows = Array.from({ length: 900 }, (_, index) =>
      service(2, 500, { source: `n${index}`, dkim: [{ domain: `n${index}.example`, result: 'pass' }] }),
    ).flat()
    expect(judgeEvidence(input({ rows: [...ownMail(), ...rows] }))).toMatchObject({
      candidates: [],
      targets: { quarantine: { ready: true } },
    })
  })

  it('forwarders, whatever they break', () => {
    const forwarded = daily(20, { source: 'forwarder.example', count: 5, dkimAligned: true })
    const broken = daily(20, { source: 'forwarder.example', count: 3 })
    const evidence = judgeEvidence(input({ rows: [...ownMail(), ...forwarded, ...broken] }))
    expect(evidence.targets.quarantine.ready).toBe(true)
    expect(evidence.sources.find(({ class: kind }) => kind === 'forwarder')).toMatchObject({
      messages: 160,
      passed: 100,
    })
    expect(evidence.numbers.expectedLoss).toBe(60)
  })

  it('failures that the receiver overrode with a reason (R7)', () => {
    const overridden = daily(30, { count: 100, overridden: true })
    expect(blockers(input({ rows: [...ownMail(), ...overridden] }))).toEqual([])
  })

  it('rows whose reporter does not say whether DMARC passed', () => {
    const silent = daily(30, { source: 'x.example', count: 1000 }).map(({ dkimAligned, spfAligned, ...rest }) => rest)
    expect(blockers(input({ rows: [...ownMail(), ...silent] }))).toEqual([])
    expect(judgeEvidence(input({ rows: silent })).numbers.own.messages).toBe(0)
  })

  it('reports and rows about days outside the window', () => {
    const old = ownMail(40, { dkimAligned: false, spfAligned: false }).map((one) => ({ ...one, day: '2025-01-01' }))
    expect(blockers(input({ rows: [...ownMail(), ...old, row({ day: '2027-01-01', count: 9999 })] }))).toEqual([])
  })

  it('failing mail of others: more of it never opens the gate and never closes it', () => {
    const attack = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 59 }),
        count: fc.integer({ min: 1, max: 1_000_000 }),
        source: fc.integer({ min: 0, max: 400 }),
      }),
      { maxLength: 300 },
    )
    const bases = [
      input(),
      input({ rows: ownMail(40, { count: 1 }) }),
      input({ rows: [...ownMail(), ...daily(30, { count: 2 })] }),
    ]
    fc.assert(
      fc.property(attack, fc.constantFrom(...bases), (mail, base) => {
        const spoofed = mail.map(({ day, count, source }) =>
          row({ day: daysAgo(day), count, source: `spoofer${source}` }),
        )
        const attacked = { ...base, rows: [...base.rows, ...spoofed] }
        expect(blockers(attacked)).toEqual(blockers(base))
        expect(blockers(attacked, 'reject')).toEqual(blockers(base, 'reject'))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the rows', () => {
  it('are gone through once, also where 30 days are too few to judge by', () => {
    const rows = ownMail(60, { count: 2 })
    let times = 0
    const counted = Object.assign([...rows], {
      *[Symbol.iterator]() {
        times += 1
        yield* rows
      },
    })
    expect(judgeEvidence(input({ rows: counted })).numbers).toMatchObject({ windowDays: 60, own: { messages: 120 } })
    expect(times).toBe(1)
  })

  it('give the same answer in any order', () => {
    const unordered = [
      ...ownMail(60, { count: 1 }),
      ...service(50, 3),
      ...daily(60, { headerFrom: 'news.example.com' }),
    ]
    const answer = judgeEvidence(input({ rows: unordered }))
    expect(answer.numbers.windowDays).toBe(60)
    fc.assert(
      fc.property(fc.shuffledSubarray(unordered, { minLength: unordered.length }), (rows) => {
        expect(judgeEvidence(input({ rows }))).toEqual(answer)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the answer', () => {
  it('says what was found, what is expected and what to do for each blocker', () => {
    const { blockers: all } = judgeEvidence(input({ rows: [], reports: dailyReports(3) })).targets.reject
    expect(all.length).toBeGreaterThan(2)
    for (const blocker of all)
      expect(blocker).toMatchObject({
        found: expect.stringMatching(/./),
        expected: expect.stringMatching(/./),
        fix: expect.stringMatching(/\.$/),
      })
  })

  it('carries the moment it was computed for and the rules can be set per gate', () => {
    expect(judgeEvidence(input()).computedAt).toBe(today)
    const strict = input({ rules: { daysBefore: { quarantine: 41, reject: 90 } } })
    expect(blockers(strict)).toEqual(['time-too-short'])
  })
})
