import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEngines } from './engines.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describeEngines('versions of domains and the code that keeps them', (fresh) => {
  let server: TestServer
  let path: string

  beforeAll(async () => {
    server = await startTestServer({ config: { store: await fresh() } })
    path = `/v2/accounts/${server.owner.accountId}/domains`
  })
  afterAll(() => server?.close())

  const create = async (address: string, more: object = {}) => {
    const domain = { address, rua_report: true, ruf_report: true, mta_sts_report: true, ...more }
    const { status, body } = await server.call('POST', `${path}.json`, { domain })
    expect(status).toBe(201)
    return body
  }
  const send = async (method: string, id: number, ifMatch: string | undefined, domain?: object) => {
    const response = await fetch(`${server.apiUrl}${path}/${id}.json`, {
      method,
      headers: {
        authorization: `Token token=${server.owner.token}`,
        ...(domain ? { 'content-type': 'application/json' } : {}),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      ...(domain ? { body: JSON.stringify({ domain }) } : {}),
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
    return { status: response.status, etag: response.headers.get('etag'), body: (await response.json()) as any }
  }

  it('raises the version with each change of settings or tags, and not with a repetition', async () => {
    const { id, version } = await create('raised.example')
    expect(version).toBe(1)
    const hosted = await send('PUT', id, undefined, { hosted_dmarc: true })
    expect(hosted).toMatchObject({ etag: '"2"', body: { version: 2 } })
    expect((await send('PUT', id, undefined, { hosted_dmarc: true })).body.version).toBe(2)
    const { body: tag } = await server.call('POST', '/v2/tags.json', { tag: { name: 'prod' } })
    expect((await send('PUT', id, undefined, { tag_ids: [tag.id] })).body.version).toBe(3)
    expect((await send('PUT', id, undefined, { tag_ids: [tag.id] })).body.version).toBe(3)
    expect(await send('GET', id, undefined)).toMatchObject({ etag: '"3"', body: { version: 3 } })
  })

  it('keeps the version while only the status of the domain changes', async () => {
    const { id } = await create('status.example')
    const { body } = await send('PUT', id, undefined, { hosted_dmarc: true })
    await server.store.db.updateTable('domains').set({ dmarc_status: 'dmarc_active' }).where('id', '=', id).execute()
    expect((await send('GET', id, undefined)).body).toMatchObject({
      dmarc_status: 'dmarc_active',
      version: body.version,
    })
  })

  it('raises the version for a process of the release before, which does not know it', async () => {
    const { id } = await create('before.example')
    await server.store.db.updateTable('domains').set({ rua_report: 0 }).where('id', '=', id).execute()
    expect((await send('GET', id, undefined)).body.version).toBe(2)
  })

  it('refuses an update, a publication and a deletion that were decided on an older version', async () => {
    const { id } = await create('decided.example')
    await send('PUT', id, '"1"', { hosted_dmarc: true })
    const late = await send('PUT', id, '"1"', { hosted_dmarc: false })
    expect(late).toMatchObject({
      status: 412,
      body: { error: { code: 'precondition_failed', details: [{ field: 'If-Match', code: 'version_outdated' }] } },
    })
    expect(late.body.error.message).toContain('its version is 2')
    expect((await send('DELETE', id, 'W/"2"')).status).toBe(412)
    expect((await send('DELETE', id, '2')).status).toBe(400)
    const generate = await fetch(`${server.apiUrl}${path}/${id}/generate_dmarc_record.json`, {
      method: 'POST',
      headers: {
        authorization: `Token token=${server.owner.token}`,
        'content-type': 'application/json',
        'if-match': '"1"',
      },
      body: JSON.stringify({ p: 'reject', publish: true }),
    })
    expect(generate.status).toBe(412)
    expect((await send('GET', id, undefined)).body).toMatchObject({ hosted_dmarc: true, version: 2 })
    expect((await send('PUT', id, '*', { rua_report: true })).status).toBe(200)
    expect((await send('DELETE', id, '"1", "2"')).status).toBe(200)
  })

  it('stores which code keeps a domain, and forgets it on request', async () => {
    const made = await create('code.example', { managed_by: { workspace: 'acme/mail', label: 'dmarcreport_domain.a' } })
    expect(made.managed_by).toEqual({ workspace: 'acme/mail', label: 'dmarcreport_domain.a' })
    const moved = await send('PUT', made.id, undefined, { managed_by: { workspace: 'acme/dns' } })
    expect(moved.body).toMatchObject({ managed_by: { workspace: 'acme/dns', label: null }, version: 2 })
    const { body: list } = await server.call('GET', `${path}.json`)
    expect(list.domains.find(({ id }: { id: number }) => id === made.id).managed_by.workspace).toBe('acme/dns')
    expect((await send('PUT', made.id, undefined, { rua_report: true })).body.managed_by.workspace).toBe('acme/dns')
    expect((await send('PUT', made.id, undefined, { managed_by: null })).body.managed_by).toBeNull()
    const bad = await send('PUT', made.id, undefined, { managed_by: { workspace: ' ' } })
    expect(bad.body.error.details[0]).toMatchObject({ field: 'domain.managed_by.workspace' })
  })
})
