import { describe, expect, it } from 'vitest'
import { defineWith, s } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'
import { describeTerraforms } from './support/terraforms.ts'

const schema = {
  id: s.string().computed().useStateForUnknown(),
  name: s.domainName().required().requiresReplace(),
  policy: s.json().optional(),
  names: s.list(s.domainName()).unordered().optional(),
  hosts: s.set(s.domainName()).optional(),
  limits: s.map(s.duration()).optional(),
  level: s
    .integer()
    .sameAs((left, right) => left % 10 === right % 10)
    .optional(),
  zones: s.list(s.object({ name: s.domainName().required(), ttl: s.duration().default('60s') })).optional(),
  peers: s.set(s.object({ name: s.domainName().required() })).optional(),
  rule: s.blockList({ cidr: s.cidr().required() }),
}

const host = {
  name: s.domainName().required(),
  id: s.string().computed().useStateForUnknown(),
  seen: s.string().computed(),
}

/** A service that answers in a spelling of its own, as they do. */
function provider(calls: string[], objects: Map<string, Record<string, unknown>> = new Map()) {
  const define = defineWith()
  const lower = (value: unknown) => JSON.parse(JSON.stringify(value).toLowerCase()) as never
  const answer = (plan: Record<string, unknown>, id: string) => ({
    ...(lower(plan) as Record<string, unknown>),
    id,
    policy: plan.policy && JSON.stringify(JSON.parse(String(plan.policy))),
    names: plan.names && lower([...(plan.names as string[])].reverse()),
  })
  const thing = define.resource({
    schema,
    create({ plan }) {
      calls.push('create')
      objects.set('id-1', answer(plan, 'id-1'))
      return objects.get('id-1') as never
    },
    read: ({ state }) => objects.get(state.id) as never,
    update({ plan, state }) {
      calls.push('update')
      objects.set(state.id, answer(plan, state.id))
      return objects.get(state.id) as never
    },
    delete: () => void calls.push('delete'),
    importState: ({ id }) => ({ id }),
  })
  return define.provider({ name: 'toy', resources: { toy_thing: thing } })
}

const WRITTEN = `resource "toy_thing" "t" {
  name   = "Example.COM."
  policy = "{ \\"a\\": 1, \\"b\\": 2 }"
  names  = ["B.example", "A.example"]
  hosts  = ["Host.example"]
  limits = { read = "90s" }
  level  = 15
  zones  = [{ name = "Z.example" }, { name = "Y.example", ttl = "3600s" }]
  peers  = [{ name = "Peer.example" }]
  rule {
    cidr = "2001:DB8::/32"
  }
}
`
const RESPELLED = WRITTEN.replace('Example.COM.', 'example.com')
  .replace('{ \\"a\\": 1, \\"b\\": 2 }', '{\\"b\\":2,\\"a\\":1}')
  .replace('["B.example", "A.example"]', '["a.example", "b.EXAMPLE"]')
  .replace('Host.example', 'HOST.example')
  .replace('90s', '1m30s')
  .replace('15', '25')
  .replace('Z.example', 'z.example')
  .replace('3600s', '1h')
  .replace('Peer', 'PEER')
  .replace('2001:DB8::', '2001:db8:0::')

describe('what is spelled differently and means the same', () => {
  describeTerraforms(({ program }) => {
    it('is no change: not after an apply, not in another configuration, not after an import', async () => {
      const calls: string[] = []
      await using toy = await testProvider(provider(calls), { terraform: program })
      await toy.apply(WRITTEN)
      await toy.expectEmptyPlan()
      const stored = (await toy.state()).resources['toy_thing.t']
      expect(stored).toMatchObject({ name: 'Example.COM.', names: ['B.example', 'A.example'], level: 15 })
      await toy.write(RESPELLED)
      await toy.expectEmptyPlan()
      await toy.run('state', 'rm', 'toy_thing.t')
      await toy.import('toy_thing.t', 'id-1')
      await toy.expectEmptyPlan()
      expect(calls).toEqual(['create'])
    })

    it('is kept beside what really changes', async () => {
      const calls: string[] = []
      await using toy = await testProvider(provider(calls), { terraform: program })
      await toy.apply(WRITTEN)
      const { changes } = await toy.plan(
        RESPELLED.replace('1h', '2h').replace('"b.EXAMPLE"]', '"b.EXAMPLE", "c.example"]'),
      )
      expect(changes).toMatchObject([
        {
          actions: ['update'],
          after: {
            name: 'Example.COM.',
            names: ['a.example', 'b.EXAMPLE', 'c.example'],
            zones: [{ name: 'Z.example' }, { name: 'Y.example', ttl: '2h' }],
          },
        },
      ])
      await toy.apply()
      await toy.expectEmptyPlan()
      expect(calls).toEqual(['create', 'update'])
    })

    it('shows real drift', async () => {
      const objects = new Map<string, Record<string, unknown>>()
      await using toy = await testProvider(provider([], objects), { terraform: program })
      await toy.apply(WRITTEN)
      Object.assign(objects.get('id-1') ?? {}, { names: ['c.example', 'a.example'], hosts: ['other.example'] })
      const { changes } = await toy.plan()
      expect(changes).toMatchObject([
        { actions: ['update'], before: { names: ['A.example', 'c.example'], hosts: ['other.example'] } },
      ])
    })

    it.each([
      ['a set', s.set(s.object(host)).optional()],
      ['an unordered list', s.list(s.object(host)).elementKey('name').unordered().optional()],
    ])('is no change in %s of objects with computed values, which stay with their elements', async (_, hosts) => {
      let made = 0
      const define = defineWith()
      const known = (id: unknown) => (typeof id === 'string' ? id : `id-${++made}`)
      // A service that answers in an order and a spelling of its own.
      const answer = (plan: { hosts: unknown }) => ({
        hosts: [...(plan.hosts as { name: string; id: unknown }[])]
          .reverse()
          .map(({ name, id }) => ({ name: name.toLowerCase(), id: known(id), seen: `${++made}` })),
      })
      const thing = define.resource({
        schema: { size: s.integer().optional(), hosts },
        create: ({ plan }) => answer(plan) as never,
        read: ({ state }) => ({ hosts: (state.hosts ?? []).toReversed() }) as never,
        update: ({ plan }) => answer(plan) as never,
        delete() {},
      })
      const config = (size: number, ...names: string[]) =>
        `resource "toy_thing" "t" {\n  size  = ${size}\n  hosts = ${JSON.stringify(names.map((name) => ({ name })))}\n}\n`
      await using toy = await testProvider(define.provider({ name: 'toy', resources: { toy_thing: thing } }), {
        terraform: program,
      })
      const ids = async () => {
        const { hosts: stored } = (await toy.state()).resources['toy_thing.t'] as {
          hosts: { name: string; id: string }[]
        }
        return Object.fromEntries(stored.map(({ name, id }) => [name.toLowerCase(), id]))
      }
      await toy.apply(config(1, 'A.example', 'B.example'))
      const first = await ids()
      await toy.write(config(1, 'b.EXAMPLE', 'a.example'))
      await toy.expectEmptyPlan()
      await toy.apply(config(2, 'c.example', 'b.EXAMPLE', 'a.example'))
      await toy.expectEmptyPlan()
      expect(await ids()).toMatchObject(first)
    })
  })
})
