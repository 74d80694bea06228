import { describe, expect, it } from 'vitest'
import { fakeApi, vendorDomain } from '../../test/fake-api.ts'

describe('a typed result', () => {
  it('carries status, headers and request id of its answer', async () => {
    const { client } = await fakeApi(() => ({
      headers: { 'x-request-id': 'r-1', etag: '"3"' },
      body: vendorDomain(41),
    }))
    const { data, response } = await client.domains.get(7, 41).withResponse()
    expect(data.id).toBe(41)
    expect(response).toMatchObject({
      status: 200,
      headers: { etag: '"3"' },
      requestId: 'r-1',
      method: 'GET',
      path: '/v2/accounts/7/domains/41.json',
      attempts: 1,
    })
    expect(response).not.toHaveProperty('body')
  })

  it('carries the answer to the write, not that to reading back or to asking for capabilities', async () => {
    const { client } = await fakeApi(({ method, path }) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['tags_on_update'] } }
      return method === 'GET' ? { body: vendorDomain(41) } : { status: 204, headers: { 'x-request-id': 'r-put' } }
    })
    const { response } = await client.domains.update(7, 41, { tag_ids: [1] }).withResponse()
    expect(response).toMatchObject({ method: 'PUT', status: 204, requestId: 'r-put' })
    const found = await client.accounts
      .find('nobody')
      .withResponse()
      .catch((error) => error)
    expect(found.name).toBe('UnexpectedAnswerError')
  })

  it('carries the answer to a deletion, and its error where it fails', async () => {
    const { client } = await fakeApi(({ method, path }) => {
      if (method === 'GET') return { status: 404 }
      return path.includes('41') ? { body: { message: 'Deleted', status: 200 } } : { status: 403 }
    })
    expect((await client.domains.delete(7, 41).withResponse()).response.method).toBe('DELETE')
    await expect(client.domains.delete(7, 42).withResponse()).rejects.toMatchObject({ name: 'PermissionError' })
  })

  it('of a list has an answer for each page', async () => {
    const { client } = await fakeApi(({ path }, count) =>
      path === '/v2/capabilities'
        ? { status: 404 }
        : {
            headers: { 'x-request-id': `r-${count}` },
            body: { domains: [vendorDomain(path.includes('page=2') ? 2 : 1)], total_domains: 2 },
          },
    )
    const ids: unknown[] = []
    for await (const page of client.domains.list().pages()) ids.push(page.response.requestId)
    expect(ids).toEqual(['r-1', 'r-2'])
  })
})
