import { describe, expect, it } from 'vitest'
import { type TestStack, testStack } from '../../test/stack.ts'
import { MonitoredDomain } from '../domain/monitored-domain.ts'
import { DmarcRollout, type DmarcRolloutProps } from './dmarc-rollout.ts'
import type { RolloutStage, RolloutStageName } from './stages.ts'

const stages: readonly RolloutStage[] = [
  { stage: 'none' },
  { stage: 'quarantine-test', from: '2026-03-01' },
  { stage: 'quarantine', from: '2026-04-01' },
  { stage: 'reject', from: '2026-06-01' },
]
const at = (day: string) => new Date(`${day}T00:00:00Z`)

function rollout(props: Partial<DmarcRolloutProps>, test: TestStack = testStack()): [DmarcRollout, TestStack] {
  return [new DmarcRollout(test.stack, 'rollout', { stages, now: at('2026-01-01'), ...props }), test]
}

describe('a rollout', () => {
  it.each([
    ['2025-12-31', 'none', { policy: 'none' }],
    ['2026-03-01', 'quarantine-test', { policy: 'quarantine', testMode: true }],
    ['2026-05-31', 'quarantine', { policy: 'quarantine' }],
    ['2030-01-01', 'reject', { policy: 'reject' }],
  ])('publishes on %s what the stage %s says', (day, stage, published) => {
    const [it] = rollout({ now: at(day) })
    expect(it.stage).toBe(stage)
    expect(it.hostedDmarc).toEqual(published)
  })

  it('tells the next stage and what it waits for', () => {
    expect(rollout({})[0].next).toEqual({ stage: 'quarantine-test', from: '2026-03-01' })
    expect(rollout({ now: at('2030-01-01') })[0].next).toBeUndefined()
  })

  it('stops at the first condition that does not hold', () => {
    const conditions: RolloutStage[] = [
      { stage: 'none' },
      { stage: 'quarantine-test', when: true },
      { stage: 'quarantine', from: '2026-01-01', when: () => false },
      { stage: 'reject', from: '2026-01-02' },
    ]
    expect(rollout({ stages: conditions, now: at('2027-01-01') })[0].stage).toBe('quarantine-test')
  })

  describe('with stages that ask for evidence', () => {
    const proven: readonly RolloutStage[] = [
      { stage: 'none' },
      { stage: 'quarantine-test', from: '2025-12-01' },
      { stage: 'quarantine', evidence: true },
      { stage: 'reject', evidence: true },
    ]

    it('goes to the first of them that is not live, where the plan decides', () => {
      const due = (live: RolloutStageName) => rollout({ stages: proven, live })[0].hostedDmarc
      expect(due('quarantine-test')).toEqual({ policy: 'quarantine', gate: 'enforce' })
      expect(due('quarantine')).toEqual({ policy: 'reject', gate: 'enforce' })
      expect(due('reject')).toEqual({ policy: 'reject', gate: 'enforce' })
      expect(rollout({ stages: proven, live: 'quarantine-test' })[1].faults()).toEqual([])
    })

    it('never goes below what is live', () => {
      const later = [proven[0], { stage: 'quarantine', from: '2030-01-01', evidence: true }] as RolloutStage[]
      expect(rollout({ stages: later, live: 'quarantine', skipStages: true })[0].stage).toBe('quarantine')
    })

    it('gates no stage that asks for none, and keeps the gate of the settings there', () => {
      expect(rollout({ stages: proven, live: 'none' })[1].faults()).toEqual([expect.stringContaining('Apply')])
      const [it] = rollout({ stages: proven.slice(0, 2), settings: { gate: 'off' } })
      expect(it.hostedDmarc).toEqual({ policy: 'quarantine', testMode: true, gate: 'off' })
    })

    it('hands the reason to go on without evidence to its domains', () => {
      const [it, test] = rollout({ stages: proven, live: 'quarantine', acceptRisk: 'Announced to everybody' })
      new MonitoredDomain(test.stack, 'example', { address: 'example.com', hostedDmarc: it })
      expect(test.resources('dmarcreport_domain')).toMatchObject([
        { hosted_dmarc: { policy: 'reject', gate: 'enforce' }, accept_risk: 'Announced to everybody' },
      ])
      expect(rollout({ stages: proven, live: 'quarantine', acceptRisk: ' ' })[1].faults()).toEqual([
        expect.stringContaining('[stack/rollout] acceptRisk: The reason is empty'),
      ])
    })

    it('waits where it does not know what is live, and says so', () => {
      const [{ node, stage }] = rollout({ stages: proven })
      expect(stage).toBe('quarantine-test')
      expect(node.metadata.map(({ data }) => data)).toEqual([expect.stringContaining('stages ask for evidence')])
    })

    it.each<[string, unknown, string]>([
      [
        'a text',
        { stage: 'quarantine-test', evidence: 'yes' },
        'stages[1].evidence: found "yes", expected true or false',
      ],
      ['test mode', { stage: 'quarantine-test', evidence: true }, 'stages[1].evidence: found true for quarantine-test'],
    ])('fails for %s', (_, stage, message) => {
      expect(rollout({ stages: [{ stage: 'none' }, stage as RolloutStage], live: 'none' })[1].faults()).toEqual([
        expect.stringContaining(message),
      ])
    })
  })

  it('is what a domain hosts, with its further settings', () => {
    const [it, test] = rollout({ settings: { extraRua: ['dmarc@example.com'] }, now: at('2026-03-01') })
    new MonitoredDomain(test.stack, 'example', { address: 'example.com', hostedDmarc: it })
    expect(test.resources('dmarcreport_domain')).toMatchObject([
      { hosted_dmarc: { policy: 'quarantine', test_mode: true, extra_rua: ['dmarc@example.com'] } },
    ])
  })

  it('fails when it would move by more than one stage at once', () => {
    const props = { live: 'none', now: at('2026-04-01') } as const
    expect(rollout(props)[1].faults()).toEqual([
      '[stack/rollout] stages: found quarantine due while none is live, expected at most quarantine-test. ' +
        'Apply quarantine-test first, or set skipStages.',
    ])
    expect(rollout({ ...props, skipStages: true })[1].faults()).toEqual([])
    expect(rollout({ ...props, live: 'quarantine-test' })[1].faults()).toEqual([])
    expect(rollout({ ...props, live: 'reject' })[1].faults()).toEqual([])
  })

  it.each<[string, readonly object[]]>([
    ['found none, expected some of none, quarantine-test', []],
    [
      'stages[1]: found reject after none, expected quarantine-test, quarantine between',
      [{ stage: 'none' }, { stage: 'reject', from: '2026-01-01' }],
    ],
    [
      'stages[1]: found none after quarantine, expected a stronger stage',
      [{ stage: 'quarantine' }, { stage: 'none', when: true }],
    ],
    [
      'stages[1]: found no day, no condition and no evidence for quarantine-test',
      [{ stage: 'none' }, { stage: 'quarantine-test' }],
    ],
    ['stages[0].stage: found "monitor", expected none', [{ stage: 'monitor' }]],
    ['stages[0].from: found "2026-02-30", expected a day', [{ stage: 'none', from: '2026-02-30' }]],
    [
      'stages[0].from: found a Date, expected a day such as "2026-03-01". Change it.',
      [{ stage: 'none', from: new Date('2026-03-01') }],
    ],
    [
      'stages[1].from: found 2026-01-01, expected a day after 2026-02-01',
      [
        { stage: 'none', from: '2026-02-01' },
        { stage: 'quarantine-test', from: '2026-01-01' },
      ],
    ],
  ])('fails: %s', (message, wrong) => {
    expect(rollout({ stages: wrong as RolloutStage[] })[1].faults()).toEqual([expect.stringContaining(message)])
  })

  describe('with what is live', () => {
    const after = at('2030-01-01')
    const until = (when: RolloutStage['when']): RolloutStage[] => [...stages.slice(0, 3), { stage: 'reject', when }]

    it.each<[string, RolloutStage['when']]>([
      ['is false', false],
      ['answers false', () => false],
      ['is not measured', undefined],
      ['answers that it is not measured', () => undefined],
    ])('never goes below it where a condition %s', (_, when) => {
      const [held, test] = rollout({ stages: until(when), live: 'reject', now: after })
      expect(held.stage).toBe('reject')
      expect(held.hostedDmarc).toEqual({ policy: 'reject' })
      expect(held.next).toBeUndefined()
      expect(test.faults()).toEqual([])
    })

    it('does not go below it where the clock goes back or stages are taken out', () => {
      expect(rollout({ live: 'quarantine', now: at('2020-01-01') })[0].stage).toBe('quarantine')
      expect(rollout({ stages: [{ stage: 'none' }], live: 'quarantine' })[0].stage).toBe('quarantine')
    })

    it('goes back only with a reason, and only where a condition is measured and false', () => {
      const allowed = { live: 'reject', now: after, allowWeaker: 'a new mail service is not signed yet' } as const
      expect(rollout({ ...allowed, stages: until(false) })[0].stage).toBe('quarantine')
      expect(rollout({ ...allowed, stages: until(undefined) })[0].stage).toBe('reject')
      expect(rollout({ ...allowed, allowWeaker: ' ' })[1].faults()).toEqual([
        expect.stringContaining('[stack/rollout] allowWeaker: The reason is empty: '),
      ])
    })
  })

  it.each<[string, unknown, string]>([
    ['a promise', Promise.resolve(true), 'stages[1].when: found a promise, expected true, false or a function'],
    ['an async function', async () => true, 'stages[1].when: found a function, expected true, false or a function'],
    ['a text', 'true', 'stages[1].when: found "true", expected true, false or a function'],
    ['an answer that is a promise', () => Promise.resolve(true), 'stages[1].when: found a result that is neither'],
    ['an answer that is a text', () => 'yes', 'stages[1].when: found a result that is neither'],
  ])('opens no stage for %s, and fails', (_, when, message) => {
    const conditions = [{ stage: 'none' }, { stage: 'quarantine-test', when }] as RolloutStage[]
    const [held, test] = rollout({ stages: conditions })
    expect(held.stage).toBe('none')
    expect(test.faults()).toEqual([expect.stringContaining(message)])
  })

  it('warns where conditions could lower a policy that it does not know', () => {
    const [{ node }] = rollout({ stages: [{ stage: 'none' }, { stage: 'quarantine-test', when: true }] })
    expect(node.metadata.map(({ data }) => data)).toEqual([expect.stringContaining('live: found nothing')])
    expect(rollout({})[0].node.metadata).toEqual([])
  })

  it('fails for a time that is none, and opens nothing', () => {
    const [it, test] = rollout({ now: new Date('soon') })
    expect(it.stage).toBe('none')
    expect(test.faults()).toEqual([expect.stringContaining('[stack/rollout] now: found an invalid Date')])
  })

  it('leaves out stages when asked', () => {
    const short: RolloutStage[] = [{ stage: 'none' }, { stage: 'reject', from: '2026-01-01' }]
    expect(rollout({ stages: short, skipStages: true })[1].faults()).toEqual([])
  })
})
