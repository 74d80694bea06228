import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { transferZone } from '../../../../test-support/zone-dump.ts'
import { runCaptured, serving } from '../../test/run-cli.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import type { Io } from './main.ts'

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 5).toString('base64') }
const policy = 'version: STSv1\nmode: enforce\nmx: *.mail.test\nmax_age: 604800\n'

/** The records of a host, for the key `a`. */
const host = (dmarc: string) => [
  `a.dmarc IN TXT "${dmarc}"`,
  'a.mta-sts IN A 192.0.2.9',
  'a.sts-id IN TXT "v=STSv1; id=1"',
  'a.tls-rpt IN TXT "v=TLSRPTv1; rua=mailto:in@host.test"',
]
const cnames = (to: string) => [
  `_dmarc 900 IN CNAME a.dmarc.${to}.`,
  `mta-sts 300 IN CNAME a.mta-sts.${to}.`,
  `_mta-sts 300 IN CNAME a.sts-id.${to}.`,
  `_smtp._tls 300 IN CNAME a.tls-rpt.${to}.`,
]

describe.skipIf(!hasPrograms('named', 'dig'))('dmarc-dns retarget', () => {
  let bind: DnsDaemon
  let folder: string
  beforeAll(async () => {
    bind = await startBind({
      zones: [
        { name: 'example.test', records: cnames('old.test') },
        { name: 'mixed.test', records: ['_dmarc IN CNAME a.dmarc.old.test.', '_smtp._tls IN CNAME x.other.test.'] },
        { name: 'old.test', records: host('v=DMARC1; p=reject') },
        { name: 'new.test', records: host('v=DMARC1; p=reject') },
        { name: 'weak.test', records: host('v=DMARC1; p=none') },
        { name: 'empty.test' },
      ],
      keys: [key],
    })
    folder = await mkdtemp(join(tmpdir(), 'dmarc-retarget-'))
    const config = { type: 'rfc2136', server: '127.0.0.1', port: bind.port, key }
    await writeFile(join(folder, 'dns.json'), JSON.stringify(config))
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })
  const zone = (name: string) => transferZone(bind.port, name, key)

  function run(argv: string[], more: Partial<Io> = {}) {
    const common = ['--dns', join(folder, 'dns.json'), '--journal', join(folder, 'journal')]
    const everywhere = [...common, '--stub-zone', `.=127.0.0.1:${bind.port}`]
    return runCaptured(['retarget', ...argv, ...everywhere], { policies: serving(policy), ...more })
  }

  it('moves every CNAME of the old host, waits until its TTL has run out, and looks', async () => {
    const before = await zone('example.test')
    const waits: number[] = []
    const sleep = async (milliseconds: number) => void waits.push(milliseconds)
    const move = ['example.test', '--from', 'old.test', '--to', 'new.test', '--yes', '--wait']
    const { code, out } = await run(move, { sleep })
    expect(code).toBe(0)
    expect(out).toContain('Protection stays the same.')
    expect(out).toContain('Keep old.test answering for 900 seconds after the change')
    expect(out).toContain('Resolvers give the new targets. Nothing needs old.test any more.')
    expect(waits).toEqual([900_000])
    const after = await zone('example.test')
    expect(after).toEqual(before.map((line) => line.replace(/ (a\.\S+\.)old\.test\.$/, ' $1new.test.')))
    expect(after.filter((line) => line.endsWith('.new.test.'))).toHaveLength(4)
    const back = ['example.test', '--from', 'new.test', '--to', 'old.test', '--yes']
    expect((await run(back)).code).toBe(0)
    expect(await zone('example.test')).toEqual(before)
  })

  it('changes nothing that leads elsewhere, and says so', async () => {
    const { code, out } = await run(['mixed.test', '--from', 'old.test', '--to', 'new.test', '--dry-run'])
    expect(code).toBe(1)
    expect(out).toContain('_smtp._tls.mixed.test leads to x.other.test, not to old.test; it stays as it is.')
    expect(out).toContain('mta-sts.mixed.test is no CNAME to old.test; it stays as it is.')
    expect(out).not.toMatch(/replace +_smtp/)
  })

  it('refuses where the new host does not answer yet, and where it would weaken what is live', async () => {
    const before = await zone('example.test')
    const empty = await run(['example.test', '--from', 'old.test', '--to', 'empty.test', '--yes'])
    expect(empty.code).toBe(2)
    expect(empty.out).toContain('a.dmarc.empty.test, the new target of _dmarc.example.test, has no TXT record.')
    expect(empty.out).toContain('a.mta-sts.empty.test, the new target of mta-sts.example.test, has no address.')
    const weak = await run(['example.test', '--from', 'old.test', '--to', 'weak.test', '--yes'])
    expect(weak.code).toBe(4)
    expect(await zone('example.test')).toEqual(before)
  })

  it('takes the new targets from a list as well, and prints what it plans as JSON', async () => {
    const argv = ['--from', 'old.test', '--cname', '_dmarc.example.test=a.dmarc.new.test', '--dry-run', '--json']
    const { code, out } = await run(argv)
    expect(code).toBe(1)
    const { plan, left, keepOld } = JSON.parse(out)
    expect(plan.items).toMatchObject([{ action: 'replace', record: { name: '_dmarc.example.test', ttl: 900 } }])
    expect({ left, keepOld }).toEqual({ left: [], keepOld: 900 })
  })

  it('exits with 64 where it does not know from where or where to', async () => {
    for (const argv of [
      ['example.test'],
      ['example.test', '--from', 'old.test'],
      ['--from', 'old.test', '--to', 'new.test'],
      ['example.test', '--from', 'https://old.test', '--to', 'new.test'],
      ['example.test', '--from', 'old.test', '--to', 'new.test', '--cname', '_dmarc.example.test=a.new.test'],
    ]) {
      expect((await run(argv)).code, argv.join(' ')).toBe(64)
    }
  })
})
