import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, mailView, memoryJournalStore, plan } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind, type TsigKey } from '../test-support/bind.ts'
import { hasPrograms } from '../test-support/programs.ts'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

// The recipe "Handing over a record that another tool manages" of packages/dns/README.md.

const peer = hasPrograms('named')
  ? await pythonPeer({ octodns: '1.22.0', 'octodns-bind': '1.1.0' })
  : { available: false as const, why: 'named is not installed' }
const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 7).toString('base64') }
const zone = 'example.test'
const name = `_dmarc.${zone}`
const target = 'k3y.dmarc.hosted.test'
const record = 'v=DMARC1; p=reject'

describe.skipIf(!peer.available)(peerTitle('octoDNS 1.22.0', peer), () => {
  let bind: DnsDaemon
  let folder: string
  const client = createDnsClient()
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'octodns-'))
    await mkdir(join(folder, 'zones'))
  })
  beforeEach(async () => {
    await bind?.close()
    const hosted = [`k3y.dmarc IN TXT "${record}"`]
    bind = await startBind({
      zones: [
        { name: zone, records: [`_dmarc IN TXT "${record}"`] },
        { name: 'hosted.test', records: hosted },
      ],
      keys: [key],
    })
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })

  async function configure(processors: string[], dmarc: string[]): Promise<void> {
    const config = [
      'providers:',
      '  files: { class: octodns.provider.yaml.YamlProvider, directory: ./zones, enforce_order: false }',
      '  bind:',
      '    class: octodns_bind.Rfc2136Provider',
      `    host: 127.0.0.1`,
      `    port: ${bind.port}`,
      '    timeout: 5',
      `    key_name: ${key.name}`,
      `    key_secret: ${key.secret}`,
      '    key_algorithm: hmac-sha256',
      'processors:',
      '  not-ours:',
      '    class: octodns.processor.filter.NameRejectlistFilter',
      `    rejectlist: [_dmarc]`,
      'zones:',
      `  ${zone}.:`,
      '    sources: [files]',
      '    targets: [bind]',
      `    processors: [${processors.join(', ')}]`,
    ]
    await writeFile(join(folder, 'config.yaml'), config.join('\n'))
    const records = ['---', "'':", '  type: NS', '  ttl: 60', `  values: [ns1.${zone}.]`, ...dmarc]
    records.push('ns1:', '  type: A', '  ttl: 60', '  value: 127.0.0.1')
    await writeFile(join(folder, 'zones', `${zone}.yaml`), `${records.join('\n')}\n`)
  }
  const txt = ['_dmarc:', '  type: TXT', '  ttl: 60', `  value: v=DMARC1\\; p=reject`]

  /** What octoDNS plans and, with `doit`, does. */
  async function sync(...more: string[]): Promise<string> {
    if (!peer.available) throw new Error(peer.why)
    const { stdout, stderr } = await promisify(execFile)(
      join(peer.bin, 'octodns-sync'),
      ['--config-file', join(folder, 'config.yaml'), '--force', ...more],
      { cwd: folder },
    )
    return stdout + stderr
  }

  /** Everything that is answered at `_dmarc` while `run` runs. */
  async function watching(run: () => Promise<unknown>): Promise<string[]> {
    const seen = new Set<string>()
    let done = false
    const look = (async () => {
      while (!done) {
        const { answers } = await client.query({ name, type: 'TXT' }, { address: '127.0.0.1', port: bind.port })
        seen.add(
          answers
            .filter((answer) => answer.name === name)
            .map(({ type }) => type)
            .join() || 'nothing',
        )
      }
    })()
    await run()
    done = true
    await look
    return [...seen].sort()
  }

  it('leaves a name alone once it is on the list of names that are not its own, and the change has no gap', async () => {
    await configure([], txt)
    expect(await sync()).toContain('No changes were planned')
    await configure(['not-ours'], [])
    expect(await sync('--doit')).toContain('No changes were planned')

    const servers = [{ address: '127.0.0.1', port: bind.port }]
    const adapter = await createAdapter({ type: 'rfc2136', server: '127.0.0.1', port: bind.port, key })
    const view = mailView(createResolver({ client, stubZones: [{ zone: '.', servers }], recursors: [] }))
    const planned = await plan([{ name, type: 'CNAME', value: target }], adapter, { conflict: 'replace', view })
    expect(planned.verdict.words).toBe('Protection stays the same.')
    expect(await watching(() => apply(planned, adapter, { journals: memoryJournalStore() }))).toEqual(['CNAME', 'TXT'])

    expect(await sync('--doit')).toContain('No changes were planned')
    expect(await watching(async () => {})).toEqual(['CNAME'])
  })

  it('makes the change itself where the CNAME stands in its file', async () => {
    await configure([], ['_dmarc:', '  type: CNAME', '  ttl: 300', `  value: ${target}.`])
    // One message for all changes of a zone; services without that leave the name empty in between.
    expect(await watching(() => sync('--doit'))).toEqual(['CNAME', 'TXT'])
    expect(await watching(async () => {})).toEqual(['CNAME'])
    expect(await sync()).toContain('No changes were planned')
  })
})
