import { gzipSync } from 'node:zlib'
import { writeTlsReport } from '@dmarc-as-code/reports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { begin } from './sample-reports.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

describe('TLS reports by HTTPS', () => {
  let server: TestServer
  let id: string
  beforeAll(async () => {
    server = await startTestServer()
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    await server.call('POST', `/v2/accounts/${server.owner.accountId}/domains.json`, { domain })
    id = (await server.store.db.selectFrom('domains').select('report_id').executeTakeFirstOrThrow()).report_id
  })
  afterAll(() => server?.close())

  const json = writeTlsReport({
    organizationName: 'Sender',
    dateRange: { begin, end: begin + 86_399 },
    contactInfo: 'tls@sender.example',
    reportId: 'post',
    policies: [
      {
        type: 'sts',
        policyString: [],
        domain: 'example.test',
        mxHosts: [],
        successfulSessions: 7,
        failedSessions: 0,
        failures: [],
      },
    ],
  })
  const post = async (path: string, body: Buffer | string, type: string) => {
    const signal = AbortSignal.timeout(15_000)
    const response = await fetch(server.apiUrl + path, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
      signal,
    })
    return response.status
  }
  const reports = () => server.store.db.selectFrom('reports').select(['report_id', 'trusted', 'messages']).execute()

  it('are stored once however often they are sent, and never count as evidence', async () => {
    for (let time = 0; time < 2; time++) {
      expect(await post(`/tls-report/${id}`, gzipSync(json, { level: 9 }), 'application/tlsrpt+gzip')).toBe(201)
    }
    expect(await post(`/tls-report/${id}`, json, 'application/tlsrpt+json')).toBe(201)
    await expect.poll(reports).toEqual([{ report_id: 'post', trusted: 0, messages: 7 }])
    await expect
      .poll(() => server.store.db.selectFrom('report_mails').select('state').execute())
      .toEqual([{ state: 'done' }, { state: 'done' }])
    expect(await reports()).toHaveLength(1)
    expect(await server.store.db.selectFrom('report_problems').select('code').execute()).toEqual([])
  })

  it('are refused for other addresses and other types', async () => {
    expect(await post('/tls-report/nobody', json, 'application/tlsrpt+json')).toBe(404)
    expect(await post(`/tls-report/${id}`, json, 'application/json')).toBe(415)
  })
})
