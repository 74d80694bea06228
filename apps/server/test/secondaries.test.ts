import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import type { DnsDaemon, TsigKey } from '../../../test-support/dns-daemon.ts'
import { freePort } from '../../../test-support/free-port.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { bindSecondary, knotSecondary, nsdSecondary } from '../../../test-support/secondaries.ts'
import { transferZone } from '../../../test-support/zone-dump.ts'
import type { NamedRrsets } from '../src/rules/zone-records.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { completeZone, ensureZone, writeZoneNames } from '../src/store/zone-contents.ts'
import { serveZone, type ZoneServer } from '../src/zone-server/serve-zone.ts'

const zone = 'hosted.test'
const txt = (label: string, text?: string): NamedRrsets => [
  `${label}.${zone}`,
  text === undefined ? [] : [{ type: 'TXT', ttl: 60, data: [text] }],
]
const names = 2500

let store: Store | undefined
let primary: ZoneServer | undefined
let secondary: DnsDaemon | undefined
let problems: string[]
afterEach(async () => {
  await secondary?.close()
  await primary?.close()
  await store?.close()
  secondary = undefined
  primary = undefined
})

async function startPrimary(key: TsigKey, port: number): Promise<{ store: Store; primary: ZoneServer }> {
  problems = []
  store = await openStore(':memory:')
  await ensureZone(store.db, zone, Date.now())
  const records = Array.from({ length: names }, (_, index) => txt(`key${index}.dmarc`, `v=DMARC1; p=none; ${index}`))
  // More than one string, and a wildcard, as the hosted zone has them.
  await writeZoneNames(
    store,
    zone,
    [...records, txt('long', 'x'.repeat(400)), txt('*._report', 'v=DMARC1')],
    Date.now(),
  )
  await completeZone(store.db, zone)
  primary = await serveZone(
    store,
    {
      zone: { origin: zone, nameServers: [`ns1.${zone}`] },
      hosts: ['127.0.0.1'],
      port: 0,
      transfer: {
        keys: [key],
        allow: [{ networks: ['127.0.0.0/8'], key: key.name }],
        notify: [{ address: '127.0.0.1', port, key: key.name }],
      },
    },
    (message) => problems.push(message),
  )
  return { store, primary }
}

const asks = (server: { address: string; port: number }) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  resolver.setServers([`${server.address}:${server.port}`])
  return {
    txt: (label: string) => resolver.resolveTxt(`${label}.${zone}`).then((texts) => texts.flat().join(''), String),
    serial: async () => (await resolver.resolveSoa(zone)).serial,
  }
}

describe.each([
  [
    'BIND',
    'named',
    bindSecondary,
    'hmac-sha256',
    ({ folder }: DnsDaemon) => existsSync(join(folder, 'secondary.db.jnl')),
  ],
  ['Knot', 'knotd', knotSecondary, 'hmac-sha512', ({ log }: DnsDaemon) => log().includes('IXFR, incoming')],
  [
    'NSD',
    'nsd',
    nsdSecondary,
    'hmac-sha256',
    ({ log }: DnsDaemon) => /xfrd: zone hosted\.test committed.*serial/.test(log()),
  ],
] as const)('%s as a secondary of the hosted zone', (_, program, start, algorithm, tookChanges) => {
  it.skipIf(!hasPrograms(program))('takes the whole zone, and changes as soon as it is notified', async () => {
    const key: TsigKey = { name: 'transfer', algorithm, secret: randomBytes(32).toString('base64') }
    const port = await freePort()
    const ours = await startPrimary(key, port)
    secondary = await start({ zone, port, primary: ours.primary, key })
    const [theirs, own] = [asks(secondary), asks(ours.primary)]
    expect(await theirs.serial()).toBe(await own.serial())
    for (const label of ['key0.dmarc', `key${names - 1}.dmarc`, 'long', 'any._report']) {
      expect(await theirs.txt(label)).toBe(await own.txt(label))
    }

    const change = (records: NamedRrsets[]) => writeZoneNames(ours.store, zone, records, Date.now())
    await change([txt('key0.dmarc', 'v=DMARC1; p=reject'), txt('key1.dmarc')])
    await ours.primary.catchUp(await change([txt('new.dmarc', 'v=DMARC1; p=quarantine')]))
    await expect.poll(theirs.serial).toBe(await own.serial())
    expect(await theirs.txt('key0.dmarc')).toBe('v=DMARC1; p=reject')
    expect(await theirs.txt('key1.dmarc')).toContain('ENOTFOUND')
    expect(await theirs.txt('new.dmarc')).toBe('v=DMARC1; p=quarantine')
    expect(await theirs.txt('key2.dmarc')).toBe('v=DMARC1; p=none; 2')
    await expect.poll(() => tookChanges(secondary as DnsDaemon)).toBe(true)
    expect(problems).toEqual([])
  })
})

