import { describe, expect, it } from 'vitest'
import { ApiError, type DmarcReportClient, OutcomeUnknownError } from '../src/index.ts'
import { fakeApi, vendorDomain } from './fake-api.ts'

const redirect = { status: 303, headers: { location: '/v2/accounts/7/domains/41.json' } }
const fault = (call: Promise<unknown>) =>
  call.then(
    (result) => expect.unreachable(`the call succeeded: ${JSON.stringify(result)}`),
    (error) => error,
  )

/** A server that answers every write by a redirect, and carries it out or not. */
function redirecting({ carriesOut, reads = true }: { carriesOut: boolean; reads?: boolean }) {
  let domains = [vendorDomain(41, 'example.com')]
  let memberships = [{ id: 5, account_id: 7, domain_id: 41 }]
  return fakeApi(({ method, path, body }, count) => {
    if (path === '/v2/capabilities') return { body: { extensions: ['tags'] } }
    if (method === 'GET') {
      if (!reads && count > 3) return { status: 500 }
      if (path.includes('/domain_accounts')) return { body: { account_managements: memberships } }
      if (path.startsWith('/v2/accounts/7/domains.json')) return { body: { domains } }
      if (path.startsWith('/v2/accounts/7/domains/')) {
        const found = domains.find(({ id }) => path.includes(`/${id}.json`))
        return found ? { body: found } : { status: 404 }
      }
      return { body: { owned_accounts: [{ id: 7, title: 'New', slug: 'new' }], accounts: [] } }
    }
    if (carriesOut) {
      const { domain } = (body ?? {}) as { domain?: { address: string } }
      if (method === 'POST' && domain) domains = [...domains, vendorDomain(42, domain.address)]
      if (method === 'POST' && !domain) memberships = [...memberships, { id: 6, account_id: 7, domain_id: 42 }]
      if (method === 'PUT') domains = domains.map((each) => ({ ...each, ...domain }))
      if (method === 'DELETE' && path.includes('/domains/')) domains = []
      if (method === 'DELETE' && path.includes('/domain_accounts/')) memberships = []
    }
    return redirect
  })
}

const input = { address: 'new.example', rua_report: true, ruf_report: true }
const writes: [string, (client: DmarcReportClient) => Promise<unknown>][] = [
  ['creating a domain', (client) => client.domains.create(7, input)],
  ['updating a domain', (client) => client.domains.update(7, 41, { rua_report: false })],
  ['deleting a domain', (client) => client.domains.delete(7, 41)],
  ['adding a domain to an account', (client) => client.domainMemberships.add(7, [42])],
  ['removing a domain from an account', (client) => client.domainMemberships.remove(7, 5)],
]

describe('a write that is answered by a redirect', () => {
  it.each(writes)('%s is done where reading back shows it', async (_, write) => {
    const { client } = await redirecting({ carriesOut: true })
    await expect(write(client)).resolves.not.toThrow()
  })

  it.each(writes)(
    '%s fails with the redirect where reading back shows that it was not carried out',
    async (_, write) => {
      const { client } = await redirecting({ carriesOut: false })
      const error = await fault(write(client))
      expect(error).toBeInstanceOf(ApiError)
      expect(error.message).toContain('a redirect to /v2/accounts/7/domains/41.json, which is not followed')
    },
  )

  it('has an unknown outcome where reading back fails', async () => {
    const { client } = await redirecting({ carriesOut: true, reads: false })
    const error = await fault(client.domains.create(7, input, { maxRetries: 0 }))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('creating domain new.example in account 7 was answered by a redirect')
  })

  it('has an unknown outcome where nothing could show it: titles of accounts and names of tags may be older', async () => {
    const { client } = await redirecting({ carriesOut: true })
    for (const call of [client.accounts.create({ title: 'New' }), client.tags.create({ name: 'New' })]) {
      const error = await fault(call)
      expect(error).toBeInstanceOf(OutcomeUnknownError)
      expect(error.message).toMatch(/^The server answered creating (?:account|tag) New with a redirect/)
    }
  })

  it('is not sent at all where the server redirects what is read before it', async () => {
    const { client, seen } = await fakeApi(() => ({ status: 301, headers: { location: 'https://api.example/v2' } }))
    const error = await fault(client.domains.create(7, input))
    expect(error.message).toContain('a redirect to https://api.example/v2, which is not followed; check the base URL')
    expect(seen.filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

describe('a new domain in another account than the one asked for', () => {
  const script = (readBack: number) =>
    fakeApi(({ method, path }) => {
      if (path === '/v2/capabilities') return { status: 404 }
      if (method === 'POST') return { status: 201, body: vendorDomain(42, 'new.example', { account_id: 8 }) }
      if (path.endsWith('/42.json')) return { body: vendorDomain(42, 'new.example', { account_id: readBack }) }
      return { body: { domains: [] } }
    })

  it('is read back, and believed to be in the account where that shows it', async () => {
    expect(await (await script(7)).client.domains.create(7, input)).toMatchObject({ id: 42, account_id: 7 })
  })

  it('is an unknown outcome that names both accounts', async () => {
    const error = await fault((await script(8)).client.domains.create(7, input))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('account_id is 8 instead of 7')
  })
})

describe('a list that is answered as a part', () => {
  it.each([206, 207])(
    'with status %i and no word about the rest is read on until nothing more comes',
    async (status) => {
      const pages = [[vendorDomain(1), vendorDomain(2)], [vendorDomain(3)], []]
      const { client } = await fakeApi(({ path }) => {
        if (path === '/v2/capabilities') return { body: { extensions: ['paging'] } }
        const page = Number(new URL(path, 'http://x').searchParams.get('page') ?? 1)
        const domains = pages[page - 1] ?? []
        return { status: domains.length > 0 ? status : 200, body: { domains } }
      })
      expect((await client.domains.list().all()).map(({ id }) => id)).toEqual([1, 2, 3])
    },
  )

  it('fails where the server gives the same part again', async () => {
    const { client } = await fakeApi(({ path }) =>
      path === '/v2/capabilities'
        ? { body: { extensions: ['paging'] } }
        : { status: 206, body: { domains: [vendorDomain(1)] } },
    )
    expect((await fault(client.domains.list().all())).message).toContain('cannot be read completely')
  })
})

describe('a Retry-After of any length', () => {
  it('is named as a number of seconds', async () => {
    const { client } = await fakeApi(() => ({ status: 429, headers: { 'retry-after': '9'.repeat(400) } }))
    const error = await fault(client.domains.get(7, 41))
    expect(error.message).toContain('The server allows the next request in 10000000000 seconds.')
    expect(Number.isFinite(error.retryAfter)).toBe(true)
  })
})

describe('a domain whose own field is named like a verdict', () => {
  it('is read', async () => {
    const { client } = await fakeApi(() => ({ body: vendorDomain(41, 'example.com', { status: 'failed' }) }))
    expect(await client.domains.get(7, 41)).toMatchObject({ id: 41, status: 'failed' })
  })
})
