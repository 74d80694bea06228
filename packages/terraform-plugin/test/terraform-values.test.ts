import { expect, it } from 'vitest'
import { defineWith, dynamic, isKnown, s } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'

const define = defineWith()

/** Stores in memory whatever it is told, filling in what is open in the way most authors do: with spreads. */
function store() {
  const kept = new Map<string, object>()
  const thing = define.resource({
    schema: {
      id: s.string().computed().useStateForUnknown(),
      keep: s.bool().default(false),
      version: s.string().optional(),
      exact: s.decimal().optional(),
      anything: s.dynamic().optional(),
      labels: s.map(s.string()).optional(),
      made: s.map(s.string()).computed(),
      found: s.dynamic().computed(),
      peers: s
        .set(
          s.object({
            host: s.string().required(),
            key: s.string().optional().computed(),
            login: s.object({ user: s.string().required(), shell: s.string().default('sh') }).optional(),
            lines: s.list(s.object({ text: s.string().required(), end: s.string().default('.') })).optional(),
          }),
        )
        .optional(),
    },
    create({ plan }) {
      const all = {
        ...plan,
        id: `id-${kept.size}`,
        made: { 'e\u0301': 'n\u0303' },
        found: dynamic({ 'e\u0301': ['n\u0303'] }),
        peers: plan.peers?.map((peer) => ({ ...peer, key: isKnown(peer.key) ? peer.key : `key ${peer.host}` })) ?? null,
      }
      kept.set(all.id, all)
      return all
    },
    // What only Terraform knows is left as it is.
    read({ state }) {
      const { keep: _, ...found } = (kept.get(state.id) ?? {}) as typeof state
      return kept.has(state.id) ? { ...state, ...found } : null
    },
    update({ plan, state }) {
      const peers = plan.peers?.map((peer) => ({ ...peer, key: isKnown(peer.key) ? peer.key : 'new' })) ?? null
      const all = {
        ...(kept.get(state.id) as typeof state),
        ...plan,
        id: state.id,
        made: state.made,
        found: state.found,
        peers,
      }
      kept.set(state.id, all)
      return all
    },
    delete: ({ state }) => void kept.delete(state.id),
    importState: ({ id }) => ({ id }),
  })
  return define.provider({ name: 'store', resources: { store_thing: thing } })
}

const hcl = (body: string) => `resource "store_thing" "a" {\n${body}\n}\n`

describeTerraforms(({ program: terraform }) => {
  it.each([
    '9223372036854775808',
    '18446744073709551616',
    '-9223372036854775809',
    '1e30',
    '1e400',
    '5e-324',
    '0.1',
    '2.5',
    '1 / 3',
  ])('keeps the number %s, alone and inside a dynamic value', async (number) => {
    await using things = await testProvider(store(), { terraform })
    await things.apply(hcl(`exact = ${number}\nanything = { n = ${number} }`))
    await things.expectEmptyPlan()
    await things.apply(hcl(`exact = ${number}\nanything = { n = ${number} }\nkeep = true`))
    await things.expectEmptyPlan()
  })

  it.each([
    ['a typed null', 'tostring(null)'],
    ['a key called __proto__', '{ "__proto__" = 1, constructor = "c" }'],
    ['text that is not normalised', '{ "e\u0301" = "n\u0303" }'],
    ['nulls inside', '[null, { a = null }]'],
  ])('keeps a dynamic value with %s', async (_, value) => {
    await using things = await testProvider(store(), { terraform })
    await things.apply(hcl(`anything = ${value}\nlabels = { "e\u0301" = "n\u0303", "__proto__" = "p" }`))
    await things.expectEmptyPlan()
  })

  it('plans each element of a set by what was written in that element', async () => {
    await using things = await testProvider(store(), { terraform })
    await things.apply(
      hcl(`peers = [
  { host = "a" },
  { host = "a", key = "own" },
  { host = "a", login = { user = "x", shell = "zsh" } },
  { host = "a", login = { user = "y" } },
  { host = "a", lines = [{ text = "1", end = "!" }] },
  { host = "a", lines = [{ text = "2" }] },
]`),
    )
    await things.expectEmptyPlan()
    const { peers } = (await things.state()).resources['store_thing.a'] as { peers: unknown[] }
    expect(peers).toHaveLength(6)
    expect(peers).toContainEqual({ host: 'a', key: 'own', login: null, lines: null })
    expect(peers).toContainEqual({ host: 'a', key: 'key a', login: { user: 'y', shell: 'sh' }, lines: null })
    expect(peers).toContainEqual({ host: 'a', key: 'key a', login: null, lines: [{ text: '2', end: '.' }] })
  })

  it('fails on elements of a set that defaults make the same', async () => {
    await using things = await testProvider(store(), { terraform })
    const repeated = '{ host = "a", login = { user = "x" } }, { host = "a", login = { user = "x", shell = "sh" } }'
    await expect(things.apply(hcl(`peers = [${repeated}]`))).rejects.toThrow(/Repeated element in peers/)
  })

  it('imports what its author does not read, and has the plan fill in the default', async () => {
    await using things = await testProvider(store(), { terraform })
    await things.apply(hcl('version = "1"'))
    await things.run('state', 'rm', 'store_thing.a')
    await things.import('store_thing.a', 'id-0')
    expect((await things.plan()).changes).toMatchObject([{ actions: ['update'], after: { keep: false } }])
    await things.apply()
    await things.expectEmptyPlan()
  })
})
