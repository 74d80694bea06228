import { describe, expect, it } from 'vitest'
import { fakeApi, type Seen, vendorDomain } from '../../test/fake-api.ts'
import {
  NotFoundError,
  OutcomeUnknownError,
  UnexpectedAnswerError,
  UnsupportedError,
  VersionConflictError,
} from '../index.ts'

const fault = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    (error) => error,
  )
const ready = { overall_status: 'ready', cname: 'verified', txt_record: 'published' }
const calls = (seen: Seen[]) =>
  seen.map(({ method, path }) => `${method} ${path.replace('/v2/accounts/7/domains/', '')}`)

/** A server with domain 41 and only the routes given. */
const having =
  (...routes: string[]) =>
  (request: Seen) => {
    const [call] = calls([request])
    if (call === 'GET 41.json') return { body: vendorDomain(41) }
    return routes.includes(call ?? '') ? { body: ready } : { status: 404, body: '<html>Not found</html>' }
  }

describe('a verify route that is only assumed', () => {
  it('is used as it stands when it works', async () => {
    const { client, seen } = await fakeApi(having('POST 41/verify_hosted_dmarc.json'))
    expect((await client.domains.verifyHostedDmarc(7, 41)).overall_status).toBe('ready')
    expect(calls(seen)).toEqual(['POST 41/verify_hosted_dmarc.json'])
  })

  it('is replaced by the spelling that works, once the domain is known to exist, and that one is remembered', async () => {
    const { client, seen } = await fakeApi(having('POST 41/verify_dmarc.json'))
    expect((await client.domains.verifyHostedDmarc(7, 41)).overall_status).toBe('ready')
    expect(calls(seen)).toEqual([
      'POST 41/verify_hosted_dmarc.json',
      'GET 41.json',
      'GET 41/verify_hosted_dmarc.json',
      'POST 41/verify_dmarc.json',
    ])
    await client.domains.verifyHostedDmarc(7, 41)
    expect(calls(seen).slice(4)).toEqual(['POST 41/verify_dmarc.json'])
  })

  it('of which no spelling works is an unsupported operation, not a missing domain', async () => {
    const { client } = await fakeApi(having())
    const error = await fault(client.domains.verifyHostedMtaSts(7, 41))
    expect(error).toBeInstanceOf(UnsupportedError)
    expect(error.message).toMatch(
      /no route that looks at hosted MTA-STS at once.*verify_hosted_mta_sts\.json or 3 other spellings\.$/,
    )
    expect(error.option).toBe('routes.verifyHostedMtaSts')
  })

  it('on a missing domain says that the domain is missing', async () => {
    const { client, seen } = await fakeApi(having())
    const error = await fault(client.domains.verifyHostedDmarc(7, 42))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error.path).toBe('/v2/accounts/7/domains/42.json')
    expect(seen).toHaveLength(2)
  })

  it('can be overridden, and then nothing is guessed', async () => {
    const path = '/v2/accounts/:account_id/domains/:domain_id/check.json'
    const { client, seen } = await fakeApi(having('GET 41/check.json'), {
      routes: { verifyHostedDmarc: { method: 'GET', path }, verifyHostedMtaSts: { method: 'GET', path: `${path}x` } },
    })
    expect((await client.domains.verifyHostedDmarc(7, 41)).overall_status).toBe('ready')
    expect(await fault(client.domains.verifyHostedMtaSts(7, 41))).toMatchObject({
      name: 'UnsupportedError',
      message: expect.stringMatching(/check\.jsonx\.$/),
    })
    expect(calls(seen)).toEqual(['GET 41/check.json', 'GET 41/check.jsonx', 'GET 41.json'])
  })

  it('that answers something else entirely is an unexpected answer', async () => {
    const { client } = await fakeApi(() => ({ body: { hello: 'world' } }))
    expect(await fault(client.domains.verifyHostedDmarc(7, 41))).toBeInstanceOf(UnexpectedAnswerError)
  })
})

