import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDmarc } from '../dmarc/parse.ts'
import { reasonText } from '../reasons/catalogue.ts'
import { compareDmarc, type DmarcSituation } from './dmarc.ts'

const own = (text: string): DmarcSituation => ({ own: parseDmarc(text) })
const below = (text: string): DmarcSituation => ({ own: null, inherited: parseDmarc(text) })
const none: DmarcSituation = { own: null }

/** The grade, and the reason of each aspect that changes with before and after. */
function effect(before: DmarcSituation, after: DmarcSituation) {
  const { grade, changes } = compareDmarc(before, after)
  return [grade, ...changes.map((change) => `${change.reason}: ${change.before} -> ${change.after}`)]
}

describe('the effect of a change of DMARC', () => {
  it('is weaker where a hosted default replaces a stricter record and its addresses', () => {
    const before = own('v=DMARC1; p=reject; sp=reject; rua=mailto:soc@example.com')
    const after = own('v=DMARC1; p=none; rua=mailto:k1.a@reports.example')
    expect(effect(before, after)).toEqual([
      'incomparable',
      'policy-weaker: reject -> none',
      'subdomain-policy-weaker: reject -> none',
      'nonexistent-policy-weaker: reject -> none',
      'reports-moved: soc@example.com -> k1.a@reports.example',
    ])
    expect(compareDmarc(before, after)).toMatchObject({
      weakens: true,
      reports: { lost: ['mailto:soc@example.com'], gained: ['mailto:k1.a@reports.example'] },
    })
  })

  it('is stronger where the policy is kept and addresses come', () => {
    const before = own('v=DMARC1; p=quarantine; rua=mailto:a@example.com')
    const after = own('v=DMARC1; p=quarantine; rua=mailto:A@EXAMPLE.com,mailto:a@example.com,mailto:b@example.net')
    expect(compareDmarc(before, after)).toMatchObject({
      grade: 'stronger',
      weakens: false,
      changes: [{ reason: 'reports-gained' }],
    })
  })

  it('is none where only the spelling differs', () => {
    expect(effect(own('v=DMARC1;p=reject'), own('v=DMARC1; p=REJECT; sp=reject; adkim=r; pct=100'))).toEqual(['same'])
    expect(effect(none, none)).toEqual(['same'])
  })

  it('counts no record, several records and a record that receivers ignore as none', () => {
    const reject = own('v=DMARC1; p=reject')
    for (const nothing of [none, own('v=DMARC1; sp=typo'), own('v=DMARC1; p=reject; p=none')]) {
      expect(effect(reject, nothing)[0]).toBe('weaker')
      expect(effect(nothing, reject)[0]).toBe('stronger')
    }
  })

  it('shows other occasions of failure reports, and needs no reason for them', () => {
    const fo = (options: string) => own(`v=DMARC1; p=reject; fo=${options}; ruf=mailto:f@example.com`)
    expect(effect(fo('1:d'), fo('0'))).toEqual(['weaker', 'failure-reports-fewer: fo=1:d -> fo=0'])
    expect(effect(fo('0'), fo('1'))).toEqual(['stronger', 'failure-reports-more: fo=0 -> fo=1'])
    expect(effect(fo('d'), fo('s'))).toEqual(['incomparable', 'failure-reports-otherwise: fo=d -> fo=s'])
    expect(effect(fo('1:s'), fo('s:1'))).toEqual(['same'])
    expect(compareDmarc(fo('1'), fo('0'))).toMatchObject({ weakens: true, needsConsent: false })
    // What protects more stays stronger, whatever becomes of them.
    const stronger = compareDmarc(own('v=DMARC1; p=none; fo=1; ruf=mailto:f@example.com'), fo('0'))
    expect(stronger).toMatchObject({ grade: 'stronger', weakens: false, needsConsent: false })
    expect(stronger.changes.map(({ reason }) => reason)).toContain('failure-reports-fewer')
    expect(
      effect(
        own('v=DMARC1; p=reject; fo=1; rua=mailto:a@example.com'),
        own('v=DMARC1; p=reject; rua=mailto:a@example.com'),
      ),
    ).toEqual(['same'])
  })

  it('counts a wider organisational domain as looser alignment, that of a parent only for the parent', () => {
    const psd = (value: string) => own(`v=DMARC1; p=reject; psd=${value}`)
    expect(effect(psd('n'), own('v=DMARC1; p=reject'))).toEqual([
      'weaker',
      'alignment-loosened: adkim=r, aspf=r, psd=n -> adkim=r, aspf=r, psd=u',
    ])
    expect(effect(psd('u'), psd('n'))[0]).toBe('stronger')
    expect(effect(psd('y'), psd('n'))[0]).toBe('weaker')
    expect(effect(below('v=DMARC1; p=reject; psd=n'), own('v=DMARC1; p=reject'))).toEqual(['same'])
    expect(compareDmarc(psd('n'), psd('u')).needsConsent).toBe(true)
  })

  it('counts what older receivers obey of a record that RFC 9989 voids', () => {
    const voided = own('v=DMARC1; p=reject; np=foo')
    expect(effect(voided, none)).toEqual([
      'weaker',
      'policy-weaker: none (reject at receivers that follow RFC 7489) -> none at every receiver',
      'subdomain-policy-weaker: none (reject at receivers that follow RFC 7489) -> none at every receiver',
      'nonexistent-policy-weaker: none (reject at receivers that follow RFC 7489) -> none at every receiver',
    ])
    expect(effect(voided, own('v=DMARC1; p=reject'))[0]).toBe('stronger')
  })

  it('follows the parent where the domain has no record of its own', () => {
    const parent = 'v=DMARC1; p=none; sp=reject; np=quarantine; rua=mailto:a@example.com'
    expect(compareDmarc(none, below(parent)).after).toMatchObject({
      domain: { applied: 'reject' },
      subdomains: { applied: 'reject' },
      nonExistent: { applied: 'quarantine' },
      rua: ['mailto:a@example.com'],
    })
    expect(effect(below(parent), own('v=DMARC1; p=none; rua=mailto:a@example.com'))).toEqual([
      'weaker',
      'policy-weaker: reject -> none',
      'subdomain-policy-weaker: reject -> none',
      'nonexistent-policy-weaker: quarantine (reject at receivers that follow RFC 7489) -> none',
    ])
  })

  it('tells subdomains and names that do not exist apart', () => {
    expect(effect(own('v=DMARC1; p=reject'), own('v=DMARC1; p=reject; sp=none'))).toEqual([
      'weaker',
      'subdomain-policy-weaker: reject -> none',
      'nonexistent-policy-weaker: reject -> none',
    ])
    expect(effect(own('v=DMARC1; p=none'), own('v=DMARC1; p=none; np=reject'))).toEqual([
      'stronger',
      'nonexistent-policy-stronger: none -> reject (none at receivers that follow RFC 7489)',
    ])
  })

  it('knows test mode and the percentage of old records', () => {
    expect(effect(own('v=DMARC1; p=reject'), own('v=DMARC1; p=reject; t=y'))[0]).toBe('weaker')
    expect(effect(own('v=DMARC1; p=reject; pct=20'), own('v=DMARC1; p=reject'))).toEqual([
      'stronger',
      'policy-stronger: reject (reject for 20 % of the mail at receivers that follow RFC 7489) -> reject at every receiver',
      'subdomain-policy-stronger: reject (reject for 20 % of the mail at receivers that follow RFC 7489) -> reject at every receiver',
      'nonexistent-policy-stronger: reject (reject for 20 % of the mail at receivers that follow RFC 7489) -> reject at every receiver',
    ])
    expect(effect(own('v=DMARC1; p=quarantine'), own('v=DMARC1; p=reject; t=y; pct=0'))).toEqual(['same'])
  })

  it('is incomparable where one aspect gains what another loses', () => {
    expect(effect(own('v=DMARC1; p=none; adkim=s'), own('v=DMARC1; p=reject; adkim=r'))[0]).toBe('incomparable')
    expect(effect(own('v=DMARC1; p=none; adkim=s'), own('v=DMARC1; p=none; aspf=s'))).toEqual([
      'incomparable',
      'alignment-mixed: adkim=s, aspf=r -> adkim=r, aspf=s',
    ])
  })

  it('has words from the catalogue', () => {
    const [change] = compareDmarc(own('v=DMARC1; p=reject'), none).changes
    if (!change) return expect.unreachable('no change')
    expect(reasonText('effect', change.reason, change).explanation).toBe(
      'The policy for the domain goes from reject to none.',
    )
  })
})

