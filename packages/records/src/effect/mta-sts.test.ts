import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMtaStsPolicy } from '../mta-sts/policy.ts'
import { compareMtaSts, type MtaStsSituation } from './mta-sts.ts'

const policy = (mode: string, mx: readonly string[] = ['mx.example.com'], maxAge = 604_800): MtaStsSituation =>
  parseMtaStsPolicy(
    ['version: STSv1', `mode: ${mode}`, ...mx.map((host) => `mx: ${host}`), `max_age: ${maxAge}`, ''].join('\r\n'),
  )

function effect(before: MtaStsSituation, after: MtaStsSituation) {
  const { grade, changes } = compareMtaSts(before, after)
  return [grade, ...changes.map((change) => `${change.reason}: ${change.before} -> ${change.after}`)]
}

describe('the effect of a change of MTA-STS', () => {
  it('is weaker from enforce to testing, to none, and to nothing', () => {
    expect(effect(policy('enforce'), policy('testing'))).toEqual(['weaker', 'mode-weaker: enforce -> testing'])
    for (const nothing of [policy('none'), null, parseMtaStsPolicy('not a policy')]) {
      expect(effect(policy('enforce'), nothing)).toEqual([
        'weaker',
        'mode-weaker: enforce -> none',
        'mx-added: no host -> every host',
        'max-age-shorter: 7 days -> 0 days',
      ])
      expect(effect(nothing, policy('testing'))[0]).toBe('stronger')
    }
  })

  it('names hosts that are added, removed and replaced, with wildcards understood', () => {
    const hosts = (...mx: string[]) => policy('enforce', mx)
    expect(effect(hosts('a.example.com'), hosts('a.example.com', 'b.example.com'))).toEqual([
      'weaker',
      'mx-added: no host -> b.example.com',
    ])
    expect(effect(hosts('*.example.com'), hosts('a.example.com'))).toEqual([
      'stronger',
      'mx-removed: *.example.com -> no host',
    ])
    expect(effect(hosts('*.example.com'), hosts('*.example.com', 'a.example.com'))).toEqual(['same'])
    expect(effect(hosts('a.example.com'), hosts('b.example.com'))).toEqual([
      'incomparable',
      'mx-replaced: a.example.com -> b.example.com',
    ])
  })

  it('counts a shorter lifetime as weaker', () => {
    expect(effect(policy('enforce', undefined, 604_800), policy('enforce', undefined, 86_400))).toEqual([
      'weaker',
      'max-age-shorter: 7 days -> 1 day',
    ])
    expect(compareMtaSts(policy('testing', undefined, 90_000), policy('testing', undefined, 100_000)).weakens).toBe(
      false,
    )
  })
})

describe('the comparison of MTA-STS', () => {
  const hosts = fc.subarray(['a.example.com', 'b.example.com', '*.example.com', '*.example.net'], { minLength: 1 })
  const situations = fc.oneof(
    fc.constant(null),
    fc
      .record({ mode: fc.constantFrom('none', 'testing', 'enforce'), mx: hosts, age: fc.constantFrom(86_400, 604_800) })
      .map(({ mode, mx, age }) => policy(mode, mx, age)),
  )
  const opposite = { stronger: 'weaker', weaker: 'stronger', same: 'same', incomparable: 'incomparable' } as const

  it('is antisymmetric, and transitive where it compares', () => {
    fc.assert(
      fc.property(situations, situations, situations, (a, b, c) => {
        const first = compareMtaSts(a, b).grade
        expect(compareMtaSts(b, a).grade).toBe(opposite[first])
        const steps = [first, compareMtaSts(b, c).grade]
        const whole = compareMtaSts(a, c).grade
        if (steps.every((grade) => grade === 'same')) expect(whole).toBe('same')
        else if (!steps.includes('incomparable') && !steps.includes('weaker')) expect(whole).toBe('stronger')
        else if (!steps.includes('incomparable') && !steps.includes('stronger')) expect(whole).toBe('weaker')
      }),
      { numRuns: 2000 },
    )
  })
})
