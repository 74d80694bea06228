import { describe, expect, it } from 'vitest'
import { Protocol, unknown } from '../../test/support/protocol.ts'
import { parseNumber } from '../encoding/number.ts'
import { isUnknown, UnknownValue } from '../encoding/raw.ts'
import { Unknown } from '../encoding/unknown.ts'
import { defineWith } from '../provider/define.ts'
import type { ResourceDefinition } from '../provider/resource.ts'
import { s } from '../schema/s.ts'

const define = defineWith()

const schema = {
  id: s.string().computed().useStateForUnknown(),
  name: s.string().required(),
  size: s.integer().default(2),
  region: s.string().optional().computed(),
  status: s.string().computed(),
  note: s.string().computed().nullable(),
  secret: s.string().optional().writeOnly(),
  tier: s
    .string()
    .optional()
    .requiresReplaceIf(({ plan, state }) => state === 'gold' && plan !== 'gold'),
  code: s
    .string()
    .computed()
    .modifyPlan(({ creating }) => (creating ? { plan: 'fixed' } : undefined)),
  peers: s
    .set(s.object({ host: s.string().required().requiresReplace(), key: s.string().computed().useStateForUnknown() }))
    .optional(),
  lines: s.list(s.object({ text: s.string().required().requiresReplace() })).optional(),
  by_key: s.map(s.object({ text: s.string().required().requiresReplace() })).optional(),
  nested: s.object({ kept: s.string().default('d'), made: s.string().computed() }).optional(),
}

function toy(more: Partial<ResourceDefinition<undefined, typeof schema, never>> = {}): Protocol {
  const thing = define.resource({
    schema,
    create: () => ({ id: 'i', region: 'r', status: 's', note: null, code: 'fixed' }),
    read: ({ state }) => state,
    update: () => ({ id: 'i', region: 'r', status: 's', note: null, code: 'fixed' }),
    delete() {},
    ...more,
  })
  return new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
}

const stored = { id: 'i', name: 'a', size: 2, region: 'r', status: 's', code: 'fixed' }
const plan = async (
  protocol: Protocol,
  ...args: [
    prior: { [name: string]: unknown } | null,
    config: { [name: string]: unknown },
    proposed?: { [name: string]: unknown },
  ]
) => {
  const answer = await protocol.plan('toy_thing', ...args)
  return { ...answer, planned: protocol.read('toy_thing', answer.planned_state) }
}
const steps = (answer: Awaited<ReturnType<typeof plan>>) =>
  answer.requires_replace?.map(({ steps = [] }) =>
    steps.map((step) => step.attribute_name ?? step.element_key_string ?? step.element_key_int),
  )

describe('a plan to create', () => {
  it('fills in defaults, keeps what the user wrote, and leaves open what only apply can tell', async () => {
    const { planned } = await plan(toy(), null, { name: 'a', nested: { made: null, kept: null } })
    expect(planned).toMatchObject({ name: 'a', size: 2, code: 'fixed', secret: null, nested: { kept: 'd' } })
    expect(planned.status).toEqual(UnknownValue.notNull)
    expect(planned.note).toEqual(UnknownValue.plain)
    expect((planned.nested as { made: unknown }).made).toEqual(UnknownValue.notNull)
  })

  it('never stores a write-only value', async () => {
    const { planned } = await plan(toy(), null, { name: 'a', secret: 'x' })
    expect(planned.secret).toBe(null)
  })

  it('passes on what is not known yet', async () => {
    const { planned, diagnostics } = await plan(toy(), null, { name: unknown, peers: unknown, size: unknown })
    expect([planned.name, planned.peers, planned.size].every(isUnknown)).toBe(true)
    expect(diagnostics).toEqual([])
  })
})

