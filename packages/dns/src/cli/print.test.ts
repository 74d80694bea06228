import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { runCaptured } from '../../test/run-cli.ts'
import { recordFormatNames } from './record-formats.ts'

async function print(...argv: string[]) {
  const cnames = [
    '_dmarc.example.com=k3y.dmarc.hosted.example',
    '_smtp._tls.sub.example.com=k3y.tls-rpt.hosted.example',
    'mta-sts.example.org=k3y.mta-sts.hosted.example',
  ]
  const given = cnames.flatMap((cname) => ['--cname', cname])
  const zones = ['--zone', 'example.com', '--zone', 'example.org']
  return runCaptured(['print', ...given, ...zones, ...argv])
}

const labels = { 'example.com': ['_dmarc', '_smtp._tls.sub'], 'example.org': ['mta-sts'] }

describe('dmarc-dns print', () => {
  it.each(recordFormatNames)('writes every record as %s, and nothing else', async (format) => {
    const { code, out, err } = await print('--format', format, '--ttl', '600')
    expect([code, err]).toEqual([0, ''])
    for (const target of ['k3y.dmarc', 'k3y.tls-rpt', 'k3y.mta-sts'])
      expect(out.split(`${target}.hosted.example`)).toHaveLength(2)
    expect(out.match(/600/g)).toHaveLength(3)
  })

  it.skipIf(!hasPrograms('named-checkzone'))('writes zone text that BIND takes', async () => {
    const { out } = await print('--format', 'zone')
    const folder = await mkdtemp(join(tmpdir(), 'print-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const [zone, own] of Object.entries(labels)) {
      const [, part = ''] = out.split(`$ORIGIN ${zone}.\n`)
      const head = `$TTL 60\n@ IN SOA ns1 hostmaster 1 3600 600 86400 30\n@ IN NS ns1\nns1 IN A 192.0.2.1\n`
      const file = join(folder, zone)
      await writeFile(file, `${head}${part.split('\n\n')[0]}\n`)
      const { stdout } = await promisify(execFile)('named-checkzone', ['-D', zone, file])
      for (const label of own)
        expect(stdout).toMatch(new RegExp(`^${label}\\.${zone}\\.\\s+300 IN CNAME\\s+k3y\\.`, 'm'))
    }
  })

  it('writes JavaScript that DNSControl runs', async () => {
    const { out } = await print('--format', 'dnscontrol')
    const seen: unknown[] = []
    // The four functions that DNSControl gives to its configuration.
    runInNewContext(out, {
      D_EXTEND: (zone: string, ...records: unknown[]) => seen.push([zone, records]),
      CNAME: (...parts: unknown[]) => parts,
      TTL: (seconds: number) => seconds,
    })
    expect(seen).toEqual([
      [
        'example.com',
        [
          ['_dmarc', 'k3y.dmarc.hosted.example.', 300],
          ['_smtp._tls.sub', 'k3y.tls-rpt.hosted.example.', 300],
        ],
      ],
      ['example.org', [['mta-sts', 'k3y.mta-sts.hosted.example.', 300]]],
    ])
  })

  it('writes one YAML document a zone for octoDNS, sorted by name', async () => {
    const { out } = await print('--format', 'octodns')
    expect(out).toBe(
      [
        '# example.com.yaml',
        '---',
        '_dmarc:',
        '  ttl: 300',
        '  type: CNAME',
        '  value: k3y.dmarc.hosted.example.',
        '_smtp._tls.sub:',
        '  ttl: 300',
        '  type: CNAME',
        '  value: k3y.tls-rpt.hosted.example.',
        '',
        '# example.org.yaml',
        '---',
        'mta-sts:',
        '  ttl: 300',
        '  type: CNAME',
        '  value: k3y.mta-sts.hosted.example.',
        '',
      ].join('\n'),
    )
  })

  it('writes the columns of Cloudflare and the local value of Terraform', async () => {
    expect((await print('--format', 'cloudflare-csv')).out.split('\n').slice(0, 2)).toEqual([
      'Type,Name,Content,TTL,Proxied',
      'CNAME,_dmarc.example.com,k3y.dmarc.hosted.example,300,false',
    ])
    expect((await print('--format', 'terraform')).out).toContain(
      '    "_dmarc.example.com"         = { zone = "example.com", name = "_dmarc", type = "CNAME", value = "k3y.dmarc.hosted.example.", ttl = 300 }\n',
    )
  })

  // That Terraform makes the records of it is shown with the stand-in for Route 53.
  it.skipIf(!hasPrograms('terraform'))('writes for Terraform what "terraform fmt" leaves as it is', async () => {
    const { out } = await print('--format', 'terraform')
    const run = promisify(execFile)('terraform', ['fmt', '-'])
    run.child.stdin?.end(out)
    expect((await run).stdout).toBe(out)
  })

  it.skipIf(!hasPrograms('named'))(
    'prints no domain that is not registered into the zone of its registry',
    async () => {
      const registry = await startBind({ zones: [{ name: 'net', records: [] }] })
      onTestFinished(() => registry.close())
      const stub = ['--stub-zone', `net=127.0.0.1:${registry.port}`]
      const { code, out, err } = await print('--cname', '_dmarc.expired.net=k3y.dmarc.hosted.example', ...stub)
      expect([code, out]).toEqual([64, ''])
      expect(err).toContain('expired.net is not registered, or its registration has expired')
    },
  )

  it('takes the longest zone given, and refuses an unknown format', async () => {
    expect((await print('--zone', 'sub.example.com', '--json')).out).toContain('"zone": "sub.example.com"')
    expect(await print('--format', 'bind9')).toMatchObject({
      code: 64,
      err: /--format has an unknown value; expected one of zone/,
    })
  })
})
