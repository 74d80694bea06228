import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import type { RecordView } from '../../shared/model.ts'
import { changesBetween, mergeListed } from './merge.ts'

const listed: RecordView = {
  kind: 'dmarc',
  name: '_dmarc.a.example',
  expected: 'k.example',
  state: 'ready',
  status: 'verified',
  askedAt: '2026-01-01T10:00:00.000Z',
  why: 'Verified.',
}
const verified: RecordView = { ...listed, state: 'working', txt: 'queued', askedAt: '2026-01-01T10:00:05.000Z' }
const of = (record: RecordView) => domain('a.example', record.state, { records: [record] })

describe('mergeListed', () => {
  it('keeps what a verification found while the list tells the same', () => {
    expect(mergeListed(of(verified), of(listed)).records[0]).toBe(verified)
    expect(mergeListed(of(verified), of(listed)).state).toBe('working')
  })

  it.each([
    ['a newer look', { askedAt: '2026-01-01T11:00:00.000Z' }],
    ['another status', { status: 'misconfigured', state: 'attention' }],
    ['another reason', { reason: 'propagating' }],
    ['another target', { expected: 'other.example' }],
  ] as const)('takes the list after %s', (_what, change) => {
    const record = { ...listed, ...change }
    expect(mergeListed(of(verified), of(record)).records[0]).toBe(record)
  })
})

describe('changesBetween', () => {
  const at = '2026-01-01T00:00:00.000Z'

  it('notes a first sight and a change, with the culprit', () => {
    const bad = of({ ...listed, state: 'attention', why: 'There is no such record.' })
    expect(changesBetween(new Map(), [bad], at)).toEqual([
      { at, domain: bad.key, from: null, to: 'attention', because: '_dmarc.a.example: There is no such record.' },
    ])
    expect(changesBetween(new Map([[bad.key, { to: 'ready' as const }]]), [bad], at)[0]?.from).toBe('ready')
  })

  it('notes nothing for the same state, nor for not knowing', () => {
    const good = of(listed)
    expect(changesBetween(new Map([[good.key, { to: 'ready' as const }]]), [good], at)).toEqual([])
    expect(changesBetween(new Map(), [domain('a.example', 'unknown')], at)).toEqual([])
  })
})
