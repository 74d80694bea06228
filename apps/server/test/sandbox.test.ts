import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { type CnameRecord, DmarcReportClient, waitUntilReady } from '@dmarc-as-code/client'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, memoryJournalStore, plan } from '@dmarc-as-code/dns/apply'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import { freePort } from '../../../test-support/free-port.ts'
import { startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { createSandbox, type Endpoint, type Sandbox, type SandboxOptions } from '../src/sandbox/index.ts'

// A whole system at a time, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 })

const running: { close(): Promise<void> }[] = []
async function start(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox(options)
  running.push(sandbox)
  return sandbox
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.close()))
})

const clientOf = (sandbox: Sandbox, token = sandbox.token) =>
  new DmarcReportClient({ baseUrl: sandbox.apiUrl, token, logLevel: 'off' })

const policy = { mode: 'enforce', mx: ['mail.example.test'], mx_age: 7 } as const

/** A domain with everything hosted, and the CNAMEs it needs. */
async function declare(client: DmarcReportClient, accountId: number, address: string) {
  const domain = await client.domains.create(accountId, {
    address,
    rua_report: true,
    ruf_report: false,
    mta_sts_report: true,
  })
  await client.domains.update(accountId, domain.id, {
    hosted_dmarc: true,
    hosted_mta_sts: true,
    mta_sts_policy: policy,
  })
  const { cname_records: cnames } = await client.domains.hostedServices(accountId, domain.id)
  return { domain, cnames }
}

async function applyCnames(dns: Endpoint, key: Sandbox['tsig'], cnames: readonly CnameRecord[]): Promise<void> {
  const adapter = await createAdapter({ type: 'rfc2136', server: dns.address, port: dns.port, key })
  const wanted = cnames.map(({ name, value }) => ({ name, value, type: 'CNAME' as const }))
  await apply(await plan(wanted, adapter, { conflict: 'replace' }), adapter, { journals: memoryJournalStore() })
}

async function fetchPolicy(sandbox: Sandbox, domain: string): Promise<{ status: number; type: string; text: string }> {
  const host = `mta-sts.${domain}`
  const { address, port } = sandbox.policyHost
  const asked = request({
    host: address,
    port,
    servername: host,
    headers: { host },
    path: '/.well-known/mta-sts.txt',
    ca: sandbox.caCertificate,
    agent: false,
  })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return {
    status: response.statusCode ?? 0,
    type: response.headers['content-type'] ?? '',
    text: Buffer.concat(chunks).toString(),
  }
}

const quick = { timeout: 40_000, interval: 100, maxInterval: 500 }

describe('the first slice in a sandbox', () => {
  it('goes from a declared domain to a policy file over HTTPS', async () => {
    const sandbox = await start()
    const client = clientOf(sandbox)
    const { domain, cnames } = await declare(client, sandbox.accountId, 'example.test')
    expect(cnames.map(({ name }) => name).sort()).toEqual([
      '_dmarc.example.test',
      '_mta-sts.example.test',
      '_smtp._tls.example.test',
      'mta-sts.example.test',
    ])
    const before = await client.domains.verifyHostedDmarc(sandbox.accountId, domain.id)
    expect(before.overall_status).toBe('action_required')

    await applyCnames(sandbox.dns, sandbox.tsig, cnames)
    const target = { accountId: sandbox.accountId, domainId: domain.id }
    const ready = await waitUntilReady(client, target, quick)
    expect(ready).toMatchObject({ overall_status: 'ready', missing: [] })
    expect(await fetchPolicy(sandbox, 'example.test')).toEqual({
      status: 200,
      type: expect.stringMatching(/^text\/plain/),
      text: 'version: STSv1\r\nmode: enforce\r\nmx: mail.example.test\r\nmax_age: 604800\r\n',
    })
  })

  it('replaces the old DMARC record of shop.test, and hosts its DMARC', async () => {
    const sandbox = await start()
    const client = clientOf(sandbox)
    const { domain, cnames } = await declare(client, sandbox.accountId, 'shop.test')
    const stuck = await client.domains.verifyHostedDmarc(sandbox.accountId, domain.id)
    expect(stuck.checks.find(({ part }) => part === 'cname')).toMatchObject({
      status: 'misconfigured',
      reason: 'txt-in-place',
    })
    await applyCnames(sandbox.dns, sandbox.tsig, cnames)
    const ready = await waitUntilReady(client, { accountId: sandbox.accountId, domainId: domain.id }, quick)
    expect(ready.overall_status).toBe('ready')
  })
})