describe.skipIf(!hasPrograms('dig'))('a transfer of the hosted zone by dig', () => {
  const key: TsigKey = { name: 'transfer', algorithm: 'hmac-sha256', secret: randomBytes(32).toString('base64') }

  it('gives every record to the holder of the key', async () => {
    const { primary } = await startPrimary(key, await freePort())
    const lines = await transferZone(primary.port, zone, key)
    expect(lines).toHaveLength(names + 3)
    expect(lines).toContain(`key7.dmarc.${zone}. 60 IN TXT "v=DMARC1; p=none; 7"`)
  })

  it.each([
    ['without a key', undefined],
    ['with another secret', { ...key, secret: randomBytes(32).toString('base64') }],
    ['with another key', { ...key, name: 'other' }],
  ])('is refused %s', async (_, wrong) => {
    const { primary } = await startPrimary(key, await freePort())
    await expect(transferZone(primary.port, zone, wrong)).rejects.toThrow(/Transfer failed|gave nothing|code/)
  })

  it('gives what changed since a serial, and the serial alone where nothing did', async () => {
    const { primary, store } = await startPrimary(key, await freePort())
    const since = await asks(primary).serial()
    await writeZoneNames(store, zone, [txt('key0.dmarc', 'second')], Date.now())
    await primary.catchUp(
      await writeZoneNames(store, zone, [txt('key0.dmarc', 'third'), txt('key1.dmarc')], Date.now()),
    )
    const serial = await asks(primary).serial()
    const changes = await transferOf(primary, `IXFR=${since}`)
    expect(changes.map((line) => line.replace(/(SOA \S+ \S+ \d+).*/, '$1'))).toEqual([
      `${zone}. 60 IN SOA ns1.${zone}. hostmaster.${zone}. ${serial}`,
      `${zone}. 60 IN SOA ns1.${zone}. hostmaster.${zone}. ${since}`,
      `key0.dmarc.${zone}. 60 IN TXT "v=DMARC1; p=none; 0"`,
      `key1.dmarc.${zone}. 60 IN TXT "v=DMARC1; p=none; 1"`,
      `${zone}. 60 IN SOA ns1.${zone}. hostmaster.${zone}. ${serial}`,
      `key0.dmarc.${zone}. 60 IN TXT "third"`,
      `${zone}. 60 IN SOA ns1.${zone}. hostmaster.${zone}. ${serial}`,
    ])
    expect(await transferOf(primary, `IXFR=${serial}`)).toHaveLength(1)
    // Older than what is kept: the whole zone.
    expect((await transferOf(primary, `IXFR=${since - 100}`)).length).toBeGreaterThan(names)
  })

  async function transferOf({ port }: ZoneServer, type: string): Promise<string[]> {
    const args = ['@127.0.0.1', '-p', `${port}`, '-y', `${key.algorithm}:${key.name}:${key.secret}`, '+tcp']
    const { stdout } = await promisify(execFile)('dig', [...args, '+noall', '+answer', zone, type], {
      maxBuffer: 2 ** 26,
    })
    const lines = stdout.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
    return lines.filter((line) => line !== '' && !line.startsWith(';') && !/ TSIG /.test(line))
  }
})
