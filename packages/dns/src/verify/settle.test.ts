import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settleCname, settlePolicyFile } from './settle.ts'
import type { CnameVerdict, PolicyFileVerdict } from './types.ts'

const start = Date.parse('2026-05-04T10:00:00Z')
const iso = (ms: number) => new Date(start + ms).toISOString()
const minute = 60_000
const seen = (over: Partial<CnameVerdict>, ms = 0): CnameVerdict => ({
  kind: 'dmarc',
  name: '_dmarc.a.test',
  status: 'verified',
  message: 'm',
  expected: { type: 'CNAME', name: '_dmarc.a.test', target: 'k.hosted.test' },
  found: [],
  fix: '',
  asked: [],
  vantage: 'authoritative',
  at: iso(ms),
  ...over,
})
const good = (ms = 0) => seen({ lastVerifiedAt: iso(ms) }, ms)
const absent = (ms: number) => seen({ status: 'awaiting_setup', reason: 'absent' }, ms)
const unknown = (ms: number) => seen({ status: 'awaiting_setup', reason: 'unknown', vantage: 'none' }, ms)

describe('settleCname', () => {
  it('takes the first verdict as it is', () => {
    expect(settleCname(absent(0))).toEqual(absent(0))
    expect(settleCname(unknown(0))).toMatchObject({ status: 'awaiting_setup', reason: 'unknown' })
  })

  it.each(['verified', 'misconfigured', 'awaiting_setup'] as const)('keeps %s when no server answered', (status) => {
    const verdict = settleCname(unknown(minute), seen({ status, lastVerifiedAt: iso(0) }))
    expect(verdict).toMatchObject({ status, reason: 'unknown', lastVerifiedAt: iso(0) })
    expect(verdict.message).toContain(iso(0))
  })

  it('keeps verified at the first contradiction, and says which it was', () => {
    const verdict = settleCname(absent(minute), good())
    expect(verdict).toMatchObject({
      status: 'verified',
      reason: 'absent',
      contrary: { since: iso(minute), status: 'awaiting_setup', reason: 'absent' },
    })
  })

  it('keeps verified at a second contradiction less than five minutes later', () => {
    const first = settleCname(absent(0), good())
    const second = settleCname(absent(5 * minute - 1), first)
    expect(second).toMatchObject({ status: 'verified', contrary: { since: iso(0) } })
  })

  it('loses verified at a contradiction five minutes after the first', () => {
    const first = settleCname(absent(0), good())
    const second = settleCname(seen({ status: 'misconfigured', reason: 'wrong-target' }, 5 * minute), first)
    expect(second).toMatchObject({ status: 'misconfigured', reason: 'wrong-target', lastVerifiedAt: iso(0) })
    expect(second.contrary).toBeUndefined()
  })

  it('forgets a contradiction when the record is right again', () => {
    const first = settleCname(absent(0), good())
    const back = settleCname(good(minute), first)
    expect(back.contrary).toBeUndefined()
    expect(settleCname(absent(6 * minute), back).status).toBe('verified')
  })

  it('keeps counting through a look that could not ask', () => {
    const first = settleCname(absent(0), good())
    const second = settleCname(unknown(3 * minute), first)
    expect(settleCname(absent(6 * minute), second).status).toBe('awaiting_setup')
  })

  it('does not let recursive resolvers take verified away, however often they contradict', () => {
    let state = good()
    for (let i = 1; i < 10; i++) {
      state = settleCname({ ...absent(i * 10 * minute), vantage: 'recursive' }, state)
      expect(state.status).toBe('verified')
    }
  })

  it('starts afresh when the expected target is another one', () => {
    const other = { type: 'CNAME' as const, name: '_dmarc.a.test', target: 'new.hosted.test' }
    expect(settleCname(seen({ status: 'misconfigured', reason: 'wrong-target', expected: other }), good()).status).toBe(
      'misconfigured',
    )
  })

  it('survives being stored as JSON', () => {
    const stored = JSON.parse(JSON.stringify(settleCname(absent(0), good())))
    expect(settleCname(absent(6 * minute), stored).status).toBe('awaiting_setup')
  })

  it('never lowers a status without two contrary authoritative looks five minutes apart', () => {
    const look = fc.record({
      what: fc.constantFrom('good', 'absent', 'unknown', 'recursive'),
      wait: fc.nat(8 * minute),
    })
    fc.assert(
      fc.property(fc.array(look, { maxLength: 40 }), (looks) => {
        let state = good()
        let at = 0
        let firstContrary: number | undefined
        for (const { what, wait } of looks) {
          at += wait
          const before = state.status
          if (what === 'good') state = settleCname(good(at), state)
          else if (what === 'unknown') state = settleCname(unknown(at), state)
          else state = settleCname({ ...absent(at), ...(what === 'recursive' && { vantage: 'recursive' }) }, state)
          if (what === 'good') firstContrary = undefined
          if (what === 'absent') firstContrary ??= at
          if (before === 'verified' && state.status !== 'verified') {
            expect(what).toBe('absent')
            expect(at - (firstContrary ?? at)).toBeGreaterThanOrEqual(5 * minute)
          }
          if (what === 'good') expect(state.status).toBe('verified')
          if (what === 'unknown') expect(state.status).toBe(before)
        }
      }),
    )
  })
})

describe('a policy file that was active', () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 4, 4, 10, minutes)).toISOString()
  const seen = (minutes: number, over: Partial<PolicyFileVerdict> = {}): PolicyFileVerdict => ({
    url: 'https://mta-sts.example.test/.well-known/mta-sts.txt',
    status: 'unreachable',
    reason: 'connect',
    message: 'No answer.',
    fix: '',
    at: at(minutes),
    ...over,
  })

  it('becomes unreachable only after two looks five minutes apart', () => {
    const first = settlePolicyFile(seen(0), { status: 'active' })
    expect(first).toMatchObject({ status: 'active', contrary: { since: at(0), status: 'unreachable' } })
    const second = settlePolicyFile(seen(4), first)
    expect(second).toMatchObject({ status: 'active', contrary: { since: at(0) } })
    expect(settlePolicyFile(seen(5), second)).toMatchObject({ status: 'unreachable', reason: 'connect' })
    expect(settlePolicyFile(seen(5, { status: 'active' }), second).contrary).toBeUndefined()
  })

  it('keeps its status when nothing could be asked, whatever that was', () => {
    const unknown = { status: 'pending', reason: 'unknown' } as const
    for (const status of ['active', 'pending', 'unreachable'] as const) {
      expect(settlePolicyFile(seen(9, unknown), { status }).status).toBe(status)
    }
  })

  it('says nothing about another policy', () => {
    const before = { status: 'active', policyId: '1' } as const
    expect(settlePolicyFile(seen(0, { reason: 'wrong-policy', policyId: '2' }), before).status).toBe('unreachable')
    const unknown = { status: 'pending', reason: 'unknown', policyId: '2' } as const
    expect(settlePolicyFile(seen(0, unknown), before).status).toBe('pending')
  })

  it('that was never active is unreachable at once', () => {
    expect(settlePolicyFile(seen(0), { status: 'pending' }).status).toBe('unreachable')
    expect(settlePolicyFile(seen(0)).status).toBe('unreachable')
  })
})
