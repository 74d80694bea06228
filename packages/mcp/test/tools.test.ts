import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const bin = join(import.meta.dirname, '../bin/dmarc-mcp.js')

let sandbox: Sandbox
let folder: string
let api: DmarcReportClient
let client: Client
const open: Client[] = []

beforeAll(async () => {
  sandbox = await createSandbox()
  folder = mkdtempSync(join(tmpdir(), 'dmarc-mcp-'))
  const { dns, tsig } = sandbox
  const settings = { type: 'rfc2136', server: dns.address, port: dns.port, key: tsig }
  writeFileSync(join(folder, 'dns.json'), JSON.stringify(settings))
  api = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token, logLevel: 'error' })
  const { id } = await api.domains.create(sandbox.accountId, {
    address: 'example.test',
    rua_report: true,
    ruf_report: true,
    mta_sts_report: false,
  })
  await api.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
  const account = { DMARCREPORT_TOKEN: sandbox.readOnlyToken, DMARCREPORT_ENDPOINT: sandbox.apiUrl }
  client = await connect(account, ['--dns', join(folder, 'dns.json')])
}, 120_000)
afterAll(async () => {
  for (const client of open) await client.close()
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the program as an assistant would, and connects the SDK's client to it. */
async function connect(env: Record<string, string>, args: readonly string[] = []): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const stubs = sandbox.stubZones.flatMap(({ zone, servers: [server] }) => [
    '--stub-zone',
    `${zone}=${server?.address}:${server?.port}`,
  ])
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--conditions=@dmarc-as-code/source', bin, ...stubs, ...args],
    env: { PATH: process.env.PATH ?? '', HOME: folder, DMARCREPORT_LOG: 'error', ...env },
    stderr: 'pipe',
  })
  await client.connect(transport)
  open.push(client)
  return client
}

interface Answer {
  isError?: boolean
  content: { type: string; text: string }[]
  structuredContent?: Record<string, unknown>
}

async function call(client: Client, name: string, args: Record<string, unknown> = {}): Promise<Answer> {
  return (await client.callTool({ name, arguments: args })) as unknown as Answer
}

describe('an assistant with a read-only token', { timeout: 120_000 }, () => {
  it('finds only tools that say they are read-only', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'list_domains',
      'domain_status',
      'check_records',
      'plan_records',
      'evidence',
      'explain_code',
    ])
    for (const { annotations } of tools)
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false })
  })

  it('learns which domains there are, and what the service saw last', async () => {
    const { structuredContent: list } = await call(client, 'list_domains', { name_contains: 'EXAMPLE' })
    expect(list).toMatchObject({ matching: 1, domains: [{ address: 'example.test', account_id: sandbox.accountId }] })

    const { structuredContent: status, content } = await call(client, 'domain_status', { domain: 'Example.test.' })
    expect(status, content[0]?.text).toMatchObject({ domain: 'example.test', hosted_dmarc: true, looked_now: false })
    expect(status?.checks).toMatchObject([{ record: 'dmarc', part: 'cname', ok: false, name: '_dmarc.example.test' }])
  })

  it('sees what an apply would do, and the DNS stays as it is', async () => {
    const before = sandbox.zone('example.test').dump()
    const { structuredContent: plan, content } = await call(client, 'plan_records', { domain: 'example.test' })
    expect(plan, content[0]?.text).toMatchObject({
      verdict: { words: expect.any(String) },
      items: [{ action: 'create', record: { name: '_dmarc.example.test', type: 'CNAME' } }],
    })
    expect(sandbox.zone('example.test').dump()).toEqual(before)
    expect(content[0]?.text).not.toContain(sandbox.tsig.secret)
  })

  it('checks the public records of a domain as dmarc-dns does', async () => {
    const { structuredContent: check } = await call(client, 'check_records', { domain: 'example.test' })
    expect(check).toMatchObject({ domain: 'example.test' })
  })

  it('learns what is missing for a stricter policy', async () => {
    const { structuredContent, content } = await call(client, 'evidence', { domain: 'example.test', target: 'reject' })
    expect(structuredContent, content[0]?.text).toMatchObject({
      domain: 'example.test',
      target: 'reject',
      ready: false,
      blockers: expect.arrayContaining([expect.objectContaining({ code: 'no-data', fix: expect.any(String) })]),
      next_record: null,
    })
  })

  it('gets one sentence about what is wrong with a request', async () => {
    const missing = await call(client, 'domain_status', { domain: 'shop.test' })
    expect(missing.isError).toBe(true)
    expect(missing.content[0]?.text).toContain('No account of this token has the domain shop.test')
    const wrong = await call(client, 'check_records', { domain: '--plan=/etc/passwd' })
    expect(wrong.isError).toBe(true)
    const code = await call(client, 'explain_code', { code: '__proto__' })
    expect(code.content[0]?.text).toContain('The code "__proto__" is not known')
  })
})

describe('an assistant whose token may verify', { timeout: 120_000 }, () => {
  it('learns why a domain is not ready and what to do', async () => {
    const account = { DMARCREPORT_TOKEN: sandbox.token, DMARCREPORT_ENDPOINT: sandbox.apiUrl }
    const { structuredContent: status, content } = await call(await connect(account), 'domain_status', {
      domain: 'example.test',
    })
    expect(status, content[0]?.text).toMatchObject({ looked_now: true, overall_status: 'action_required' })
    const checks = status?.checks as Record<string, unknown>[]
    expect(checks.find(({ part }) => part === 'cname')).toMatchObject({
      ok: false,
      reason: 'absent',
      what_to_do: expect.stringContaining('_dmarc'),
    })
  })
})

describe('an assistant without a token', { timeout: 120_000 }, () => {
  it('gets codes explained and any domain checked, and learns how to connect an account', async () => {
    const client = await connect({})
    const { structuredContent } = await call(client, 'explain_code', { code: 'wrong-target' })
    expect(structuredContent).toMatchObject({ meanings: [{ subject: 'cname', title: expect.any(String) }] })
    expect((await call(client, 'check_records', { domain: 'example.test' })).isError).toBeFalsy()
    const { isError, content } = await call(client, 'list_domains')
    expect(isError).toBe(true)
    expect(content[0]?.text).toContain('Set DMARCREPORT_TOKEN')
  })
})