describe('an update', () => {
  it('of tags or policy is refused before it is sent where the server would drop it without a word', async () => {
    const { client, seen } = await fakeApi(() => ({ status: 404 }))
    const error = await fault(client.domains.update(7, 41, { rua_report: true, tag_ids: [1] }))
    expect(error).toBeInstanceOf(UnsupportedError)
    expect(error.extension).toBe('tags_on_update')
    const policy = { mode: 'none', mx: '', mx_age: 1 } as const
    expect(await fault(client.domains.update(7, 41, { mta_sts_policy: policy }))).toMatchObject({
      extension: 'mta_sts_policy_on_update',
    })
    expect(seen.map(({ path }) => path)).toEqual(['/v2/capabilities'])
  })

  it('is bound to the version it was decided on, as an entity tag', async () => {
    const { client, seen } = await fakeApi(({ headers }) =>
      headers['if-match'] === '"7"' ? { body: vendorDomain(41) } : { status: 412, body: { error: 'version_outdated' } },
    )
    await client.domains.update(7, 41, { rua_report: true }, { ifVersion: 7 })
    expect(seen).toHaveLength(1)
    expect(await fault(client.domains.update(7, 41, { rua_report: true }, { ifVersion: 6 }))).toBeInstanceOf(
      VersionConflictError,
    )
    for (const ifVersion of [0, -1, 1.5, Number.NaN]) {
      expect(await fault(client.domains.update(7, 41, {}, { ifVersion }))).toMatchObject({
        name: 'InvalidArgumentError',
      })
    }
    expect(seen).toHaveLength(2)
  })

  it.each([
    ['leaves out who keeps the domain, and why it may become weaker, where nobody would keep them', [], {}],
    [
      'says who keeps the domain, and why it may become weaker',
      ['managed_by', 'effect'],
      {
        managed_by: { workspace: 'mail' },
        allow_weaker: 'moving',
      },
    ],
  ])('%s', async (_, extensions, sent) => {
    const { client, seen } = await fakeApi(({ path }) =>
      path === '/v2/capabilities' ? { body: { extensions } } : { body: vendorDomain(41) },
    )
    const notes = { managed_by: { workspace: 'mail' }, allow_weaker: 'moving' }
    await client.domains.update(7, 41, { rua_report: true, ...notes })
    expect(seen.find(({ method }) => method === 'PUT')?.body).toEqual({ domain: { rua_report: true, ...sent } })
  })

  it('does not take over what is live on a server that would drop the wish', async () => {
    const { client, seen } = await fakeApi(() => ({ status: 404 }))
    const error = await fault(client.domains.update(7, 41, { hosted_dmarc: true, take_over_current: true }))
    expect(error).toMatchObject({ extension: 'take_over_current' })
    expect(seen.map(({ method }) => method)).toEqual(['GET'])
  })

  it('of anything else sends no request', async () => {
    const shown = vendorDomain(41, 'd41.example', { hosted_mta_sts: true, mta_sts_report: 'true' })
    const { client, seen } = await fakeApi(() => ({ body: shown }))
    await client.domains.update(7, 41, { hosted_mta_sts: true, mta_sts_report: true })
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['nothing', { status: 204 }],
    ['a message', { body: { message: 'ok', status: 200 } }],
    ['text', { body: 'ok' }],
  ])('that answers %s is done when the domain, read back, is as asked', async (_, reply) => {
    const { client } = await fakeApi(({ method }) => (method === 'PUT' ? reply : { body: vendorDomain(41) }))
    expect(await client.domains.update(7, 41, { rua_report: true })).toMatchObject({ id: 41, account_id: 7 })
    const error = await fault(client.domains.update(7, 41, { rua_report: true, ruf_report: false }))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('ruf_report is true instead of false')
  })

  it('that answers nothing is compared in each field it had', async () => {
    const policy = { mode: 'testing', mx: ['a.example', 'b.example'], mx_age: 7 } as const
    const shown = {
      current_dmarc_config: 'v=DMARC1; p=reject; rua=mailto:a@x.example',
      mta_sts_policy: { mode: 'testing', mx: 'b.example, a.example', mx_age: 7 },
    }
    const { client } = await fakeApi(({ method, path }) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['tags_on_update', 'mta_sts_policy_on_update'] } }
      if (path.includes('hosted_services')) return { body: { hosted_dmarc: true, hosted_mta_sts: false } }
      return method === 'PUT' ? { status: 204 } : { body: vendorDomain(41, 'd41.example', shown) }
    })
    const right = {
      hosted_dmarc: true,
      hosted_dmarc_config: 'v=DMARC1;p=reject;rua=mailto:a@x.example',
      mta_sts_policy: policy,
      tag_ids: [1],
    }
    expect(await client.domains.update(7, 41, right)).toMatchObject({ id: 41 })
    for (const [field, wrong] of [
      ['hosted_mta_sts', { hosted_mta_sts: true }],
      ['hosted_dmarc_config', { hosted_dmarc_config: 'v=DMARC1; p=none' }],
      ['mta_sts_policy', { mta_sts_policy: { ...policy, mode: 'enforce' } }],
      ['tags', { tag_ids: [1, 2] }],
      ['tags', { tag_names: ['Internal'], tag_ids: [] }],
    ] as const) {
      const error = await fault(client.domains.update(7, 41, { ...right, ...wrong }))
      expect(error.message).toMatch(new RegExp(`read back ${field} is .* instead of `))
    }
  })
})

