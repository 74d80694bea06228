import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, loadConfig, parseConfig } from './load-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'dmarc-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hostedZone = { name: 'Hosting.Example.', nameServers: [{ name: 'ns1.hosting.example', ipv4: ['192.0.2.1'] }] }

function file(text: string): string {
  const path = join(folder, 'config.json')
  writeFileSync(path, text)
  return path
}

function faultsOf(load: () => unknown): string {
  try {
    load()
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the configuration', () => {
  it.each(['README.md', 'OPERATIONS.md'])('takes every example in %s as it is written', (page) => {
    const text = readFileSync(join(import.meta.dirname, '../..', page), 'utf8')
    const examples = [...text.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, json = '']) => JSON.parse(json))
    expect(examples).not.toEqual([])
    for (const example of examples) expect(() => parseConfig(example)).not.toThrow()
  })

  it('requires only the hosted zone', () => {
    const config = parseConfig({ hostedZone })
    expect(config).toMatchObject({
      api: { host: '127.0.0.1', port: 8080 },
      store: 'data/dmarc-server.sqlite',
      hostedZone: { name: 'hosting.example', ttl: 300, listen: { port: 53 } },
      policyHost: { listen: { port: 443 }, certificates: { source: 'local-ca' } },
      verification: { minInterval: 10_000, policyFile: 'public' },
    })
  })

  it('takes text and JSON from the environment over the file', () => {
    const path = file(JSON.stringify({ hostedZone, api: { host: '0.0.0.0', port: 1 } }))
    const config = loadConfig(path, {
      DMARC_SERVER_API__PORT: '9090',
      DMARC_SERVER_STORE: 'postgres://dmarc@db/dmarc',
      DMARC_SERVER_HOSTED_ZONE__CONTACT: 'admin.example.org',
      DMARC_SERVER_REPORTS: '{"exchanges":["mx.example.org"]}',
      DMARC_SERVER_CONFIG: path,
      HOME: '/',
    })
    expect(config).toMatchObject({
      api: { host: '0.0.0.0', port: 9090 },
      store: 'postgres://dmarc@db/dmarc',
      hostedZone: { name: 'hosting.example', contact: 'admin.example.org' },
      reports: { exchanges: ['mx.example.org'] },
    })
  })

  it('leaves the variables alone that Kubernetes sets for services, and still refuses unknown settings', () => {
    const path = file(JSON.stringify({ hostedZone }))
    const ofServices = {
      DMARC_SERVER_SERVICE_HOST: '10.0.0.1',
      DMARC_SERVER_SERVICE_PORT: '8080',
      DMARC_SERVER_SERVICE_PORT_API: '8080',
      DMARC_SERVER_PORT: 'tcp://10.0.0.1:8080',
      DMARC_SERVER_PORT_8080_TCP: 'tcp://10.0.0.1:8080',
      DMARC_SERVER_PORT_8080_TCP_PROTO: 'tcp',
      DMARC_SERVER_DNS_PORT_53_UDP_ADDR: '10.0.0.2',
      DMARC_SERVER_POLICY_SERVICE_PORT_HTTP01: '80',
    }
    expect(loadConfig(path, ofServices)).toEqual(loadConfig(path, {}))
    expect(faultsOf(() => loadConfig(path, { DMARC_SERVER_COLOUR: 'blue' }))).toContain('colour')
    expect(loadConfig(path, { DMARC_SERVER_HOSTED_ZONE__LISTEN__PORT: '5353' }).hostedZone.listen.port).toBe(5353)
  })

  it('can come from the environment alone', () => {
    expect(loadConfig(undefined, { DMARC_SERVER_HOSTED_ZONE: JSON.stringify(hostedZone) }).api.port).toBe(8080)
  })

  it('fails with every fault and its path', () => {
    const faults = faultsOf(() =>
      parseConfig({ hostedZone: { ...hostedZone, name: '192.0.2.1', tll: 5 }, api: { port: 70_000 }, colour: 'blue' }),
    )
    for (const words of ['hostedZone.name', 'tll', 'api.port', 'colour']) expect(faults).toContain(words)
  })

  it('fails for a missing or invalid file without quoting it', () => {
    expect(faultsOf(() => loadConfig(join(folder, 'none.json'), {}))).toContain('ENOENT')
    expect(faultsOf(() => loadConfig(file('{"store": "postgres://u:hunter2@db" oops'), {}))).not.toContain('hunter2')
    expect(faultsOf(() => loadConfig(file('[]'), {}))).toContain('not a JSON object')
  })

  it('accepts the settings shown in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const shown = /```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(parseConfig(JSON.parse(shown))).toMatchObject({ policyHost: { certificates: { source: 'acme' } } })
  })
})
