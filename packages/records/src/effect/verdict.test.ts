import { describe, expect, it } from 'vitest'
import { parseDmarc } from '../dmarc/parse.ts'
import { parseMtaStsPolicy } from '../mta-sts/policy.ts'
import { compareDmarc } from './dmarc.ts'
import { compareMtaSts } from './mta-sts.ts'
import { verdictOf } from './verdict.ts'

const dmarc = (before: string, after: string) =>
  compareDmarc({ own: parseDmarc(`v=DMARC1; ${before}`) }, { own: parseDmarc(`v=DMARC1; ${after}`) })
const policy = (mode: string, host = 'mx.example.com') =>
  parseMtaStsPolicy(`version: STSv1\nmode: ${mode}\nmx: ${host}\nmax_age: 604800\n`)

const stronger = { name: 'up.example', effect: dmarc('p=none', 'p=reject') }
const weaker = { name: 'down.example', effect: dmarc('p=reject', 'p=none') }
const same = { name: 'same.example', effect: dmarc('p=reject', 'p=reject') }
const moved = {
  name: 'moved.example',
  effect: dmarc('p=none; rua=mailto:a@x.example', 'p=reject; rua=mailto:b@x.example'),
}
const unread = { name: 'unread.example', effect: null }

describe('the need for consent', () => {
  it('exists for every DMARC change that weakens: policies, alignment and report addresses', () => {
    for (const [before, after] of [
      ['p=reject', 'p=quarantine'],
      ['p=reject', 'p=reject; sp=none'],
      ['p=reject', 'p=reject; np=none'],
      ['p=none; adkim=s', 'p=none'],
      ['p=none; rua=mailto:a@x.example', 'p=reject'],
      ['p=none; ruf=mailto:a@x.example', 'p=none'],
    ] as const) {
      expect(dmarc(before, after), `${before} -> ${after}`).toMatchObject({ weakens: true, needsConsent: true })
    }
    expect(dmarc('p=none', 'p=reject; rua=mailto:a@x.example').needsConsent).toBe(false)
    expect(same.effect.needsConsent).toBe(false)
  })

  it('exists for MTA-STS where the mode becomes weaker, and not for other hosts or a shorter lifetime', () => {
    for (const after of [policy('testing'), policy('none'), null]) {
      expect(compareMtaSts(policy('enforce'), after)).toMatchObject({ weakens: true, needsConsent: true })
    }
    expect(compareMtaSts(policy('testing'), null).needsConsent).toBe(true)
    expect(compareMtaSts(policy('none'), null).needsConsent).toBe(false)
    expect(compareMtaSts(policy('enforce'), policy('enforce', '*.example.net'))).toMatchObject({
      weakens: true,
      needsConsent: false,
    })
  })
})

describe('the verdict over many names', () => {
  it.each([
    [[], 'same', false, 'Protection stays the same.'],
    [[same], 'same', false, 'Protection stays the same.'],
    [[stronger, same], 'stronger', false, 'Strengthens protection at up.example.'],
    [[weaker, same], 'weaker', true, 'Weakens protection at down.example.'],
    [
      [stronger, weaker],
      'incomparable',
      true,
      'Weakens protection at down.example. Strengthens protection at up.example.',
    ],
    [[moved], 'incomparable', true, 'Weakens protection at moved.example.'],
    [
      [unread],
      'same',
      false,
      'The effect at unread.example is unknown: what is live, or what will be, could not be read.',
    ],
  ] as const)('of case %# has its grade, need for consent and words', (effects, grade, needsConsent, words) => {
    expect(verdictOf(effects)).toMatchObject({ grade, needsConsent, words })
  })

  it('names each name once and counts those after the third', () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, effect: weaker.effect }))
    expect(verdictOf([...names, ...names]).words).toBe('Weakens protection at a, b, c and 2 more.')
    expect(verdictOf(names.slice(0, 4)).words).toBe('Weakens protection at a, b, c and d.')
  })

  it('lists what weakens with before and after, and the unknown names', () => {
    const mode = { name: 'down.example', effect: compareMtaSts(policy('enforce'), policy('testing')) }
    const { details, unknown } = verdictOf([weaker, mode, stronger, unread])
    expect(details).toEqual([
      'down.example: The policy for the domain goes from reject to none.',
      'down.example: The policy for subdomains goes from reject to none.',
      'down.example: The policy for subdomains that do not exist goes from reject to none.',
      'down.example: The MTA-STS mode goes from enforce to testing.',
    ])
    expect(unknown).toEqual(['unread.example'])
  })
})