describe('a plan to change', () => {
  it('changes nothing where nothing is to change', async () => {
    const { planned, requires_replace } = await plan(toy(), stored, { name: 'a' }, { ...stored, size: null })
    expect(planned).toMatchObject(stored)
    expect(requires_replace).toEqual([])
  })

  it('opens what is computed, except what never changes', async () => {
    const { planned } = await plan(toy(), stored, { name: 'b' }, { ...stored, name: 'b' })
    expect(planned).toMatchObject({ id: 'i', name: 'b' })
    expect(isUnknown(planned.status)).toBe(true)
    expect(isUnknown(planned.region)).toBe(true)
  })

  it('keeps the computed values of the elements of a set that stay', async () => {
    const { planned } = await plan(
      toy(),
      { ...stored, peers: [{ host: 'h1', key: 'k1' }] },
      {
        name: 'a',
        peers: [
          { host: 'h2', key: null },
          { host: 'h1', key: null },
        ],
      },
      {
        ...stored,
        peers: [
          { host: 'h2', key: null },
          { host: 'h1', key: 'k1' },
        ],
      },
    )
    const peers = planned.peers as { host: string; key: unknown }[]
    expect(peers.find(({ host }) => host === 'h1')?.key).toBe('k1')
    expect(isUnknown(peers.find(({ host }) => host === 'h2')?.key as never)).toBe(true)
  })

  it('does not care about the order of a set', async () => {
    const before = {
      ...stored,
      peers: [
        { host: 'h1', key: 'k1' },
        { host: 'h2', key: 'k2' },
      ],
    }
    const config = {
      name: 'a',
      peers: [
        { host: 'h2', key: null },
        { host: 'h1', key: null },
      ],
    }
    const { planned, requires_replace } = await plan(toy(), before, config, {
      ...before,
      peers: [...before.peers].reverse(),
    })
    expect(planned.status).toBe('s')
    expect(requires_replace).toEqual([])
  })
})

describe('a plan to replace', () => {
  it('asks the rule of an attribute about changes only', async () => {
    expect(
      steps(
        await plan(
          toy(),
          { ...stored, tier: 'gold' },
          { name: 'b', tier: 'gold' },
          { ...stored, name: 'b', tier: 'gold' },
        ),
      ),
    ).toEqual([])
    expect(steps(await plan(toy(), { ...stored, tier: 'gold' }, { name: 'a' }, { ...stored, tier: null }))).toEqual([
      ['tier'],
    ])
  })

  it('points into lists and maps, and at the whole where an element came or went', async () => {
    const before = { ...stored, lines: [{ text: 'a' }, { text: 'b' }], by_key: { x: { text: 'a' } } }
    const change = async (config: object) =>
      steps(await plan(toy(), before, { ...before, ...config }, { ...before, ...config }))
    expect(await change({ lines: [{ text: 'a' }, { text: 'c' }] })).toEqual([['lines', 1, 'text']])
    expect(await change({ lines: [{ text: 'a' }] })).toEqual([['lines']])
    expect(await change({ by_key: { x: { text: 'z' } } })).toEqual([['by_key', 'x', 'text']])
    expect(await change({ by_key: { x: { text: 'a' }, y: { text: 'n' } } })).toEqual([['by_key']])
  })

  it('points at a set as a whole', async () => {
    const before = { ...stored, peers: [{ host: 'h1', key: 'k1' }] }
    const after = { ...stored, peers: [{ host: 'h2', key: null }] }
    expect(steps(await plan(toy(), before, after, after))).toEqual([['peers']])
  })

  it('is a plan to create the second time Terraform asks', async () => {
    const { planned } = await plan(toy(), null, { name: 'b' })
    expect(isUnknown(planned.id)).toBe(true)
  })

  it('follows from every change where the author wrote no update', async () => {
    const { create, read, delete: remove } = { create: () => ({ id: 'i' }), read: () => null, delete() {} }
    const fixed = define.resource({
      schema: { id: s.string().computed(), a: s.string().optional() },
      create,
      read,
      delete: remove,
    })
    const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_fixed: fixed } }))
    const answer = await protocol.plan('toy_fixed', { id: 'i', a: '1' }, { a: '2' }, { id: 'i', a: '2' })
    expect(answer.requires_replace).toEqual([{ steps: [{ attribute_name: 'a' }] }])
  })
})

