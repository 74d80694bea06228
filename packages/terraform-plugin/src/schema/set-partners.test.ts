import { expect, it } from 'vitest'
import { type Raw, rawObject, UnknownValue } from '../encoding/raw.ts'
import { completed } from './completed.ts'
import { fieldSpecs, s } from './s.ts'
import { setPartners } from './set-partners.ts'

const fields = fieldSpecs({
  host: s.string().required(),
  key: s.string().optional().computed(),
  inside: s.object({ text: s.string().required(), mode: s.string().default('d') }).optional(),
  lines: s.list(s.object({ text: s.string().required(), made: s.string().computed() })).optional(),
  ports: s.map(s.set(s.integer())).optional(),
})

const raw = (value: unknown): Raw =>
  Array.isArray(value)
    ? value.map(raw)
    : typeof value === 'object' && value !== null && !(value instanceof UnknownValue)
      ? rawObject(Object.entries(value).map(([name, member]) => [name, raw(member)]))
      : (value as Raw)
const element = (members: object) =>
  raw({ host: 'h', key: null, inside: null, lines: null, ports: null, ...members }) as ReturnType<typeof rawObject>

it('tells elements apart by what the user wrote deep inside', () => {
  const configs = [
    element({ inside: { text: 'a', mode: 'own' } }),
    element({ inside: { text: 'b', mode: null } }),
    element({ lines: [{ text: 'a', made: null }] }),
    element({ lines: [{ text: 'b', made: null }] }),
    element({ ports: { x: [1] } }),
    element({ ports: { x: [2] } }),
  ]
  const priors = [
    element({ inside: { text: 'b', mode: 'd' }, key: 'b' }),
    element({ lines: [{ text: 'b', made: 'm' }], key: 'lb' }),
    element({ ports: { x: [2] }, key: 'p2' }),
  ]
  const partner = (...elements: Raw[]) => setPartners(fields, configs, priors, elements, false)
  expect(partner(...configs).map(({ config }) => config)).toEqual([...configs.keys()])
  expect(partner(element({ inside: { text: 'b', mode: 'd' } }))).toEqual([{ config: 1, prior: priors[0] }])
  expect(partner(...configs).map(({ prior }) => prior)).toEqual([null, priors[0], null, priors[1], null, priors[2]])
  expect(partner(element({ host: 'other' }))[0]?.config).toBe(undefined)
})

it('prefers the element of which the user wrote most, and gives each stored one away once', () => {
  const [open, own] = [element({}), element({ key: 'own' })]
  const priors = [element({ key: 'own' }), element({ key: 'made' })]
  expect(setPartners(fields, [open, own], priors, [element({ key: 'own' }), element({})], false)).toEqual([
    { config: 1, prior: priors[0] },
    { config: 0, prior: priors[1] },
  ])
})

it('tells an element that leaves a default out from one that sets another value', () => {
  const moded = fieldSpecs({ mode: s.string().default('d'), id: s.string().computed() })
  const stored = [raw({ mode: 'own', id: '1' }), raw({ mode: 'd', id: '2' })]
  const written = [raw({ mode: null, id: null }), raw({ mode: 'own', id: null })].map((one) => completed(moded, one))
  expect(setPartners(moded, written, stored, written, true).map(({ prior }) => prior)).toEqual([stored[1], stored[0]])
  // Not where the default has not been stored yet, as after an import.
  const imported = raw({ mode: null, id: '1' })
  expect(setPartners(moded, written.slice(0, 1), [imported], written.slice(0, 1), true)[0]?.prior).toBe(imported)
})

it('gives as many elements a stored one as can have one', () => {
  const two = fieldSpecs({ p: s.string().optional().computed(), q: s.string().optional().computed() })
  const written = [raw({ p: '1', q: null }), raw({ p: null, q: '2' })]
  const stored = [raw({ p: '1', q: '2' }), raw({ p: '1', q: '3' })]
  expect(setPartners(two, written, stored, written, true).map(({ prior }) => prior)).toEqual([stored[1], stored[0]])
})

it('gives an element another one that fits as well, where it has the only one that means the same to a later one', () => {
  const hosted = fieldSpecs({ host: s.domainName().required(), key: s.string().optional().computed() })
  const written = [raw({ host: 'a.test', key: null }), raw({ host: 'A.test', key: 'own' })]
  const stored = [raw({ host: 'a.test', key: 'own' }), raw({ host: 'a.test', key: 'made' })]
  expect(setPartners(hosted, written, stored, written, true).map(({ prior }) => prior)).toEqual([stored[1], stored[0]])
})

it('gives no element what may be that of another one that is not known yet', () => {
  const two = fieldSpecs({ p: s.string().optional().computed(), q: s.string().optional().computed() })
  const unknown = UnknownValue.plain
  const stored = [raw({ p: 'b', q: 'c' }), raw({ p: 'x', q: 'y' })]
  const rivals = [raw({ p: null, q: null }), raw({ p: unknown, q: 'c' })]
  expect(setPartners(two, rivals, stored, rivals, true).map(({ prior }) => prior)).toEqual([null, null])

  // One that would be the same where it is stored as the same is no rival.
  const named = fieldSpecs({ p: s.string().required(), q: s.string().computed() })
  const others = [raw({ p: 'b', q: null }), raw({ p: unknown, q: null })]
  expect(setPartners(named, others, stored, others, true).map(({ prior }) => prior)).toEqual([stored[0], null])
})
