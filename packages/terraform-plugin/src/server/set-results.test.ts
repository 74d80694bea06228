import { expect, it } from 'vitest'
import { Protocol, unknown } from '../../test/support/protocol.ts'
import { defineWith } from '../provider/define.ts'
import { s } from '../schema/s.ts'

const define = defineWith()
const schema = {
  names: s.set(s.string()).optional().computed(),
  peers: s.set(s.object({ host: s.string().required(), key: s.string().computed() })).optional(),
}

interface Result {
  names?: string[]
  peers?: { host: string; key?: string }[]
}

/** A resource whose create and read return this. */
function returning(result: Result) {
  const thing = define.resource({
    schema,
    create: () => result as never,
    read: () => result as never,
    delete() {},
  })
  return new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
}

const planned = {
  names: ['a'],
  peers: [
    { host: 'a', key: unknown },
    { host: 'b', key: unknown },
  ],
}

async function create(result: Result) {
  const protocol = returning(result)
  const { diagnostics, new_state } = await protocol.apply('toy_thing', null, planned)
  return { said: diagnostics?.map(({ detail }) => detail), state: protocol.read('toy_thing', new_state) }
}

it('refuses two elements with nested attributes that are the same, of which Terraform would drop one', async () => {
  const twice = [
    { host: 'c', key: '1' },
    { host: 'd', key: '2' },
    { host: 'c', key: '1' },
  ]
  const { said, state } = await create({ peers: twice })
  expect(said?.join()).toContain('peers has the same element twice, at 0 and 2')
  expect(state.peers).toHaveLength(2)

  const protocol = returning({ peers: twice })
  const current_state = protocol.value('toy_thing', { names: ['a'], peers: [{ host: 'c', key: '1' }] })
  const read = await protocol.call('ReadResource', { type_name: 'toy_thing', current_state })
  expect(read.diagnostics?.[0]?.detail).toContain('peers has the same element twice')
})

it('takes a text that a set has twice for one', async () => {
  const peers = [
    { host: 'a', key: '1' },
    { host: 'b', key: '2' },
  ]
  const { said, state } = await create({ names: ['a', 'a'], peers })
  expect(said).toEqual([])
  expect(state.names).toEqual(['a'])
})

it('names the set of which an element was planned and another one is there after the apply', async () => {
  const { said } = await create({
    peers: [
      { host: 'a', key: '1' },
      { host: 'c', key: '2' },
    ],
  })
  expect(said?.join()).toContain('"peers" was planned as')
})
