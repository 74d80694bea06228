import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Nsd, startNsd } from '../../../../../test-support/nsd.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { transferZone } from '../../../../../test-support/zone-dump.ts'
import { adapterContract, contractZone } from '../../../test/adapter-contract.ts'
import { validate } from '../../../test/delv.ts'
import { thereAndBack, zoneOf } from '../../../test/there-and-back.ts'
import type { DnsAdapter } from '../../engine/types.ts'
import { execAdapter } from './adapter.ts'

// NSD takes no dynamic updates, so it is read by transfer and written by its zone files. BIND's validator is the judge.

const program = join(import.meta.dirname, '..', '..', '..', 'examples', 'exec', 'nsd-adapter.py')
const signed = 'signed.test'
const plain = 'plain.test'
const rare = [
  'mta-sts IN DHCID AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=',
  'mta-sts IN TYPE65280 \\# 4 0A000001',
  '_dmarc IN TYPE65281 \\# 2 0102',
  // What nsd-checkzone prints without a tab, and what signing makes at the top of a zone only.
  '_dmarc IN LOC 51 30 12.748 N 0 7 39.612 W 0.00m 0.00m 0.00m 0.00m',
  '_mta-sts IN CDS 12345 13 2 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971',
]
const zones = [plain, signed].map((name) => ({ name, records: [...contractZone, ...rare] }))

const connect = (nsd: Nsd, more: NodeJS.ProcessEnv = {}) => {
  const env = {
    ...process.env,
    NSD_ZONES: nsd.zonesFolder,
    NSD_PORT: `${nsd.port}`,
    NSD_RELOAD: nsd.reload,
    NSD_SIGN: nsd.sign,
    ...more,
  }
  return execAdapter({ type: 'exec', command: ['python3', program] }, { env })
}

const needs = ['nsd', 'nsd-control', 'nsd-checkzone', 'python3', 'dig', 'delv', 'dnssec-signzone']

// Each request starts half a dozen programs.
describe.skipIf(!hasPrograms(...needs))('NSD by transfer and zone file', { timeout: 120_000 }, () => {
  adapterContract(async () => {
    const nsd = await startNsd({ zones: [{ name: 'example.test', records: contractZone }] })
    const dump = () => transferZone(nsd.port, 'example.test')
    return { adapter: await connect(nsd), zone: 'example.test', dump, close: () => nsd.close() }
  })

  describe('with a signed zone', () => {
    let nsd: Nsd
    let adapter: DnsAdapter
    beforeAll(async () => {
      nsd = await startNsd({ zones, signed: [signed] })
      adapter = await connect(nsd)
    })
    afterAll(() => nsd?.close())
    const verdict = (name: string, type: string) => validate(nsd.port, signed, nsd.folder, name, type)
    const names = (zone: string) => ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls'].map((label) => `${label}.${zone}`)

    it.each([plain, signed])('exchanges every record of a name in %s, and brings all of them back', async (zone) => {
      const before = await transferZone(nsd.port, zone)
      if (zone === signed) expect(await verdict(`_dmarc.${zone}`, 'TXT')).toContain('; fully validated')
      const seen: Promise<string>[] = []
      await thereAndBack(adapter, names(zone), async () => {
        if (zone === signed) for (const name of names(zone)) seen.push(verdict(name, 'CNAME'))
        await Promise.all(seen)
      })
      for (const one of await Promise.all(seen)) expect(one).toContain('; fully validated')
      expect(seen).toHaveLength(zone === signed ? 4 : 0)
      expect(await transferZone(nsd.port, zone)).toEqual(before)
      if (zone === signed) {
        expect(await verdict(`_dmarc.${zone}`, 'TXT')).toContain('; fully validated')
        expect(await verdict(`_dmarc.${zone}`, 'CNAME')).toMatch(/negative response, fully validated/)
      }
    })

    it('touches no zone file with changes that are not loaded', async () => {
      const file = join(nsd.zonesFolder, `${plain}.zone`)
      const text = await readFile(file, 'utf8')
      await writeFile(file, `${text}by-hand.${plain}. 60 IN TXT "not loaded yet"\n`)
      const name = `new.${plain}`
      const after = [{ name, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
      const attempt = adapter.write(await zoneOf(adapter, plain), [{ name, before: [], after }])
      await expect(attempt).rejects.toMatchObject({ kind: 'changed', message: /has not loaded; load or remove them/ })
      expect(await readFile(file, 'utf8')).toContain('not loaded yet')
    })

    it('touches no zone that it would serve without signatures, or with wrong ones', async () => {
      const unsigning = await connect(nsd, { NSD_SIGN: '' })
      const change = async () => {
        const [zone, name] = [await zoneOf(unsigning, signed), `new.${signed}`]
        const after = [{ name, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
        return unsigning.write(zone, [{ name, before: [], after }])
      }
      const before = await transferZone(nsd.port, signed)
      await expect(change()).rejects.toMatchObject({ kind: 'refused', message: /served with signatures; .* NSD_SIGN/ })
      const file = join(nsd.zonesFolder, `${signed}.zone`)
      const text = await readFile(`${file}.signed`, 'utf8')
      await writeFile(file, text)
      await expect(change()).rejects.toMatchObject({ kind: 'refused', message: /is signed\. Keep it unsigned/ })
      expect(await readFile(file, 'utf8')).toBe(text)
      expect(await transferZone(nsd.port, signed)).toEqual(before)
    })
  })
})
