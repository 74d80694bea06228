import { expect, test } from 'vitest'
import { defineWith, s } from '../src/index.ts'
import { testProvider } from '../src/testing/index.ts'

test('creates, plans nothing, updates, destroys', async () => {
  const things = new Map<string, { name: string; size: number }>()
  const define = defineWith<{ token: unknown }>()
  const server = define.resource({
    schema: {
      id: s.string().computed().useStateForUnknown(),
      name: s.string().required().requiresReplace(),
      size: s.number().default(3),
      seen: s.string().computed(),
    },
    create({ plan }) {
      const id = `id-${things.size}`
      things.set(id, { name: plan.name, size: plan.size })
      return { id, seen: 'now' }
    },
    read({ state }) {
      const found = things.get(state.id)
      return found ? { ...state, ...found } : null
    },
    update({ plan, state }) {
      things.set(state.id, { name: plan.name, size: plan.size })
      return { id: state.id, seen: 'later' }
    },
    delete: ({ state }) => void things.delete(state.id),
    importState: ({ id }) => ({ id, seen: 'x' }),
  })
  const provider = define.provider({
    name: 'toy',
    schema: { token: s.string().optional().sensitive() },
    configure: ({ config }) => ({ token: config.token }),
    resources: { toy_server: server },
  })
  await using toy = await testProvider(provider)
  const hcl = (size: string) => `resource "toy_server" "a" {\n  name = "x"\n  ${size}\n}\n`
  await toy.apply(hcl(''))
  expect((await toy.state()).resources).toEqual({ 'toy_server.a': { id: 'id-0', name: 'x', size: 3, seen: 'now' } })
  await toy.expectEmptyPlan()
  await toy.apply(hcl('size = 0.1'))
  await toy.expectEmptyPlan()
  const { changes } = await toy.plan(hcl('size = 0.1').replace('"x"', '"y"'))
  expect(changes[0]?.actions).toEqual(['delete', 'create'])
  await toy.destroy()
  expect(things.size).toBe(0)
})
