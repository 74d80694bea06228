import { describe, expect, it } from 'vitest'
import { type Raw, type RawObject, rawObject, UnknownValue } from '../encoding/raw.ts'
import { applyModifiers, markUnknown, replacements, withDefaults } from '../server/plan-values.ts'
import { fieldsFromAuthor } from './from-author.ts'
import { keyedPartners } from './keyed-partners.ts'
import { keepStoredSpelling, spellAsConfigured } from './plan-spelling.ts'
import { fieldSpecs, s } from './s.ts'
import type { FieldSpecs } from './spec.ts'
import type { Fields } from './views.ts'

const raw = (value: unknown): Raw =>
  Array.isArray(value)
    ? value.map(raw)
    : typeof value === 'object' && value !== null
      ? rawObject(Object.entries(value).map(([name, member]) => [name, raw(member)]))
      : (value as Raw)

/** Rules on a text in which case does not count, and how often they were asked. */
function counted() {
  const asked = { times: 0 }
  const text = s.string().sameAs((left, right) => {
    asked.times += 1
    return left.toLowerCase() === right.toLowerCase()
  })
  return { asked, text }
}

/** The steps of a plan. */
function planOf(fields: FieldSpecs, prior: RawObject, config: RawObject, otherChange: boolean) {
  const written = withDefaults(fields, { config, prior: null, plan: config })
  let plan = keepStoredSpelling(fields, { config: written, prior, plan: written })
  if (otherChange) plan = applyModifiers(fields, { config, prior, plan: markUnknown(fields, { config, prior, plan }) })
  return spellAsConfigured(fields, { config: written, prior, plan })
}

const peer = {
  name: s.domainName().required(),
  id: s.string().computed().useStateForUnknown(),
  mode: s.string().default('d'),
}
const ofStored = (...elements: [name: string, id: string][]) =>
  raw({ peers: elements.map(([name, id]) => ({ name, id, mode: 'd' })) }) as RawObject
const ofUser = (...names: string[]) =>
  raw({ peers: names.map((name) => ({ name, id: null, mode: null })) }) as RawObject
const stored = ofStored(['A.example', 'id-a'], ['B.example', 'id-b'])

describe.each([
  ['a set of objects', { peers: s.set(s.object(peer)).optional() }],
  ['an unordered list of objects', { peers: s.list(s.object(peer)).elementKey('name').unordered().optional() }],
] satisfies [string, Fields][])('%s with computed attributes', (_, schema) => {
  const fields = fieldSpecs(schema)

  it('is unchanged in another order and spelling', () => {
    expect(planOf(fields, stored, ofUser('b.example', 'a.EXAMPLE'), false)).toEqual(stored)
  })

  it('keeps what is stored of each element beside a real change', () => {
    const plan = planOf(fields, stored, ofUser('c.example', 'b.example', 'a.EXAMPLE'), true)
    const peers = plan.peers as unknown as { name: string; id: unknown }[]
    expect(new Map(peers.map(({ name, id }) => [name, typeof id === 'string' ? id : 'unknown']))).toEqual(
      new Map([
        ['c.example', 'unknown'],
        ['b.example', 'id-b'],
        ['a.EXAMPLE', 'id-a'],
      ]),
    )
  })

  it('completes what an author returns from the element that is meant, and keeps its spelling', () => {
    const returned = { peers: [{ name: 'b.example' }, { name: 'a.example', id: 'id-new' }] }
    const { peers } = fieldsFromAuthor(fields, returned, stored, { known: true })
    expect(peers).toEqual([
      { name: 'A.example', id: 'id-new', mode: 'd' },
      { name: 'B.example', id: 'id-b', mode: 'd' },
    ])
  })
})

it('asks no rule of an author about a list in which something is not known yet', () => {
  const fields = fieldSpecs({
    hosts: s
      .list(s.string())
      .optional()
      .sameAs((left, right) => left.map((one) => one.trim()).join() === right.map((one) => one.trim()).join()),
  })
  const prior = raw({ hosts: ['a', 'b'] }) as RawObject
  const config = rawObject([['hosts', ['a', UnknownValue.plain]]])
  expect(planOf(fields, prior, config, true)).toEqual(config)
})

it('a set of blocks is planned as it is configured, which is all that Terraform accepts', () => {
  const fields = fieldSpecs({ peers: s.blockSet(peer) })
  const plan = planOf(fields, stored, ofUser('b.example', 'A.example'), true)
  expect(plan.peers).toMatchObject([
    { name: 'b.example', id: 'id-b' },
    { name: 'A.example', id: 'id-a' },
  ])
})

it('an element that stays replaces nothing when its computed values become unknown', () => {
  const fields = fieldSpecs({
    peers: s.set(s.object({ name: s.string().required().requiresReplace(), status: s.string().computed() })).optional(),
  })
  const prior = raw({ peers: [{ name: 'a', status: 'up' }] }) as RawObject
  const plan = (...names: string[]) => {
    const config = raw({ peers: names.map((name) => ({ name, status: null })) }) as RawObject
    return replacements(fields, { config, prior, plan: markUnknown(fields, { config, prior, plan: config }) })
  }
  expect(plan('a')).toEqual([])
  expect(plan('a', 'b')).toEqual([['peers']])
  expect(plan()).toEqual([['peers']])
})

describe('large sets', () => {
  const SIZE = 3_000
  const numbers = Array.from({ length: SIZE }, (_, index) => index)

  it('ask no rule about elements that are equal, and one for each that is spelled differently', () => {
    const { asked, text } = counted()
    const fields = fieldSpecs({ names: s.set(text).optional() })
    const names = (spelled: (index: number) => string) => raw({ names: numbers.map(spelled) }) as RawObject
    const prior = names((index) => `n${index}`)
    expect(
      planOf(
        fields,
        prior,
        names((index) => `n${SIZE - 1 - index}`),
        false,
      ),
    ).toEqual(prior)
    expect(asked.times).toBe(0)
    planOf(
      fields,
      prior,
      names((index) => `N${index}`),
      false,
    )
    expect(asked.times).toBeLessThanOrEqual(2 * SIZE)
  })

  it('compare objects only with those of which the rest is the same', () => {
    const { asked, text } = counted()
    const fields = fieldSpecs({
      peers: s
        .set(s.object({ key: s.integer().required(), name: text.required(), id: s.string().computed() }))
        .optional(),
    })
    const peers = (name: string, id: string | null, order: readonly number[]) =>
      raw({ peers: order.map((key) => ({ key, name: `${name}${key % 7}`, id })) }) as RawObject
    const prior = peers('n', 'id', numbers)
    expect(planOf(fields, prior, peers('N', null, numbers.toReversed()), false)).toEqual(prior)
    expect(asked.times).toBeLessThanOrEqual(10 * SIZE)
  })

  it('find the partner of each key of a domain name in another spelling', () => {
    const hosts = fieldSpecs({ host: s.domainName().required() })
    const elements = (spelled: (index: number) => string) => numbers.map((index) => raw({ host: spelled(index) }))
    const partners = keyedPartners(
      hosts,
      'host',
      elements((index) => `H${index}.example`),
      elements((index) => `h${index}.example`),
    )
    expect(partners[SIZE - 1]).toEqual({ host: `h${SIZE - 1}.example` })
  })
})
