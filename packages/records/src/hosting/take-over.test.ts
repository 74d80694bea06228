import { describe, expect, it } from 'vitest'
import { parseDmarc } from '../dmarc/parse.ts'
import { RecordError } from '../record-error.ts'
import { takeOverDmarc, takeOverMtaSts } from './take-over.ts'

const standard = 'v=DMARC1; p=none; rua=mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example'
const parked =
  'v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example'
const live = (text: string, policyDomain = 'example.com') => ({ record: parseDmarc(text), policyDomain })

describe('taking over a DMARC record', () => {
  it('keeps policy, alignment and the own addresses, and adds the default ones', () => {
    const text = 'v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:soc@example.com,mailto:K1.A@reports.example'
    expect(takeOverDmarc(live(text), 'example.com', standard)).toEqual({
      record:
        'v=DMARC1; p=reject; sp=quarantine; adkim=s; rua=mailto:soc@example.com,mailto:K1.A@reports.example,mailto:k1.a@reports.example; ruf=mailto:k1.f@reports.example',
      kept: ['p=reject', 'sp=quarantine', 'adkim=s', 'rua=mailto:soc@example.com', 'rua=mailto:K1.A@reports.example'],
      added: ['rua=mailto:k1.a@reports.example', 'ruf=mailto:k1.f@reports.example'],
      dropped: [],
    })
  })

  it("turns a parent's record into what it says for the domain", () => {
    const text = 'v=DMARC1; p=none; sp=quarantine; np=reject; psd=y; x=y; rua=mailto:soc@example.com'
    expect(takeOverDmarc(live(text), 'news.example.com', standard)).toMatchObject({
      record: expect.stringMatching(/^v=DMARC1; p=quarantine; sp=quarantine; np=reject; rua=mailto:soc@example.com,/),
      dropped: [
        { value: 'psd=y', message: 'It describes example.com only.' },
        { value: 'x=y', message: expect.stringContaining('No standard defines this tag') },
      ],
    })
  })

  it('holds a parked domain to reject, and says what that drops', () => {
    const taken = takeOverDmarc(
      live('v=DMARC1; p=quarantine; t=y; rua=mailto:soc@example.com'),
      'example.com',
      parked,
      {
        parked: true,
      },
    )
    expect(taken.record).toMatch(/^v=DMARC1; p=reject; sp=reject; np=reject; rua=/)
    expect(taken.dropped.map(({ value }) => value)).toEqual(['p=quarantine', 't=y'])
    expect(taken.added).toContain('p=reject')
  })

  it('makes p=none of a record without a policy that asks for reports', () => {
    expect(takeOverDmarc(live('v=DMARC1; rua=mailto:soc@example.com'), 'example.com', standard).record).toMatch(
      /^v=DMARC1; p=none; /,
    )
  })

  it.each([
    ['np that is wrong', 'v=DMARC1; p=reject; np=foo; rua=mailto:a@example.com', 'p=reject', 'p=reject'],
    [
      'np that is wrong, beside sp',
      'v=DMARC1; p=reject; sp=quarantine; np=foo; rua=mailto:a@example.com',
      'p=reject; sp=quarantine',
      'p=quarantine',
    ],
    ['sp that is wrong', 'v=DMARC1; p=reject; sp=foo; rua=mailto:a@example.com', 'p=none', 'p=none'],
    ['p that is wrong', 'v=DMARC1; p=foo; sp=reject; np=reject; rua=mailto:a@example.com', 'p=none', 'p=none'],
  ])('keeps what any receiver applies of a record with %s', (_, text, own, below) => {
    const start = (policy: string) => `v=DMARC1; ${policy}; rua=mailto:a@example.com,`
    const records = ['example.com', 'news.example.com'].map((domain) => takeOverDmarc(live(text), domain, standard))
    for (const [index, policy] of [own, below].entries()) {
      expect(records[index]?.record.slice(0, start(policy).length)).toBe(start(policy))
      expect(records[index]?.dropped[0]?.message).toContain('found `foo`')
    }
  })

  it('fails on a record that cannot be hosted', () => {
    const record = { ...parseDmarc('v=DMARC1; p=reject'), tags: { p: 'reject', rua: ['nobody'] } } as const
    expect(() => takeOverDmarc({ record, policyDomain: 'example.com' }, 'example.com', standard)).toThrow(RecordError)
  })
})

describe('taking over an MTA-STS policy', () => {
  it('keeps mode, hosts and a lifetime of whole days', () => {
    expect(takeOverMtaSts({ mode: 'enforce', mx: ['mx.example.com', '*.example.net'], max_age: 604_800 })).toEqual({
      policy: { mode: 'enforce', mx: 'mx.example.com, *.example.net', mx_age: 7 },
      kept: ['mode: enforce', 'mx: mx.example.com', 'mx: *.example.net', 'max_age: 604800'],
      added: [],
      dropped: [],
    })
  })

  it('rounds other lifetimes up, and says so', () => {
    const taken = takeOverMtaSts({ mode: 'testing', mx: ['mx.example.com'], max_age: 100_000 })
    expect(taken).toMatchObject({ policy: { mx_age: 2 }, added: ['max_age: 172800'] })
    expect(taken.dropped[0]?.value).toBe('max_age: 100000')
    expect(takeOverMtaSts({ mode: 'testing', mx: [], max_age: 31_557_600 }).policy.mx_age).toBe(365)
  })
})