describe('modifyPlan', () => {
  it('changes computed values, and opens the others where nothing was to change before', async () => {
    const protocol = toy({ modifyPlan: ({ action }) => (action === 'update' ? { note: 'new' } : undefined) })
    const { planned } = await plan(protocol, stored, { name: 'a' }, { ...stored, size: null })
    expect(planned).toMatchObject({ note: 'new', id: 'i' })
    expect(isUnknown(planned.status)).toBe(true)
  })

  it('may make a value unknown, and ask for replacement', async () => {
    const protocol = toy({
      modifyPlan({ action, requiresReplace }) {
        if (action !== 'update') return undefined
        requiresReplace('name')
        return { region: Unknown }
      },
    })
    const answer = await plan(protocol, stored, { name: 'a' }, { ...stored, size: null })
    expect(isUnknown(answer.planned.region)).toBe(true)
    expect(steps(answer)).toEqual([['name']])
  })

  it('sees a delete and may refuse it', async () => {
    const protocol = toy({
      modifyPlan: ({ action, state, diagnostics }) => {
        if (action === 'delete') diagnostics.error('Keep it', `${state.name} is precious.`)
        return undefined
      },
    })
    const { diagnostics } = await protocol.call('PlanResourceChange', {
      type_name: 'toy_thing',
      prior_state: protocol.value('toy_thing', stored),
      proposed_new_state: protocol.value('toy_thing', null),
      config: protocol.value('toy_thing', null),
    })
    expect(diagnostics).toMatchObject([{ summary: 'Keep it', detail: 'a is precious.' }])
  })

  it('fails when it changes what the user wrote', async () => {
    const { diagnostics } = await plan(toy({ modifyPlan: () => ({ name: 'other' }) }), null, { name: 'a' })
    expect(diagnostics).toMatchObject([
      {
        detail: expect.stringMatching(/modifyPlan changed "name", which the configuration sets.*bug in the provider/s),
        attribute: { steps: [{ attribute_name: 'name' }] },
      },
    ])
  })

  it('of an attribute fails when it plans another value than is written, and may keep the one that is stored', async () => {
    const thing = (keep: boolean) =>
      new Protocol(
        define.provider({
          name: 'toy',
          resources: {
            toy_thing: define.resource({
              schema: {
                name: s
                  .string()
                  .required()
                  .modifyPlan(({ state }) => ({ plan: keep && state !== null ? state : 'other' })),
              },
              create: () => ({}),
              read: ({ state }) => state,
              update: () => ({}),
              delete() {},
            }),
          },
        }),
      )
    const refused = await thing(false).plan('toy_thing', null, { name: 'a' })
    expect(refused.diagnostics).toMatchObject([
      { detail: expect.stringMatching(/modifyPlan of "name" planned another value than the configuration sets/) },
    ])
    const kept = await plan(thing(true), { name: 'A' }, { name: 'a' })
    expect(kept.diagnostics ?? []).toEqual([])
    expect(kept.planned).toMatchObject({ name: 'A' })
    const free = s
      .string()
      .default('small')
      .modifyPlan(() => ({ plan: 'large' }))
    const provider = define.provider({
      name: 'toy',
      resources: {
        toy_thing: define.resource({ schema: { free }, create: () => ({}), read: ({ state }) => state, delete() {} }),
      },
    })
    const planned = await plan(new Protocol(provider), null, { free: null })
    expect(planned.planned).toMatchObject({ free: 'large' })
  })

  it('fails when it returns what is not in the schema', async () => {
    const { diagnostics } = await plan(toy({ modifyPlan: () => ({ nmae: 'x' }) as never }), null, { name: 'a' })
    expect(diagnostics?.[0]?.detail).toMatch(/"nmae" is not in the schema, which has: id, name/)
  })
})

it('fails on numbers that only look whole, or are larger than a double', async () => {
  const thing = define.resource({
    schema: { size: s.integer().optional(), serial: s.bigint().optional(), ratio: s.number().optional() },
    create: () => ({}),
    read: ({ state }) => state,
    delete() {},
  })
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  for (const [name, text, message] of [
    ['size', '1.00000000000000000000001', /Found 1\.00000000000000000000001, expected a whole number/],
    ['serial', '12345678901234567890.5', /Found 12345678901234567890\.5, expected a whole number/],
    ['ratio', '1e400', /a number of 401 digits/],
  ] as const) {
    const { diagnostics } = await protocol.plan('toy_thing', null, { [name]: parseNumber(text) })
    expect(diagnostics?.[0]?.detail).toMatch(message)
  }
})
