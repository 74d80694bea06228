import { spawn } from 'node:child_process'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { linesOf, transferZone } from '../../../../test-support/zone-dump.ts'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { rfc2136Adapter } from '../adapters/rfc2136/adapter.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import { apply } from './apply.ts'
import { memoryJournalStore } from './journal.ts'
import { plan } from './plan.ts'
import type { DnsAdapter, RecordSet, WantedRecord } from './types.ts'
import { undo } from './undo.ts'

// The promise that matters most: whatever a zone holds, applying and undoing touches the planned names only, and undoing
// leaves every record exactly as it was.

const zone = 'example.test'
const wanted: WantedRecord[] = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls'].map((label) => ({
  name: `${label}.${zone}`,
  type: 'CNAME',
  value: `key.${label.replace(/[_.]/g, '')}.hosted.test`,
}))

const text = fc.array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: 1, maxLength: 200 })
const quoted = text.map((codes) => `"${String.fromCharCode(...codes).replace(/(["\\])/g, '\\$1')}"`)
const address = fc.tuple(fc.nat(255), fc.nat(255)).map(([third, fourth]) => `192.0.${third}.${fourth}`)
const host = fc.constantFrom('a.other.test.', 'MixedCase.other.test.', 'b.c.other.test.')
const ttl = fc.integer({ min: 1, max: 86_400 })
const values = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(value, { minLength: 1, maxLength: 3 })

// What one name can hold: a CNAME alone, or any mixture of other types.
const content: fc.Arbitrary<Omit<RecordSet, 'name'>[]> = fc.oneof(
  fc.record({ ttl, host }).map(({ ttl, host }) => [{ type: 'CNAME', ttl, values: [host] }]),
  fc
    .record(
      {
        txt: values(quoted),
        a: values(address),
        mx: values(host),
        unknown: fc.nat(0xffff),
        ttls: fc.tuple(ttl, ttl, ttl, ttl),
      },
      { requiredKeys: ['ttls'] },
    )
    .map(({ txt, a, mx, unknown, ttls }) => {
      const sets: Omit<RecordSet, 'name'>[] = []
      if (txt) sets.push({ type: 'TXT', ttl: ttls[0], values: txt })
      if (a) sets.push({ type: 'A', ttl: ttls[1], values: a })
      if (mx) sets.push({ type: 'MX', ttl: ttls[2], values: mx.map((exchange, index) => `${index} ${exchange}`) })
      if (unknown !== undefined)
        sets.push({ type: 'TYPE65280', ttl: ttls[3], values: [`\\# 2 ${unknown.toString(16).padStart(4, '0')}`] })
      return sets
    }),
)
const owner = fc.constantFrom(
  '_dmarc',
  'mta-sts',
  '_mta-sts',
  '_smtp._tls',
  '_tls',
  '*',
  '*._tls',
  'www',
  'x._dmarc',
  'mta-sts.deep',
)
const zoneContent = fc
  .uniqueArray(fc.tuple(owner, content), { selector: ([name]) => name, maxLength: 8 })
  .map((names) => names.flatMap(([name, sets]) => sets.map((set): RecordSet => ({ ...set, name: `${name}.${zone}` }))))
const subset = fc.subarray(wanted, { minLength: 1 })

async function holds(adapter: DnsAdapter, records: WantedRecord[], dump: () => Promise<string[]>) {
  const before = await dump()
  const journals = memoryJournalStore()
  const { journal } = await apply(await plan(records, adapter, { conflict: 'replace' }), adapter, { journals })
  const planned = (line: string) => records.some(({ name }) => line.startsWith(`${name}. `))
  expect((await dump()).filter((line) => !planned(line))).toEqual(before.filter((line) => !planned(line)))
  if (journal) await undo(journal, adapter, { journals })
  expect(await dump()).toEqual(before)
}

describe('every other record', () => {
  it('stays as it is in the reference, whatever the zone holds and whatever the service can do', async () => {
    const ability = fc.boolean()
    const abilities = fc.record({ canApplyAllAtomically: ability, canReplaceAtomically: ability })
    await fc.assert(
      fc.asyncProperty(zoneContent, subset, abilities, async (sets, records, able) => {
        const adapter = memoryAdapter({ zones: { [zone]: sets }, abilities: able })
        await holds(adapter, records, async () => linesOf(adapter.dump(zone)))
      }),
    )
  })

  describe.skipIf(!hasPrograms('named', 'dig', 'nsupdate'))('in BIND', () => {
    const key: TsigKey = { name: 'k', algorithm: 'hmac-sha512', secret: Buffer.alloc(64, 5).toString('base64') }
    let bind: DnsDaemon
    beforeAll(async () => {
      bind = await startBind({
        zones: [{ name: zone }],
        keys: [key],
        zoneOptions: { [zone]: 'check-names ignore;' },
      })
    })
    afterAll(() => bind?.close())

    it('stays as it is, byte for byte, in a zone transfer', async () => {
      const adapter = rfc2136Adapter({ type: 'rfc2136', server: bind.address, port: bind.port, key })
      const dump = () => transferZone(bind.port, zone, key)
      await fc.assert(
        fc.asyncProperty(zoneContent, subset, async (sets, records) => {
          await fillZone(bind.port, key, sets)
          await holds(adapter, records, dump)
        }),
        { numRuns: 20 },
      )
    }, 60_000)
  })
})

/** Makes the zone hold these sets, with nsupdate: a client that shares no code with ours. */
async function fillZone(port: number, key: TsigKey, sets: readonly RecordSet[]): Promise<void> {
  const names = [
    '_dmarc',
    'mta-sts',
    '_mta-sts',
    '_smtp._tls',
    '_tls',
    '*',
    '*._tls',
    'www',
    'x._dmarc',
    'mta-sts.deep',
  ]
  const script = [
    `server 127.0.0.1 ${port}`,
    `zone ${zone}`,
    // Addresses at names with an underscore are no host names, yet people have them.
    'check-names no',
    ...names.map((name) => `update delete ${name}.${zone}`),
    ...sets.flatMap((set) => set.values.map((value) => `update add ${set.name} ${set.ttl} ${set.type} ${value}`)),
    'send',
    '',
  ].join('\n')
  const child = spawn('nsupdate', ['-v', '-y', `${key.algorithm}:${key.name}:${key.secret}`])
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stdin.end(script)
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`nsupdate: ${output}`)
}
