import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, type DnsAdapter, type Journal, memoryJournalStore, plan, undo } from '@dmarc-as-code/dns/apply'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../test-support/free-port.ts'
import { peerTitle } from './support/installing.ts'
import { pythonPeer } from './support/python.ts'

// The Route 53 of moto, which shares no code with our stand-in, filled by boto3, and octoDNS as judge: it has to find what its own
// configuration says. It only reads: moto's list of health checks lacks a field that octoDNS wants before it writes.

const peer = await pythonPeer({ 'moto[server,route53]': '5.2.5', octodns: '1.22.0', 'octodns-route53': '1.3.1' })
const zone = 'example.test'
const labels = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls']
const targets = labels.map((label) => ({
  name: `${label}.${zone}`,
  type: 'CNAME' as const,
  value: `${label.replaceAll(/[_.]/g, '')}.hosted.test`,
}))

const others = [
  'www:',
  '  type: A',
  '  ttl: 60',
  '  values: [192.0.2.1, 192.0.2.2]',
  "'':",
  '  type: MX',
  '  ttl: 60',
  '  values:',
  '  - {exchange: mx.example.test., preference: 10}',
]
const before = [
  '_dmarc:',
  '  type: TXT',
  '  ttl: 60',
  '  value: v=DMARC1\\; p=reject\\; rua=mailto:a@example.test',
  '_mta-sts:',
  '  type: TXT',
  '  ttl: 60',
  '  values: ["v=STSv1\\\\; id=1", "another text"]',
  'mta-sts:',
  '- type: A',
  '  ttl: 60',
  '  value: 192.0.2.9',
  '- type: AAAA',
  '  ttl: 60',
  '  value: 2001:db8::9',
  '_smtp._tls:',
  '  type: CNAME',
  '  ttl: 900',
  '  value: old.provider.test.',
]

/** Makes the zone and its records with boto3. Moto never takes the same CREATE twice, as undo would send it: hence UPSERT. */
const fill = `
import boto3, json, sys
client = boto3.client("route53", aws_access_key_id="test", aws_secret_access_key="test")
zone = client.create_hosted_zone(Name="${zone}", CallerReference="1")["HostedZone"]["Id"]
changes = [{"Action": "UPSERT", "ResourceRecordSet": {"Name": name, "Type": kind, "TTL": ttl, "ResourceRecords": [{"Value": value} for value in values]}} for name, kind, ttl, values in json.load(sys.stdin)]
client.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
`
const filled = [
  [zone, 'MX', 60, ['10 mx.example.test.']],
  [`www.${zone}`, 'A', 60, ['192.0.2.1', '192.0.2.2']],
  [`_dmarc.${zone}`, 'TXT', 60, ['"v=DMARC1; p=reject; rua=mailto:a@example.test"']],
  [`_mta-sts.${zone}`, 'TXT', 60, ['"v=STSv1; id=1"', '"another text"']],
  [`mta-sts.${zone}`, 'A', 60, ['192.0.2.9']],
  [`mta-sts.${zone}`, 'AAAA', 60, ['2001:db8::9']],
  [`_smtp._tls.${zone}`, 'CNAME', 900, ['old.provider.test.']],
]

describe.skipIf(!peer.available)(peerTitle('moto 5.2.5 and octoDNS 1.22.0', peer), () => {
  let moto: ChildProcess
  let folder: string
  let endpoint: string
  let adapter: DnsAdapter
  let journal: Journal | undefined

  beforeAll(async () => {
    if (!peer.available) return
    folder = await mkdtemp(join(tmpdir(), 'route53-peer-'))
    await mkdir(join(folder, 'zones'))
    const port = await freePort()
    endpoint = `http://127.0.0.1:${port}`
    moto = spawn(join(peer.bin, 'moto_server'), ['-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' })
    await answering(endpoint)
    const config = [
      'providers:',
      '  files: { class: octodns.provider.yaml.YamlProvider, directory: ./zones, enforce_order: false }',
      '  route53: { class: octodns_route53.Route53Provider, access_key_id: test, secret_access_key: test }',
      'zones:',
      `  ${zone}.: { sources: [files], targets: [route53] }`,
    ]
    await writeFile(join(folder, 'config.yaml'), config.join('\n'))
    const script = promisify(execFile)(peer.python, ['-c', fill], { env: environment() })
    script.child.stdin?.end(JSON.stringify(filled))
    await script
    adapter = await createAdapter({ type: 'route53', endpoint, accessKeyId: 'test', secretAccessKey: 'test' })
  })
  afterAll(async () => {
    await adapter?.close?.()
    moto?.kill()
    if (folder) await rm(folder, { recursive: true })
  })

  const environment = () => ({ ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_DEFAULT_REGION: 'us-east-1' })

  const keep = (records: readonly string[]) =>
    writeFile(join(folder, 'zones', `${zone}.yaml`), `${['---', ...others, ...records].join('\n')}\n`)

  /** What octoDNS would change. */
  async function sync(): Promise<string> {
    if (!peer.available) throw new Error(peer.why)
    const args = ['--config-file', join(folder, 'config.yaml'), '--force']
    const { stdout, stderr } = await promisify(execFile)(join(peer.bin, 'octodns-sync'), args, {
      cwd: folder,
      env: environment(),
    })
    return stdout + stderr
  }

  /** What `dmarc-dns print` writes for the CNAMEs. */
  async function print(...more: string[]): Promise<string> {
    const program = join(import.meta.dirname, '..', 'packages', 'dns', 'bin', 'dmarc-dns.js')
    const cnames = targets.flatMap(({ name, value }) => ['--cname', `${name}=${value}`])
    const args = ['--conditions=@dmarc-as-code/source', '--no-warnings', program, 'print', ...cnames, ...more]
    return (await promisify(execFile)(process.execPath, args)).stdout
  }

  it('finds no difference between its configuration and the zone before', async () => {
    await keep(before)
    expect(await sync()).toContain('No changes were planned')
  })

  it('finds the CNAMEs that we wrote as "print --format octodns" says them, and nothing else changed', async () => {
    const planned = await plan(targets, adapter, { conflict: 'replace' })
    expect(planned.items.map(({ action }) => action)).toEqual(Array(4).fill('replace'))
    journal = (await apply(planned, adapter, { journals: memoryJournalStore(), allowWeaker: 'a test' })).journal
    const printed = await print('--format', 'octodns', '--zone', zone)
    await keep(printed.split('\n').filter((line) => !line.startsWith('---') && !line.startsWith('#')))
    expect(await sync()).toContain('No changes were planned')
  })

  it('finds its own zone again after undo', async () => {
    if (!journal) throw new Error('no journal')
    await keep(before)
    expect(await sync()).not.toContain('No changes were planned')
    await undo(journal, adapter)
    expect(await sync()).toContain('No changes were planned')
  })
})

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined)
    if (answer) return
    if (tries === 300) throw new Error('moto does not answer')
    await sleep(100)
  }
}