describe.each([
  ['BIND', 'named', startBind],
  ['Knot', 'knotd', startKnot],
] as const)('with the CNAMEs in %s instead of the sandbox DNS', (_, program, startDns) => {
  it.skipIf(!hasPrograms(program))(`${program}: the domain is ready as well`, async () => {
    const key = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 5).toString('base64') } as const
    const dns = await startDns({ zones: [{ name: 'example.test' }], keys: [key] })
    running.push(dns)
    const sandbox = await start({ stubZones: [{ zone: 'example.test', servers: [dns] }] })
    const client = clientOf(sandbox)
    const { domain, cnames } = await declare(client, sandbox.accountId, 'example.test')
    await applyCnames(dns, key, cnames)
    const ready = await waitUntilReady(client, { accountId: sandbox.accountId, domainId: domain.id }, quick)
    expect(ready.overall_status).toBe('ready')
    expect((await fetchPolicy(sandbox, 'example.test')).status).toBe(200)
    expect(sandbox.zone('example.test').dump()).not.toContain('_dmarc')
  })
})

describe('a sandbox', () => {
  it('contains an account, tags, and tokens with different privileges', async () => {
    const sandbox = await start()
    const client = clientOf(sandbox)
    const { tags } = client
    expect((await tags.list().all()).map(({ name }) => name)).toEqual(['production', 'marketing', 'parked'])
    const create = (token: string, accountId: number, address: string) =>
      clientOf(sandbox, token).domains.create(accountId, { address, rua_report: true, ruf_report: false })
    await expect(create(sandbox.readOnlyToken, sandbox.accountId, 'a.test')).rejects.toMatchObject({ status: 403 })
    await expect(create(sandbox.otherTenant.token, sandbox.accountId, 'a.test')).rejects.toMatchObject({ status: 404 })
    const free = await create(sandbox.freeAccount.token, sandbox.freeAccount.accountId, 'a.test')
    const hosted = clientOf(sandbox, sandbox.freeAccount.token).domains.update(sandbox.freeAccount.accountId, free.id, {
      hosted_dmarc: true,
    })
    await expect(hosted).rejects.toMatchObject({ status: 422 })
    const parked = await client.domains.create(sandbox.accountId, {
      address: 'parked.test',
      rua_report: true,
      ruf_report: false,
      parked_domain: true,
    })
    expect(parked.parked_domain).toBe(true)
  })

  it('injects faults into its API, from which the client recovers', async () => {
    const sandbox = await start()
    sandbox.faults.add({ fault: { kind: 'status', status: 503, body: 'html' }, times: 1 })
    sandbox.faults.add({ fault: { kind: 'cut-off' }, times: 1 })
    expect(await clientOf(sandbox).domains.list().all()).toEqual([])
  })

  it('describes all endpoints', async () => {
    const sandbox = await start()
    const text = sandbox.describe()
    for (const { port } of [sandbox.dns, sandbox.hostedDns, sandbox.policyHost]) expect(text).toContain(`:${port}`)
    expect(text).toContain(sandbox.apiUrl)
    expect(text).toContain(sandbox.token)
  })

  it.skipIf(!hasPrograms('dig', 'nsupdate', 'bash'))('describes commands that work without changes', async () => {
    const sandbox = await start()
    const lines = sandbox.describe().split('\n')
    const run = async (word: string) => {
      const line = lines.find((each) => each.includes(word))?.trim() ?? ''
      return (await promisify(execFile)('bash', ['-o', 'pipefail', '-c', line])).stdout
    }
    expect(await run('dig ')).toMatch(/MX\s+10 mail\.example\.test\./)
    await run('nsupdate ')
    expect(sandbox.zone('example.test').dump()).toContain('try.example.test. 60 IN CNAME www.example.test.\n')
  })

  it.skipIf(!hasPrograms('bash'))('prints lines that set what the Terraform provider and dmarc-dns read', async () => {
    const sandbox = await start()
    const lines = sandbox.describe().split('\n')
    const exports = lines.filter((line) => line.startsWith('  export '))
    const { stdout } = await promisify(execFile)('bash', ['-euc', [...exports, 'env'].join('\n')], { env: {} })
    const { apiUrl, token, dns, tsig } = sandbox
    for (const line of [
      `DMARCREPORT_ENDPOINT=${apiUrl}`,
      `DMARCREPORT_TOKEN=${token}`,
      `DNS_UPDATE_SERVER=${dns.address}`,
      `DNS_UPDATE_PORT=${dns.port}`,
      `DNS_UPDATE_KEYNAME=${tsig.name}`,
      `DNS_UPDATE_KEYALGORITHM=${tsig.algorithm}`,
      `DNS_UPDATE_KEYSECRET=${tsig.secret}`,
    ]) {
      expect(stdout.split('\n')).toContain(line)
    }
  })

  it('reports a lost record only after its clock has advanced, not at the first verification', async () => {
    let later = 0
    const sandbox = await start({ now: () => Date.now() + later })
    const client = clientOf(sandbox)
    const { domain, cnames } = await declare(client, sandbox.accountId, 'example.test')
    await applyCnames(sandbox.dns, sandbox.tsig, cnames)
    await waitUntilReady(client, { accountId: sandbox.accountId, domainId: domain.id }, quick)
    sandbox.zone('example.test').remove('_dmarc.example.test')
    const look = () => client.domains.verifyHostedDmarc(sandbox.accountId, domain.id)
    expect((await look()).overall_status).toBe('ready')
    later = 6 * 60_000
    expect((await look()).overall_status).toBe('action_required')
  })

  it('verifies records by schedule at the configured pace', async () => {
    const sandbox = await start({ pace: 1000 })
    const client = clientOf(sandbox)
    const { domain, cnames } = await declare(client, sandbox.accountId, 'example.test')
    await applyCnames(sandbox.dns, sandbox.tsig, cnames)
    const status = async () => (await client.domains.get(sandbox.accountId, domain.id)).dmarc_status
    expect(await status()).toBe('dmarc_inactive')
    await expect.poll(status, { timeout: 15_000, interval: 100 }).toBe('dmarc_record_published')
  })

  it('runs in parallel to another one', async () => {
    const [one, two] = await Promise.all([start(), start()])
    expect(one.token).not.toBe(two.token)
    await expect(clientOf(one, two.token).domains.list().all()).rejects.toMatchObject({ status: 401 })
  })

  it('prints nothing and lets the process exit when it is closed', async () => {
    const script = [
      "import { createSandbox } from '@dmarc-as-code/server/sandbox'",
      'const sandbox = await createSandbox()',
      "const headers = { authorization: 'Token token=' + sandbox.token }",
      "const ask = await fetch(sandbox.apiUrl + '/v2/capabilities', { headers })",
      'await ask.text()',
      'await sandbox.close()',
      'const gone = await fetch(sandbox.apiUrl).then(() => false, () => true)',
      'process.exitCode = ask.ok && gone ? 0 : 3',
    ].join('\n')
    const flags = ['--conditions=@dmarc-as-code/source', '--input-type=module', '--eval', script]
    const temporary = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const child = execFile(process.execPath, flags, { env: { ...process.env, TMPDIR: temporary } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: string) => (output += chunk))
    const [code] = (await once(child, 'close')) as [number]
    expect({ code, output, files: await readdir(temporary) }).toEqual({ code: 0, output: '', files: [] })
    await rm(temporary, { recursive: true })
  })
})

