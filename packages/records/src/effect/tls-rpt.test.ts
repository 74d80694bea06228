import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDmarc } from '../dmarc/parse.ts'
import { reasonText } from '../reasons/catalogue.ts'
import { parseTlsRpt } from '../tls-rpt/record.ts'
import { compareDmarc } from './dmarc.ts'
import { compareTlsRpt, type TlsRptSituation } from './tls-rpt.ts'
import { verdictOf } from './verdict.ts'

const record = (...rua: string[]): TlsRptSituation => parseTlsRpt(`v=TLSRPTv1; rua=${rua.join(',')}`)
const [a, b] = ['mailto:a@x.example', 'https://b.example/tls']

function effect(before: TlsRptSituation, after: TlsRptSituation) {
  const { grade, changes } = compareTlsRpt(before, after)
  return [grade, ...changes.map((change) => reasonText('effect', change.reason, change).explanation)]
}

describe('the effect of a change of TLS-RPT', () => {
  it('is weaker where addresses are lost, stronger where some come, and incomparable where they move', () => {
    expect(effect(record(a, b), record(b))).toEqual([
      'weaker',
      'Reports about encrypted delivery no longer go to a@x.example.',
    ])
    expect(effect(record(a), record(b, a))).toEqual([
      'stronger',
      'Reports about encrypted delivery also go to https://b.example/tls.',
    ])
    expect(effect(record(a), record(b))).toEqual([
      'incomparable',
      'Reports about encrypted delivery go to https://b.example/tls instead of a@x.example.',
    ])
  })

  it('is none where only the spelling or the order differs', () => {
    expect(effect(record(a, b), record('https://B.example/tls', 'MAILTO:%61@X.EXAMPLE'))).toEqual(['same'])
    expect(effect(null, null)).toEqual(['same'])
  })

  it('counts no record, and one that senders ignore, as none', () => {
    for (const nothing of [
      null,
      parseTlsRpt('v=TLSRPTv1; rua=ftp://x.example/'),
      parseTlsRpt(''),
      parseTlsRpt(`v=TLSRPTv1; rua=${a}; =`),
    ]) {
      expect(compareTlsRpt(record(a), nothing)).toMatchObject({ grade: 'weaker', reports: { lost: [a], gained: [] } })
      expect(compareTlsRpt(nothing, record(a))).toMatchObject({ grade: 'stronger', weakens: false })
    }
  })

  it('is shown, and needs no consent', () => {
    const lost = compareTlsRpt(record(a), null)
    expect(lost).toMatchObject({ weakens: true, needsConsent: false })
    expect(verdictOf([{ name: 'example.com', effect: lost }])).toMatchObject({
      grade: 'weaker',
      needsConsent: false,
      words: 'Weakens protection at example.com.',
      details: ['example.com: Reports about encrypted delivery no longer go to a@x.example.'],
    })
  })

  it('is antisymmetric, and transitive where it compares', () => {
    const opposite = { stronger: 'weaker', weaker: 'stronger', same: 'same', incomparable: 'incomparable' } as const
    const situations = fc.subarray([a, b, 'mailto:c@x.example']).map((rua) => (rua.length > 0 ? record(...rua) : null))
    fc.assert(
      fc.property(situations, situations, situations, (one, two, three) => {
        const first = compareTlsRpt(one, two).grade
        expect(compareTlsRpt(two, one).grade).toBe(opposite[first])
        const steps = [first, compareTlsRpt(two, three).grade]
        const whole = compareTlsRpt(one, three).grade
        if (steps.every((grade) => grade === 'same')) expect(whole).toBe('same')
        else if (steps.every((grade) => grade === 'same' || grade === 'stronger')) expect(whole).toBe('stronger')
        else if (steps.every((grade) => grade === 'same' || grade === 'weaker')) expect(whole).toBe('weaker')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the comparison of address lists', () => {
  // Anyone can publish such records. Compared pair by pair, each pair read anew, they took minutes.
  it('takes thousands of addresses on both sides', { timeout: 20_000 }, () => {
    const list = (begin: string) => Array.from({ length: 4000 }, (_, index) => `x:${begin}${index}`)
    const many = (begin: string) => ({ own: parseDmarc(`v=DMARC1; p=none; rua=${list(begin).join(',')}`) })
    expect(compareDmarc(many('a'), many('b')).reports.lost).toHaveLength(4000)
  })
})
