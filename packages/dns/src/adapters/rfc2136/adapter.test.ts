import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../../test-support/bind.ts'
import { startKnot } from '../../../../../test-support/knot.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { transferZone } from '../../../../../test-support/zone-dump.ts'
import { adapterContract, contractZone } from '../../../test/adapter-contract.ts'
import type { TsigKey } from '../../rfc2136/tsig.ts'
import { rfc2136Adapter } from './adapter.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const names = Array.from({ length: 12 }, (_, index) => `example${index}.test`)

const servers = [
  { program: 'named', label: 'BIND', start: startBind },
  { program: 'knotd', label: 'Knot', start: startKnot },
] as const

for (const { program, label, start } of servers) {
  describe.skipIf(!hasPrograms(program, 'dig'))(`RFC 2136 against ${label}`, () => {
    let daemon: DnsDaemon
    let next = 0
    beforeAll(async () => {
      daemon = await start({ zones: names.map((name) => ({ name, records: contractZone })), keys: [key] })
    })
    afterAll(() => daemon?.close())

    adapterContract(async () => {
      // One server for all tests, one zone for each.
      const zone = names[next++]
      if (!zone) throw new Error('more tests than zones')
      const adapter = rfc2136Adapter({ type: 'rfc2136', server: daemon.address, port: daemon.port, key })
      return { adapter, zone, dump: () => transferZone(daemon.port, zone, key), close: async () => {} }
    })

    it('neither reads nor writes a zone that its settings leave out, such as that of a journal', async () => {
      const settings = { type: 'rfc2136', server: daemon.address, port: daemon.port, key } as const
      const zone = { id: 'example0.test', name: 'example0.test' }
      const adapter = rfc2136Adapter({ ...settings, zones: ['Example1.test.'] })
      const refused = {
        kind: 'forbidden',
        message: /example0\.test is not among the zones of these settings \(example1\.test\)/,
      }
      await expect(adapter.read(zone, ['_dmarc.example0.test'])).rejects.toMatchObject(refused)
      await expect(adapter.list?.(zone)).rejects.toMatchObject(refused)
      const after = [{ name: 'x.example0.test', type: 'CNAME', ttl: 60, values: ['k.test.'] }]
      await expect(adapter.write(zone, [{ name: 'x.example0.test', before: [], after }])).rejects.toMatchObject(refused)
    })

    it('names the cause when the signature is refused, and the clock difference', async () => {
      const zone = 'example0.test'
      const ask = (wrong: Partial<TsigKey>, clock = Date.now) =>
        rfc2136Adapter(
          { type: 'rfc2136', server: daemon.address, port: daemon.port, key: { ...key, ...wrong } },
          { clock },
        ).findZone(zone)
      await expect(ask({ secret: 'AAAA' })).rejects.toMatchObject({ kind: 'unauthorised', message: /BADSIG.*secret/s })
      await expect(ask({ name: 'other' })).rejects.toMatchObject({ kind: 'unauthorised', message: /BADKEY/ })
      await expect(ask({}, () => Date.now() - 3_600_000)).rejects.toMatchObject({
        kind: 'unauthorised',
        message: /BADTIME; its clock is (3599|3600|3601) s ahead of ours/,
      })
    })
  })
}
