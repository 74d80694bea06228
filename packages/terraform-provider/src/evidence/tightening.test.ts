import { describe, expect, it } from 'vitest'
import { type PolicyChange, tightenedTo } from './tightening.ts'

const unknown = (policy: PolicyChange['policy']) =>
  ({
    policy,
    domain: 'example.com',
    before: { source: 'unknown' },
    after: { source: 'unknown' },
    grade: 'unknown',
    needsConsent: false,
    messages: [],
    comparison: null,
  }) satisfies PolicyChange['effect']

const dmarc = (published: string | null, expected: string | null) =>
  tightenedTo({ policy: 'dmarc', published, expected, effect: unknown('dmarc') })
const file = (mode: string) => `version: STSv1\r\nmode: ${mode}\r\nmx: mx.example.com\r\nmax_age: 604800\r\n`
const mtaSts = (published: string | null, expected: string | null) =>
  tightenedTo({ policy: 'mta-sts', published, expected, effect: unknown('mta-sts') })

describe('the level that a change tightens a policy to, where what is live cannot be read', () => {
  it.each([
    ['v=DMARC1; p=none', 'v=DMARC1; p=quarantine', 'quarantine'],
    ['v=DMARC1; p=quarantine', 'v=DMARC1; p=reject', 'reject'],
    [null, 'v=DMARC1; p=reject', 'reject'],
    ['v=DMARC1; p=quarantine; sp=none', 'v=DMARC1; p=quarantine', 'quarantine'],
    ['v=DMARC1; p=quarantine; t=y', 'v=DMARC1; p=quarantine', 'quarantine'],
    ['v=DMARC1; p=quarantine', 'v=DMARC1; p=reject; t=y', undefined],
    ['v=DMARC1; p=none', 'v=DMARC1; p=none; np=reject', undefined],
    ['v=DMARC1; p=none', 'v=DMARC1; p=none; adkim=s', undefined],
    ['v=DMARC1; p=reject', 'v=DMARC1; p=none', undefined],
    ['v=DMARC1; p=reject; sp=none', 'v=DMARC1; p=none; sp=reject', 'reject'],
    ['v=DMARC1; p=reject', null, undefined],
  ])('is for DMARC from %s to %s: %s', (published, expected, target) => {
    expect(dmarc(published, expected)).toBe(target)
  })

  it.each([
    [null, file('enforce'), 'mta_sts_enforce'],
    [file('testing'), file('enforce'), 'mta_sts_enforce'],
    [file('enforce'), file('enforce').replace('mx.', 'mx2.'), undefined],
    [file('none'), file('testing'), undefined],
    [file('enforce'), null, undefined],
  ])('is for MTA-STS from %j to %j: %s', (published, expected, target) => {
    expect(mtaSts(published, expected)).toBe(target)
  })

  it('is none where no policy holds before and after', () => {
    const change = { policy: 'dmarc', published: null, expected: 'v=DMARC1; p=reject' } as const
    expect(tightenedTo({ ...change, effect: undefined })).toBeUndefined()
  })
})
