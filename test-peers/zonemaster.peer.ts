import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseConfig, type RunningServer, startServer } from '@dmarc-as-code/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../test-support/programs.ts'
import { peerTitle } from './support/installing.ts'

/** Zonemaster asks on port 53 only. */
const addresses = ['127.0.0.11', '127.0.0.12']
const zone = 'hosting.test'
/** All modules but `Address`, which wants public addresses, and the tests of Connectivity that ask who announces them. */
const modules = ['Basic', 'Connectivity/connectivity01', 'Connectivity/connectivity02', 'Consistency']
const more = ['Delegation', 'DNSSEC', 'Nameserver', 'Syntax', 'Zone']

const peer = !hasPrograms('zonemaster-cli')
  ? { available: false as const, why: 'zonemaster-cli is not installed' }
  : (await canBind())
    ? { available: true as const }
    : { available: false as const, why: `port 53 of ${addresses.join(' and ')} cannot be bound` }

interface Entry {
  level: string
  tag: string
  testcase: string
  args?: unknown
}

describe.skipIf(!peer.available)(peerTitle('zonemaster-cli', peer), () => {
  let server: RunningServer
  const folder = mkdtempSync(join(tmpdir(), 'zonemaster-'))

  beforeAll(async () => {
    const nameServers = addresses.map((ipv4, index) => ({ name: `ns${index + 1}.${zone}`, ipv4: [ipv4] }))
    const config = parseConfig({
      api: { port: 0 },
      store: ':memory:',
      hostedZone: { name: zone, nameServers, listen: { host: addresses, port: 53 } },
      policyHost: { listen: { port: 0 }, addresses: { ipv4: ['192.0.2.80'] } },
      reports: { exchanges: [`mx.${zone}`] },
      verification: { recursors: [] },
      log: 'silent',
    })
    server = await startServer(config)
    // Its own list of root servers, so that it asks nobody outside.
    writeFileSync(join(folder, 'hints'), `. 3600 NS a.root.test.\na.root.test. 3600 A ${addresses[0]}\n`)
  })
  afterAll(async () => {
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has no warning about the hosted zone', async () => {
    const entries = await zonemaster()
    expect(entries.length).toBeGreaterThan(30)
    const serious = entries.filter(({ level }) => ['WARNING', 'ERROR', 'CRITICAL'].includes(level))
    expect(serious).toEqual([])
  })

  async function zonemaster(): Promise<Entry[]> {
    const { stdout } = await promisify(execFile)(
      'zonemaster-cli',
      [
        '--json',
        '--raw',
        '--no-ipv6',
        '--level=INFO',
        `--hints=${join(folder, 'hints')}`,
        ...addresses.map((address, index) => `--ns=ns${index + 1}.${zone}/${address}`),
        ...[...modules, ...more].map((name) => `--test=${name}`),
        zone,
      ],
      { timeout: 50_000, maxBuffer: 16 * 1024 * 1024 },
    )
    const parsed = JSON.parse(stdout) as { results?: Entry[] } | Entry[]
    return Array.isArray(parsed) ? parsed : (parsed.results ?? [])
  }
})

async function canBind(): Promise<boolean> {
  for (const address of addresses) {
    const socket = createSocket('udp4')
    try {
      const ready = once(socket, 'listening')
      socket.bind(53, address)
      await ready
    } catch {
      return false
    } finally {
      socket.close()
    }
  }
  return true
}
