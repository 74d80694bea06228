import { describe, expect, it } from 'vitest'
import { fakeApi } from '../../test/fake-api.ts'
import { AbortedError, ConflictError, NotFoundError, UnsupportedError } from '../index.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error) => error,
  )

describe('capabilities', () => {
  it('are asked for once, also by many at a time', async () => {
    const { client, seen } = await fakeApi(() => ({ body: { extensions: ['tags', 'brand_new', 7], version: '0.1.0' } }))
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.capabilities()))
    expect(seen).toHaveLength(1)
    expect(answers[9]).toMatchObject({ extensions: ['tags', 'brand_new'], version: '0.1.0' })
    expect(answers[0]?.has('tags')).toBe(true)
    expect(answers[0]?.has('delete')).toBe(false)
  })

  it('are none where the route does not exist, and that is remembered', async () => {
    const { client, seen } = await fakeApi(() => ({ status: 404, body: '<html>' }))
    expect((await client.capabilities()).extensions).toEqual([])
    await client.capabilities()
    expect(seen).toHaveLength(1)
  })

  it('are asked for again after a failure', async () => {
    const { client } = await fakeApi((_, count) => (count === 1 ? { status: 401 } : { body: { extensions: ['tags'] } }))
    expect(await fault(client.capabilities())).toMatchObject({ status: 401 })
    expect((await client.capabilities()).has('tags')).toBe(true)
  })

  it('stay to be had by the others when one caller aborts', async () => {
    const abort = new AbortController()
    const { client } = await fakeApi(async () => {
      abort.abort()
      return { body: { extensions: ['tags'] } }
    })
    const [aborted, answered] = await Promise.allSettled([
      client.capabilities({ signal: abort.signal }),
      client.capabilities(),
    ])
    expect(aborted).toMatchObject({ status: 'rejected', reason: expect.any(AbortedError) })
    expect(answered).toMatchObject({ status: 'fulfilled' })
  })
})

describe('tags', () => {
  it('are unsupported where the server has no routes for them', async () => {
    const { client } = await fakeApi(() => ({ status: 404 }))
    const error = await fault(client.tags.list().all())
    expect(error).toBeInstanceOf(UnsupportedError)
    expect(error.extension).toBe('tags')
    expect(await fault(client.tags.create({ name: 'A' }))).toBeInstanceOf(UnsupportedError)
  })

  it('that are missing are just that where the server has routes', async () => {
    const { client } = await fakeApi(({ path }) =>
      path === '/v2/capabilities' ? { body: { extensions: ['tags'] } } : { status: 404 },
    )
    expect(await fault(client.tags.get(3))).toBeInstanceOf(NotFoundError)
  })

  it('of a name that is taken are a conflict', async () => {
    const { client } = await fakeApi(() => ({ status: 409 }))
    expect(await fault(client.tags.create({ name: 'A' }))).toBeInstanceOf(ConflictError)
  })
})
