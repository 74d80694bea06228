import { afterEach, describe, expect, it } from 'vitest'
import { parseConfig } from '../src/config/load-config.ts'
import { createLogger } from '../src/config/logger.ts'
import { startTestServer, type TestServer } from './start-test-server.ts'

let server: TestServer | undefined
afterEach(() => server?.close())

describe('secrets', () => {
  it('never reach the log or an answer', async () => {
    const lines: string[] = []
    server = await startTestServer({ logger: createLogger('debug', (line) => lines.push(line)) })
    const { call, owner } = server
    const canary = `canary${'c'.repeat(40)}`
    const answers = []
    for (const token of [owner.token, canary]) {
      answers.push(await call('GET', '/v2/accounts', undefined, token))
      answers.push(await call('POST', `/v2/accounts/${owner.accountId}/domains.json`, { token, domain: {} }, token))
      answers.push(await call('POST', `/v2/accounts/${owner.accountId}/domains.json`, '{"broken', token))
      answers.push(await call('GET', '/v2/nothing', undefined, token))
    }
    const bearer = await fetch(`${server.apiUrl}/v2/accounts`, { headers: { authorization: `Bearer ${canary}` } })
    const bare = await fetch(`${server.apiUrl}/v2/accounts`, { headers: { authorization: canary } })
    answers.push(await bearer.text(), await bare.text())
    // The unexpected: the database is gone in the middle of everything.
    await server.store.db.schema.dropTable('user_accounts').execute()
    const failed = await call('GET', '/v2/accounts')
    expect(failed).toMatchObject({ status: 500, body: { error: { code: 'internal_error' } } })
    expect(failed.body.error.request_id).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(failed.body)).not.toContain('user_accounts')
    const log = lines.join('\n')
    expect(log).toContain(failed.body.error.request_id)
    expect(log).toContain('user_accounts')
    for (const secret of [owner.token, canary]) {
      expect(log).not.toContain(secret)
      expect(
        JSON.stringify(answers.map((answer) => (typeof answer === 'string' ? answer : answer.body))),
      ).not.toContain(secret)
    }
  })

  it('are not quoted in errors about the configuration', () => {
    const broken = () => parseConfig({ store: { url: 'postgres://dmarc:canary-password@db/dmarc' }, hostedZone: {} })
    expect(broken).toThrow(/store: /)
    try {
      broken()
    } catch (error) {
      expect(String(error)).not.toContain('canary-password')
    }
  })
})