describe('a deletion', () => {
  it('is done when the domain is gone a moment later', async () => {
    let looks = 0
    const { client, clock } = await fakeApi(({ method }) => {
      if (method === 'DELETE') return { body: { message: 'gone', status: 200 } }
      return looks++ === 0 ? { body: vendorDomain(41) } : { status: 404 }
    })
    await expect(client.domains.delete(7, 41)).resolves.toBeUndefined()
    expect(looks).toBe(2)
    expect(clock.slept).toEqual([2_000])
  })

  it.each([
    ['nothing', { status: 204 }],
    ['an empty body', { status: 200 }],
    ['text', { body: 'ok' }],
    ['as documented', { body: { message: 'Domain deleted', status: 200 } }],
    ['in words of no list', { body: { message: 'Nope, it stays', status: 200 } }],
    ['in another language', { body: { message: 'Die Domain bleibt bestehen', status: 200 } }],
    ['that it was not done', { body: { message: 'Domain could not be deleted', status: 200 } }],
    ['that it will be done', { body: { message: 'Deletion is scheduled', status: 200 } }],
  ])('that answers %s is done when the domain is not there any more, and unknown when it is', async (_, reply) => {
    const gone = await fakeApi(({ method }) => (method === 'DELETE' ? reply : { status: 404 }))
    await expect(gone.client.domains.delete(7, 41)).resolves.toBeUndefined()
    const there = await fakeApi(({ method }) => (method === 'DELETE' ? reply : { body: vendorDomain(41) }))
    const error = await fault(there.client.domains.delete(7, 41))
    expect(error).toBeInstanceOf(OutcomeUnknownError)
    expect(error.message).toContain('but it is still there')
    const silent = await fakeApi(({ method }) => (method === 'DELETE' ? reply : { status: 403 }))
    expect(await fault(silent.client.domains.delete(7, 41))).toBeInstanceOf(OutcomeUnknownError)
  })

  it('of a missing domain says so', async () => {
    const { client } = await fakeApi(having())
    expect(await fault(client.domains.delete(7, 42))).toBeInstanceOf(NotFoundError)
  })

  it('never passes for done on a server that cannot delete', async () => {
    const { client } = await fakeApi((request) => (request.method === 'GET' ? having()(request) : { status: 404 }))
    const error = await fault(client.domains.delete(7, 41))
    expect(error).toBeInstanceOf(UnsupportedError)
    expect(error.message).toMatch(/domain d41\.example is still there\. Delete it in the web app\.$/)
    expect(error.option).toBe('routes.deleteDomain')
  })
})

it('a domain names the account it was asked from, unless only a slug is known', async () => {
  const { client } = await fakeApi(() => ({
    body: { domains: [vendorDomain(1), vendorDomain(2, 'b.example', { account_id: 9 })] },
  }))
  expect((await client.domains.listByAccount(7).all()).map((domain) => domain.account_id)).toEqual([7, 9])
  expect((await client.domains.listByAccount('acme').all())[0]).not.toHaveProperty('account_id')
})

describe('the domains of all accounts', () => {
  const accounts = { owned_accounts: [{ id: 7, title: 'A', slug: 'a' }], accounts: [{ id: 8, title: 'B', slug: 'b' }] }

  it('get their accounts from the list of each account where the server leaves them out', async () => {
    const { client, seen } = await fakeApi(({ path }) => {
      if (path === '/v2/capabilities') return { body: { extensions: ['paging'] } }
      if (path === '/v2/accounts') return { body: accounts }
      const ids = {
        '/v2/all_domains.json': [1, 2, 3],
        '/v2/accounts/7/domains.json': [1],
        '/v2/accounts/8/domains.json': [1, 2],
      }
      return { body: { domains: (ids[path as keyof typeof ids] ?? []).map((id) => vendorDomain(id)) } }
    })
    const domains = await client.domains.listWithAccounts()
    expect(domains.map(({ id, account_id }) => [id, account_id])).toEqual([
      [1, 7],
      [2, 8],
      [3, undefined],
    ])
    expect(seen.filter(({ path }) => path !== '/v2/capabilities')).toHaveLength(4)
  })

  it('take one call where the server tells', async () => {
    const { client, seen } = await fakeApi(() => ({
      body: { domains: [vendorDomain(1, 'a.example', { account_id: 9 })], meta: { total_domains: 1 } },
    }))
    expect((await client.domains.listWithAccounts())[0]?.account_id).toBe(9)
    expect(seen).toHaveLength(1)
  })
})
