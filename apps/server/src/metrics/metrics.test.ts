import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../test/start-test-server.ts'

describe('metrics', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ config: { metrics: { port: 0 } } })
  })
  afterAll(() => server?.close())

  const scrape = async () => {
    const response = await fetch(`http://127.0.0.1:${server.metrics?.port}/metrics`)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    return response.text()
  }

  it('show requests by operation, work, drift, looks, queries and notices', async () => {
    const domains = `/v2/accounts/${server.owner.accountId}/domains`
    const domain = { address: 'example.test', rua_report: true, ruf_report: true }
    const { body } = await server.call('POST', `${domains}.json`, { domain })
    await server.call('PUT', `${domains}/${body.id}.json`, { domain: { hosted_dmarc: true } })
    await server.call('POST', `${domains}/${body.id}/verify_hosted_dmarc.json`)
    await server.call('GET', '/nowhere')
    const text = await scrape()
    expect(text).toMatch(/http_request_duration_seconds_count\{operation="createDomain",method="POST",status="201"\} 1/)
    expect(text).toMatch(/http_request_duration_seconds_count\{operation="none",method="GET",status="404"\} 1/)
    expect(text).toMatch(/dmarc_server_looks_total\{service="dmarc",status="\w+"\} 1/)
    expect(text).toMatch(/dmarc_server_domains 1\n/)
    expect(text).toMatch(/dmarc_server_zone_repairs_total 0\n/)
    expect(text).toMatch(/dmarc_server_certificate_orders_failing 0\n/)
    expect(text).toMatch(/dmarc_server_notices_waiting 0\n/)
    expect(text).toMatch(/dmarc_server_dns_queries_total\{result="\w+"\}/)
    expect(text).toMatch(/process_cpu_seconds_total/)
    expect(text).toMatch(/dmarc_server_store_up 1\n/)
    expect(text).not.toContain('example.test')
  })

  it('are those that the alert rules and the dashboard use', async () => {
    const known = new Set((await scrape()).match(/^# TYPE \S+/gm)?.map((line) => line.slice(7)))
    for (const file of ['alerts.yaml', 'dashboard.json']) {
      const text = readFileSync(new URL(`../../../../deploy/monitoring/${file}`, import.meta.url), 'utf8')
      const used = [...new Set(text.match(/dmarc_server_\w+/g))]
      expect(used.length).toBeGreaterThan(4)
      const unknown = used.filter((name) => !known.has(name.replace(/_(?:bucket|count|sum)$/, '')))
      // There is no certificate here that expires, and the gauge says nothing then.
      expect(unknown.filter((name) => name !== 'dmarc_server_certificate_expiry_seconds')).toEqual([])
    }
  })

  it('are on their listener alone, and read only', async () => {
    expect((await server.call('GET', '/metrics')).status).toBe(404)
    const at = `http://127.0.0.1:${server.metrics?.port}`
    expect((await fetch(`${at}/`)).status).toBe(404)
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(405)
  })

  it('have types that fit their names', async () => {
    const types = [...(await scrape()).matchAll(/^# TYPE (dmarc_server_\S+) (\w+)/gm)]
    expect(types.length).toBeGreaterThan(8)
    for (const [, name, type] of types) expect([name, type === 'counter']).toEqual([name, name?.endsWith('_total')])
  })

  it('name the work that is due, and since when', async () => {
    const due = { task: 'publish', subject: 'x', attempt: 0, generation: 0, lease_owner: 'other' }
    const lease_until = Date.now() + 600_000
    await server.store.db
      .insertInto('work')
      .values({ ...due, next_check_at: Date.now() - 60_000, lease_until })
      .execute()
    const text = await scrape()
    expect(text).toMatch(/dmarc_server_work_due\{task="publish"\} 1/)
    expect(Number(/work_oldest_due_seconds\{task="publish"\} ([\d.]+)/.exec(text)?.[1])).toBeGreaterThan(59)
  })
})
