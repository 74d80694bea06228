import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PowerDns, startPowerDns } from '../../../../../test-support/powerdns.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { transferZone } from '../../../../../test-support/zone-dump.ts'
import { adapterContract, contractZone } from '../../../test/adapter-contract.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import type { DnsAdapter } from '../../engine/types.ts'
import { undo } from '../../engine/undo.ts'
import type { TsigKey } from '../../rfc2136/tsig.ts'
import { rfc2136Adapter } from '../rfc2136/adapter.ts'
import { powerDnsAdapter } from './adapter.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const names = Array.from({ length: 25 }, (_, index) => `example${index}.test`)

describe.skipIf(!hasPrograms('pdns_server', 'pdnsutil', 'sqlite3', 'dig'))('PowerDNS', () => {
  let server: PowerDns
  let next = 0
  beforeAll(async () => {
    server = await startPowerDns({ zones: names.map((name) => ({ name, records: contractZone })), keys: [key] })
  })
  afterAll(() => server?.close())

  const start = (adapter: () => DnsAdapter) => async () => {
    const zone = names[next++]
    if (!zone) throw new Error('more tests than zones')
    return { adapter: adapter(), zone, dump: () => transferZone(server.port, zone, key), close: async () => {} }
  }
  const connect = (apiKey = server.apiKey) => powerDnsAdapter({ type: 'powerdns', url: server.apiUrl, apiKey })

  describe('through its HTTP API', () => {
    adapterContract(start(connect))

    const hosted = async (name: string) => {
      const adapter = connect()
      const zone = await adapter.findZone(name)
      if (!zone) throw new Error('no zone')
      return { adapter, zone }
    }
    const api = async (path: string, method = 'GET', body?: object) => {
      const headers = { 'x-api-key': server.apiKey }
      const url = `${server.apiUrl}/api/v1/servers/localhost/zones/${path}`
      const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
      const text = await answer.text()
      if (!answer.ok) throw new Error(text)
      return text === '' ? {} : JSON.parse(text)
    }
    const cname = (name: string) => ({ name, type: 'CNAME', ttl: 60, values: ['k.test.'] })

    it('raises the serial by one where the zone does not do so itself, so that secondaries learn of the change', async () => {
      const zoneName = 'example24.test'
      const { adapter, zone } = await hosted(zoneName)
      const name = `serial.${zoneName}`
      const serial = async () => (await api(`${zoneName}.`)).serial
      const before = await serial()
      await adapter.write(zone, [{ name, before: [], after: [cname(name)] }])
      expect(await serial()).toBe(before + 1)
      await api(`${zoneName}.`, 'PUT', { soa_edit_api: 'INCREASE' })
      await adapter.write(zone, [{ name, before: [cname(name)], after: [] }])
      expect(await serial()).toBe(before + 2)
      // The zone has no SOA-EDIT; the others are values by which PowerDNS keeps the serial.
      for (const [index, soa_edit_api] of ['SOA-EDIT', 'OFF', 'NONE', 'unknown'].entries()) {
        await api(`${zoneName}.`, 'PUT', { soa_edit_api })
        const other = `serial${index}.${zoneName}`
        await adapter.write(zone, [{ name: other, before: [], after: [cname(other)] }])
        expect(await serial(), soa_edit_api).toBe(before + 3 + index)
      }
    })

    it('warns where PowerDNS would set the serial back to the time of the change', async () => {
      const zoneName = 'example21.test'
      const { zone: before, adapter } = await hosted(zoneName)
      expect(before).toMatchObject({ origin: { mark: `the primary server ns1.${zoneName}` } })
      expect(before.warning).toBeUndefined()
      const content = `ns1.${zoneName}. hostmaster.${zoneName}. 3026113001 3600 600 86400 30`
      const records = [{ content, disabled: false }]
      const rrset = { name: `${zoneName}.`, type: 'SOA', ttl: 60, changetype: 'REPLACE', records }
      await api(`${zoneName}.`, 'PATCH', { rrsets: [rrset] })
      await api(`${zoneName}.`, 'PUT', { soa_edit_api: 'EPOCH' })
      const { zone } = await hosted(zoneName)
      expect(zone.warning).toMatch(/SOA-EDIT-API EPOCH\), which is lower than the serial it has, 3026113001/)
      // That it is so, in PowerDNS itself.
      const name = `epoch.${zoneName}`
      await adapter.write(zone, [{ name, before: [], after: [cname(name)] }])
      expect((await api(`${zoneName}.`)).serial).toBeLessThan(3026113001)
      expect((await hosted(zoneName)).zone.warning).toBeUndefined()
    })

    it('sees disabled records, and puts them back as they were', async () => {
      const zoneName = 'example23.test'
      const { adapter } = await hosted(zoneName)
      const name = `hidden.${zoneName}`
      const records = [
        { content: '"v=DMARC1; p=none"', disabled: true },
        { content: '"v=DMARC1; p=reject"', disabled: false },
      ]
      const rrset = { name: `${name}.`, type: 'TXT', ttl: 300, changetype: 'REPLACE', records }
      const alone = { ...rrset, name: `alone.${zoneName}.`, records: records.slice(0, 1) }
      await api(`${zoneName}.`, 'PATCH', { rrsets: [rrset, alone] })
      const dump = async () =>
        (await api(`${zoneName}.`)).rrsets
          .filter(({ type }: { type: string }) => type !== 'SOA')
          .map((set: object) => JSON.stringify(set))
          .sort()
      const before = await dump()
      const wanted = [name, `alone.${zoneName}`].map((each) => ({
        name: each,
        type: 'CNAME' as const,
        value: 'k.test',
      }))
      const planned = await plan(wanted, adapter, { conflict: 'replace' })
      expect(planned.items.map(({ action, before }) => [action, before[0]?.values.length])).toEqual([
        ['replace', 2],
        ['replace', 1],
      ])
      const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
      if (!journal) throw new Error('no journal')
      expect(await dump()).not.toEqual(before)
      await undo(journal, adapter)
      expect(await dump()).toEqual(before)
    })

    it('takes a record that came in between for a change, and says that nothing was done', async () => {
      const zoneName = 'example22.test'
      const late: typeof fetch = async (input, init) => {
        if (init?.method === 'PATCH') {
          const records = [{ content: '"late"', disabled: false }]
          const rrset = { name: `gap.${zoneName}.`, type: 'TXT', ttl: 60, changetype: 'REPLACE', records }
          await api(`${zoneName}.`, 'PATCH', { rrsets: [rrset] })
        }
        return fetch(input, init)
      }
      const adapter = powerDnsAdapter({ type: 'powerdns', url: server.apiUrl, apiKey: server.apiKey }, { fetch: late })
      const zone = await adapter.findZone(zoneName)
      if (!zone) throw new Error('no zone')
      const name = `gap.${zoneName}`
      await expect(adapter.write(zone, [{ name, before: [], after: [cname(name)] }])).rejects.toMatchObject({
        kind: 'changed',
      })
    })

    it('fails on a wrong API key and says so', async () => {
      await expect(connect('wrong').findZone('example0.test')).rejects.toMatchObject({ kind: 'unauthorised' })
    })

    it('fails when a name changed just before it is written', async () => {
      const adapter = connect()
      const zone = await adapter.findZone('example0.test')
      if (!zone) throw new Error('no zone')
      const name = 'mail.example0.test'
      const after = [{ name, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
      await expect(adapter.write(zone, [{ name, before: [], after }])).rejects.toMatchObject({ kind: 'changed' })
    })

    it('writes from many sides at once, each as if it were alone', async () => {
      // Four connections, as of four programs, with ten writes each: SQLite takes one at a time and refuses the others.
      const [zoneName = ''] = names
      const writers = await Promise.all(
        Array.from({ length: 4 }, async () => {
          const adapter = connect()
          const zone = await adapter.findZone(zoneName)
          if (!zone) throw new Error('no zone')
          return { adapter, zone }
        }),
      )
      const labels = Array.from({ length: 40 }, (_, index) => `many${index}.${zoneName}`)
      const cname = (name: string) => ({ name, type: 'CNAME', ttl: 60, values: ['k.test.'] })
      const write = (before: boolean, after: boolean) =>
        Promise.all(
          labels.map((name, index) => {
            const { adapter, zone } = writers[index % 4] as (typeof writers)[number]
            const change = { name, before: before ? [cname(name)] : [], after: after ? [cname(name)] : [] }
            return adapter.write(zone, [change])
          }),
        )
      await write(false, true)
      const found = await writers[0]?.adapter.read(writers[0].zone, labels)
      expect(found).toHaveLength(40)
      await write(true, false)
      expect(await writers[0]?.adapter.read(writers[0].zone, labels)).toEqual([])
    })

    it('does not write again what was written before the answer was lost', async () => {
      let patches = 0
      const lossy: typeof fetch = async (input, init) => {
        const answer = await fetch(input, init)
        if (init?.method !== 'PATCH') return answer
        patches += 1
        return new Response('Internal Server Error', { status: 500 })
      }
      const adapter = powerDnsAdapter(
        { type: 'powerdns', url: server.apiUrl, apiKey: server.apiKey },
        { fetch: lossy, sleep: async () => {} },
      )
      const zone = await adapter.findZone('example0.test')
      if (!zone) throw new Error('no zone')
      const name = 'lost.example0.test'
      await adapter.write(zone, [{ name, before: [], after: [{ name, type: 'CNAME', ttl: 60, values: ['k.test.'] }] }])
      expect(patches).toBe(1)
    })

    it('fails in the end where a write is refused again and again', async () => {
      let patches = 0
      const broken: typeof fetch = (input, init) => {
        if (init?.method !== 'PATCH') return fetch(input, init)
        patches += 1
        return Promise.resolve(new Response('Internal Server Error', { status: 500 }))
      }
      const adapter = powerDnsAdapter(
        { type: 'powerdns', url: server.apiUrl, apiKey: server.apiKey },
        { fetch: broken, sleep: async () => {} },
      )
      const zone = await adapter.findZone('example0.test')
      if (!zone) throw new Error('no zone')
      const name = 'never.example0.test'
      const after = [{ name, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
      await expect(adapter.write(zone, [{ name, before: [], after }])).rejects.toMatchObject({ kind: 'unavailable' })
      expect(patches).toBe(10)
    })

    it('gives the words of the service when it refuses a record', async () => {
      const adapter = connect()
      const zone = await adapter.findZone('example0.test')
      if (!zone) throw new Error('no zone')
      const name = 'fresh.example0.test'
      const after = [{ name, type: 'TXT', ttl: 60, values: ['unquoted'] }]
      await expect(adapter.write(zone, [{ name, before: [], after }])).rejects.toMatchObject({
        kind: 'refused',
        message: /answered 422 to PATCH .*fresh\.example0\.test/,
      })
    })
  })

  describe('by RFC 2136', () => {
    it('warns that replaced sets lose what DNS does not show', async () => {
      const adapter = rfc2136Adapter({ type: 'rfc2136', server: server.address, port: server.port, key })
      const wanted = ['_dmarc', 'new'].map((label) => ({
        name: `${label}.example20.test`,
        type: 'CNAME' as const,
        value: 'k.test',
      }))
      const { items } = await plan(wanted, adapter, { conflict: 'replace' })
      const lost = expect.stringContaining('delete disabled records and comments')
      expect(items.map(({ action, notes }) => [action, notes])).toEqual([
        ['replace', [lost]],
        ['create', []],
      ])
    })

    adapterContract(start(() => rfc2136Adapter({ type: 'rfc2136', server: server.address, port: server.port, key })))
  })
})
