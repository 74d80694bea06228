import { parseDmarc } from '@dmarc-as-code/records'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CurrentRecords } from '../src/current/current-records.ts'
import { lookAtStatus, scheduleStatusLooks } from '../src/reports/look-at-status.ts'
import { createSandbox, type Sandbox } from '../src/sandbox/index.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describe('the status of a domain that is not hosted', () => {
  let server: TestServer
  let domainId: number
  beforeAll(async () => {
    server = await startTestServer()
    const domain = { address: 'shop.test', rua_report: true, ruf_report: true }
    const path = `/v2/accounts/${server.owner.accountId}/domains.json`
    domainId = (await server.call('POST', path, { domain })).body.id
  })
  afterAll(() => server?.close())

  const dmarc = (answer: Awaited<ReturnType<CurrentRecords['dmarc']>>): CurrentRecords => ({
    dmarc: async () => answer,
    mtaSts: async () => ({ known: true, value: { policy: null, leadsHere: false } }),
    mailHosts: async () => ({ known: true, value: [] }),
  })
  const record = (text: string | null) =>
    dmarc({
      known: true,
      value: {
        own: text === null ? null : parseDmarc(text),
        inherited: { known: true, value: null },
        leadsHere: false,
      },
    })
  async function statusAfter(current: CurrentRecords) {
    await lookAtStatus(domainId, { store: server.store, current, zone: 'hosting.test', now: Date.now })
    const { body } = await server.call('GET', `/v2/accounts/${server.owner.accountId}/domains/${domainId}.json`)
    return body.dmarc_status
  }

  it('follows the record it has elsewhere, and keeps it while the record cannot be read', async () => {
    expect(await statusAfter(record('v=DMARC1; p=none'))).toBe('dmarc_record_published')
    expect(await statusAfter(dmarc({ known: false, message: 'no answer' }))).toBe('dmarc_record_published')
    expect(await statusAfter(record(null))).toBe('dmarc_inactive')
  })

  it('causes a notice when the record is another one, and none when it is the same or could not be read', async () => {
    const changes = async () => {
      const query = server.store.db.selectFrom('notices').select('facts').where('kind', '=', 'record_changed')
      return (await query.orderBy('id').execute()).map(({ facts }) => JSON.parse(facts))
    }
    await statusAfter(record('v=DMARC1; p=reject'))
    await server.store.db.deleteFrom('notices').execute()
    for (const text of ['v=DMARC1; p=reject', 'v=DMARC1; p=none', 'v=DMARC1; p=none']) await statusAfter(record(text))
    await statusAfter(dmarc({ known: false, message: 'no answer' }))
    expect(await changes()).toEqual([{ before: 'v=DMARC1; p=reject', after: 'v=DMARC1; p=none', weakens: true }])
    await statusAfter(record(null))
    await statusAfter(record('v=DMARC1; p=reject'))
    expect((await changes()).slice(1)).toMatchObject([
      { before: 'v=DMARC1; p=none', after: null },
      { before: null, after: 'v=DMARC1; p=reject', weakens: false },
    ])
  })

  it('is looked at once for each domain, and no more once everything is hosted', async () => {
    const context = { store: server.store, now: Date.now }
    expect(await scheduleStatusLooks(context, 1000, () => 0.5)).toBe(1)
    expect(await scheduleStatusLooks(context, 1000, () => 0.5)).toBe(0)
    const hosted = { hosted_dmarc: 1, hosted_mta_sts: 1 } as const
    await server.store.db.updateTable('domains').set(hosted).where('id', '=', domainId).execute()
    const looked = await lookAtStatus(domainId, { ...context, current: record(null), zone: 'hosting.test' })
    expect(looked).toBe(false)
  })
})

describe('a sandbox', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await createSandbox({ pace: 1000 })
  })
  afterAll(() => sandbox?.close())

  it('shows that shop.test has a DMARC record, though it is not hosted', async () => {
    const headers = { authorization: `Token token=${sandbox.token}`, 'content-type': 'application/json' }
    const url = `${sandbox.apiUrl}/v2/accounts/${sandbox.accountId}/domains`
    const body = JSON.stringify({ domain: { address: 'shop.test', rua_report: true, ruf_report: true } })
    const created = (await (await fetch(url, { method: 'POST', headers, body })).json()) as { id: number }
    const status = async () =>
      ((await (await fetch(`${url}/${created.id}`, { headers })).json()) as { dmarc_status: string }).dmarc_status
    await expect.poll(status, { timeout: 60_000 }).toBe('dmarc_record_published')
  })
})
