import { expect, it } from 'vitest'
import { type Raw, rawObject } from '../encoding/raw.ts'
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
    : typeof value === 'object' && value !== null
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
  const partner = setPartners(fields, configs, priors)
  for (const config of configs) expect(partner(config).config).toBe(config)
  expect(partner(element({ inside: { text: 'b', mode: 'd' } }))).toEqual({ config: configs[1], prior: priors[0] })
  expect(partner(configs[3] as Raw).prior).toBe(priors[1])
  expect(partner(configs[5] as Raw).prior).toBe(priors[2])
  expect(partner(configs[0] as Raw).prior).toBe(null)
  expect(partner(element({ host: 'other' })).config).toBe(undefined)
})

it('prefers the element of which the user wrote most, and gives each stored one away once', () => {
  const [open, own] = [element({}), element({ key: 'own' })]
  const priors = [element({ key: 'own' }), element({ key: 'made' })]
  const partner = setPartners(fields, [open, own], priors)
  expect(partner(element({ key: 'own' }))).toEqual({ config: own, prior: priors[0] })
  expect(partner(element({}))).toEqual({ config: open, prior: priors[1] })
})