const policy = fc.constantFrom('none', 'quarantine', 'reject')
const records = fc
  .record(
    {
      p: policy,
      sp: policy,
      np: policy,
      adkim: fc.constantFrom('r', 's'),
      aspf: fc.constantFrom('r', 's'),
      t: fc.constantFrom('y', 'n'),
      pct: fc.constantFrom('0', '50', '100'),
      rua: fc.constantFrom('mailto:a@x.example', 'mailto:b@x.example', 'mailto:a@x.example,mailto:b@x.example'),
    },
    { requiredKeys: [] },
  )
  .map((tags) =>
    parseDmarc(['v=DMARC1', ...Object.entries(tags).map(([name, value]) => `${name}=${value}`)].join('; ')),
  )
const situations: fc.Arbitrary<DmarcSituation> = fc.oneof(
  records.map((record) => ({ own: record })),
  records.map((record) => ({ own: null, inherited: record })),
  fc.constant(none),
)

describe('the comparison of DMARC', () => {
  const opposite = { stronger: 'weaker', weaker: 'stronger', same: 'same', incomparable: 'incomparable' } as const

  it('is antisymmetric', () => {
    fc.assert(
      fc.property(situations, situations, (a, b) => {
        expect(compareDmarc(b, a).grade).toBe(opposite[compareDmarc(a, b).grade])
      }),
      { numRuns: 1000 },
    )
  })

  it('is transitive where it compares', () => {
    fc.assert(
      fc.property(situations, situations, situations, (a, b, c) => {
        const steps = [compareDmarc(a, b).grade, compareDmarc(b, c).grade]
        const whole = compareDmarc(a, c).grade
        if (steps.every((grade) => grade === 'same')) expect(whole).toBe('same')
        else if (steps.every((grade) => grade === 'same' || grade === 'stronger')) expect(whole).toBe('stronger')
        else if (steps.every((grade) => grade === 'same' || grade === 'weaker')) expect(whole).toBe('weaker')
      }),
      { numRuns: 5000 },
    )
  })

  it('names a change exactly where the grade is not the same, and weakens exactly where something gets worse', () => {
    fc.assert(
      fc.property(situations, situations, (a, b) => {
        const { grade, weakens, changes } = compareDmarc(a, b)
        expect(changes.length > 0).toBe(grade !== 'same')
        expect(weakens).toBe(grade === 'weaker' || grade === 'incomparable')
      }),
      { numRuns: 1000 },
    )
  })
})
