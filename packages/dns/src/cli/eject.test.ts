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

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 9).toString('base64') }
const dmarc = 'v=DMARC1; p=reject; rua=mailto:in@hosted.test'

describe.skipIf(!hasPrograms('named', 'dig'))('dmarc-dns eject', () => {
  let bind: DnsDaemon
  let folder: string
  beforeAll(async () => {
    bind = await startBind({
      zones: [
        {
          name: 'example.test',
          records: [
            '_dmarc 120 IN CNAME key.dmarc.hosted.test.',
            'mta-sts IN CNAME key.mta-sts.hosted.test.',
            '_mta-sts IN CNAME key.sts-id.hosted.test.',
          ],
        },
        { name: 'dangling.test', records: ['_dmarc IN CNAME gone.hosted.test.'] },
        { name: 'bare.test' },
        { name: 'hosted.test', records: [`key.dmarc IN TXT "${dmarc}"`, 'key.mta-sts IN A 192.0.2.9'] },
      ],
      keys: [key],
    })
    folder = await mkdtemp(join(tmpdir(), 'dmarc-eject-'))
    await writeFile(
      join(folder, 'dns.json'),
      JSON.stringify({ type: 'rfc2136', server: '127.0.0.1', port: bind.port, key }),
    )
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })

  function run(argv: string[], more: Partial<Io> = {}) {
    const everywhere = ['--journal', join(folder, 'journal'), '--stub-zone', `.=127.0.0.1:${bind.port}`]
    const policies = serving('version: STSv1\nmode: enforce\nmx: *.mail.test\nmax_age: 604800\n')
    return runCaptured([...argv, ...everywhere], { policies, ...more })
  }
  const dns = () => ['--dns', join(folder, 'dns.json')]

  it('shows what would change, what it means, and how long the host must stay', async () => {
    const before = await transferZone(bind.port, 'example.test', key)
    const { code, out } = await run(['eject', 'example.test', '--dry-run', ...dns()])
    expect(code).toBe(1)
    expect(out.split('\n')[0]).toBe('Protection stays the same.')
    expect(out).toContain(`replace  _dmarc.example.test  ${dmarc}`)
    expect(out).toContain('Keep the hosting on for 120 seconds')
    expect(out).toContain('MTA-STS of example.test stays where it is hosted')
    expect(await transferZone(bind.port, 'example.test', key)).toEqual(before)
  })

  it('writes the record, sees it in the DNS, and undoes it', async () => {
    const before = await transferZone(bind.port, 'example.test', key)
    const { code, out } = await run(['eject', 'example.test', '--yes', ...dns()])
    expect(code).toBe(0)
    expect(out).toContain("The zone's servers answer with every record.")
    const during = await transferZone(bind.port, 'example.test', key)
    expect(during.filter((line) => line.startsWith('_dmarc.'))).toEqual([`_dmarc.example.test. 120 IN TXT "${dmarc}"`])
    expect((await run(['eject', 'example.test', '--yes', ...dns()])).out).toContain('Nothing to do.')
    expect((await run(['undo', ...dns()])).code).toBe(0)
    expect(await transferZone(bind.port, 'example.test', key)).toEqual(before)
  })

  it('prints the lines to enter where nothing can be written', async () => {
    const { code, out } = await run(['eject', 'example.test'])
    expect(code).toBe(1)
    expect(out).toContain(`_dmarc 120 IN TXT "${dmarc}"`)
    expect(out).toMatch(/delete +example\.test +_dmarc +CNAME +120 +key\.dmarc\.hosted\.test\./)
  })

  it('refuses to copy what is not there, and does not ask without a terminal', async () => {
    const dangling = await run(['eject', 'dangling.test', '--json', '--yes', ...dns()])
    expect(dangling.code).toBe(2)
    expect(JSON.parse(dangling.out).plan.items).toMatchObject([{ action: 'blocked', reason: 'nothing-to-copy' }])
    expect((await run(['eject', 'example.test', ...dns()])).code).toBe(64)
    expect((await run(['eject', 'bare.test', '--yes', ...dns()])).out).toContain('There is no record at _dmarc')
  })
})