describe('a sandbox in a folder', () => {
  it('keeps its tokens, domains, zones and CA for the next start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const first = await createSandbox({ folder })
    const { cnames } = await declare(clientOf(first), first.accountId, 'example.test')
    await applyCnames(first.dns, first.tsig, cnames)
    await first.close()
    const second = await start({ folder })
    expect(second).toMatchObject({ token: first.token, tsig: first.tsig, caCertificate: first.caCertificate })
    const [domain] = await clientOf(second).domains.list().all()
    const target = { accountId: second.accountId, domainId: domain?.id ?? 0 }
    expect((await waitUntilReady(clientOf(second), target, quick)).overall_status).toBe('ready')
    expect((await stat(join(folder, 'sandbox.json'))).mode & 0o777).toBe(0o600)
    await rm(folder, { recursive: true })
  })

  it('fails for a damaged state file without showing the tokens in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const first = await createSandbox({ folder })
    await first.close()
    const path = join(folder, 'sandbox.json')
    await writeFile(path, `${await readFile(path, 'utf8')} damaged`)
    const error = await createSandbox({ folder }).catch((reason: unknown) => reason)
    expect(inspect(error)).toContain(`${path} is damaged`)
    expect(inspect(error)).not.toContain(first.token)
    await rm(folder, { recursive: true })
  })

  it('is created again when its creation was interrupted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    const first = await createSandbox({ folder })
    await first.close()
    await rm(join(folder, 'sandbox.json'))
    const second = await start({ folder })
    expect(await clientOf(second).domains.list().all()).toEqual([])
    await expect(clientOf(second, first.token).domains.list().all()).rejects.toMatchObject({ status: 401 })
    await rm(folder, { recursive: true })
  })
})

describe('fixed ports', () => {
  it('are used, and a port in use is reported by its number', async () => {
    const ports = {
      api: await freePort(),
      dns: await freePort(),
      policyHost: await freePort(),
      hostedDns: await freePort(),
    }
    const sandbox = await start({ ports })
    expect(sandbox.apiUrl).toBe(`http://127.0.0.1:${ports.api}`)
    expect([sandbox.dns.port, sandbox.hostedDns.port, sandbox.policyHost.port]).toEqual([
      ports.dns,
      ports.hostedDns,
      ports.policyHost,
    ])
    for (const [name, port] of Object.entries(ports)) {
      await expect(createSandbox({ ports: { [name]: port } })).rejects.toThrow(String(port))
    }
  })
})
