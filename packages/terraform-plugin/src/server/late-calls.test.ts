import { expect, it } from 'vitest'
import { Protocol, unknown } from '../../test/support/protocol.ts'
import { defineFunction, defineWith, s } from '../index.ts'
import { attempts } from './crash.ts'

// In a file of its own: what crashed is the process.

it('answers calls that come after a crash with the crash, begins nothing, and still stops and closes', async () => {
  const done: string[] = []
  const define = defineWith()
  const began = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const thing = define.resource({
    schema: { id: s.string().computed(), name: s.string().required() },
    async create({ plan }) {
      done.push(`create ${plan.name}`)
      began.resolve()
      await goOn.promise
      return { id: 'i' }
    },
    read: ({ state }) => state,
    delete: () => void done.push('delete'),
    identity: { schema: { id: s.string().required() }, of: ({ id }) => ({ id }) },
  })
  const lease = define.ephemeralResource({
    schema: { secret: s.string().computed() },
    open: () => ({ result: { secret: 'x' } }),
    close: () => void done.push('close'),
  })
  const f = defineFunction({ returns: s.string(), run: () => 'x' })
  const protocol = new Protocol(
    define.provider({
      name: 'toy',
      resources: { toy_thing: thing },
      ephemeralResources: { toy_lease: lease },
      functions: { f },
    }),
  )
  const early = protocol.apply('toy_thing', null, { id: unknown, name: 'early' })
  await began.promise
  attempts.refuse(new Error('lost'))

  const late = await protocol.apply('toy_thing', null, { id: unknown, name: 'late' })
  expect(late.diagnostics).toMatchObject([
    {
      summary: 'Creating toy_thing failed',
      detail: expect.stringMatching(/^lost\n\nThe provider crashed in another call and ends; this one was not begun/),
    },
  ])
  const prior = { id: 'i', name: 'a' }
  const kept = await protocol.apply('toy_thing', prior, null)
  expect(protocol.read('toy_thing', kept.new_state)).toEqual(prior)
  expect(kept.diagnostics).toHaveLength(1)
  expect((await protocol.call('CallFunction', { name: 'f', arguments: [] })).error?.text).toBe('lost')
  const closed = await protocol.call('CloseEphemeralResource', { type_name: 'toy_lease' })
  expect(closed.diagnostics ?? []).toEqual([])

  // What had begun is done to its end, its identity included.
  goOn.resolve()
  const finished = await early
  expect(finished.diagnostics ?? []).toEqual([])
  expect(finished.new_identity).toBeDefined()
  expect(done).toEqual(['create early', 'close'])
})
