import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { transferZone } from '../../../../test-support/zone-dump.ts'
import { contractZone } from '../../test/adapter-contract.ts'
import { type CliRun, runCaptured, serving } from '../../test/run-cli.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'
import type { DnsRecord } from '../wire/types.ts'
import type { Io } from './main.ts'

const key: TsigKey = {
  name: 'k',
  algorithm: 'hmac-sha256',
  secret: Buffer.from('canary-canary-canary-canary-1234').toString('base64'),
}
const hosted = ['dmarc', 'mta-sts', 'sts-id', 'tls-rpt']
const labels = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls']
const cnames = (zone: string) =>
  labels.map((label, index) => ({ name: `${label}.${zone}`, value: `key.${hosted[index]}.hosted.test` }))
const done = labels.map((label, index) => `${label} IN CNAME key.${hosted[index]}.hosted.test.`)

function run(argv: string[], more: Partial<Io> = {}): Promise<CliRun> {
  const policies = serving('version: STSv1\nmode: enforce\nmx: *.mail.test\nmx: mx.example.test\nmax_age: 604800\n')
  return runCaptured(argv, { policies, ...more })
}

describe.skipIf(!hasPrograms('named', 'dig'))('dmarc-dns against BIND', () => {
  let bind: DnsDaemon
  let folder: string
  let anywhere: string[]
  const fleet = Array.from({ length: 25 }, (_, index) => `fleet${index}.test`)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dmarc-dns-'))
    bind = await startBind({
      zones: [
        { name: 'open.test', records: contractZone },
        { name: 'done.test', records: done },
        { name: 'bare.test' },
        {
          name: 'hosted.test',
          records: [
            'key.dmarc IN TXT "v=DMARC1; p=reject"',
            'key.mta-sts IN A 192.0.2.9',
            'key.sts-id IN TXT "v=STSv1; id=1"',
            'key.tls-rpt IN TXT "v=TLSRPTv1; rua=mailto:a@hosted.test"',
          ],
        },
        {
          name: 'dangling.test',
          records: labels.map((label) => `${label} IN CNAME gone.hosted.test.`),
        },
        {
          name: 'twice.test',
          records: [
            '_dmarc IN TXT "v=DMARC1; p=none"',
            '_dmarc IN TXT "v=DMARC1; p=reject"',
            '_mta-sts IN TXT "v=STSv1; id=1"',
            '_mta-sts IN TXT "v=STSv1; id=2"',
            '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:a@twice.test"',
            '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:b@twice.test"',
          ],
        },
        { name: 'wild.test', records: ['* IN TXT "v=DMARC1; p=reject"'] },
        {
          name: 'new-mx.test',
          records: ['@ IN MX 10 a.mail.test.', '@ IN MX 20 b.other.test.', 'mta-sts IN A 192.0.2.1'],
        },
        { name: 'at-ovh.test', records: ['@ IN NS dns1.ovh.net.'] },
        { name: 'at-cloudflare.test', records: ['@ IN NS ada.ns.cloudflare.com.'] },
        {
          name: 'own.test',
          records: [
            '_dmarc IN TXT "v=DMARC1; p=reject"',
            '_mta-sts IN TXT "v=STSv1; id=1"',
            'mta-sts IN A 192.0.2.1',
            '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:a@own.test"',
          ],
        },
        ...fleet.map((name, index) => ({ name, records: index % 5 === 0 ? [] : done })),
      ],
      keys: [key],
    })
    anywhere = ['--stub-zone', `.=127.0.0.1:${bind.port}`]
    await writeFile(
      join(folder, 'dns.json'),
      JSON.stringify({ type: 'rfc2136', server: '127.0.0.1', port: bind.port, key }),
    )
    await writeFile(join(folder, 'open.json'), JSON.stringify({ cname_records: cnames('open.test') }))
    await writeFile(
      join(folder, 'fleet.json'),
      JSON.stringify({ domains: fleet.map((name) => ({ cname_records: cnames(name) })) }),
    )
    await writeFile(join(folder, 'fleet.txt'), `# ours\n${fleet.join('\n')}\n\nfleet0.test # again\n`)
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })
  const file = (name: string) => join(folder, name)

  it('check shows what is there, and is content with records of one’s own', async () => {
    const { code, out } = await run(['check', 'own.test', ...anywhere])
    expect(code).toBe(0)
    expect(out).toContain('own.test lies in zone own.test')
    expect(out).toMatch(/_dmarc\.own\.test +present +TXT "v=DMARC1; p=reject"/)
  })

  it('check says what is missing, with exit code 1, and as JSON', async () => {
    const { code, out } = await run(['check', 'BARE.test.', '--json', ...anywhere])
    expect(code).toBe(1)
    const report = JSON.parse(out)
    expect(report).toMatchObject({ domain: 'bare.test', ok: false, zone: 'bare.test' })
    expect(report.records.map((record: { status: string }) => record.status)).toEqual(Array(4).fill('missing'))
  })

  const statuses = async (domain: string, more: Partial<Io> = {}, ...argv: string[]) => {
    const { code, out } = await run(['check', domain, '--json', ...argv, ...anywhere], more)
    const { records } = JSON.parse(out) as {
      records: { kind: string; status: string; reason?: string; message: string }[]
    }
    return { code, records: Object.fromEntries(records.map((record) => [record.kind, record])) }
  }

  it('check does not take a CNAME that leads nowhere for a record', async () => {
    const { code, records } = await statuses('dangling.test')
    expect(code).toBe(1)
    for (const kind of ['dmarc', 'mta_sts_id', 'tls_rpt', 'mta_sts_policy']) {
      expect(records[kind]).toMatchObject({
        status: 'invalid',
        reason: 'dangling',
        message: /gone\.hosted\.test, which has no/,
      })
    }
  })

  it('check finds targets that are as wanted and do not exist', async () => {
    const targets = labels.flatMap((label) => ['--cname', `${label}.dangling.test=gone.hosted.test`])
    const { code, records } = await statuses('dangling.test', {}, ...targets)
    expect(code).toBe(1)
    for (const record of Object.values(records))
      expect(record).toMatchObject({ status: 'misconfigured', reason: 'dangling' })
  })

  it('check knows that two records of a kind mean none', async () => {
    const { code, records } = await statuses('twice.test')
    expect(code).toBe(1)
    for (const kind of ['dmarc', 'mta_sts_id', 'tls_rpt']) {
      expect(records[kind]).toMatchObject({ status: 'invalid', reason: 'several-records' })
    }
  })

  it('check sees the wildcard that receivers use', async () => {
    const { records } = await statuses('wild.test')
    expect(records.dmarc).toMatchObject({ status: 'present', message: 'A wildcard record answers for this name.' })
    // The same wildcard answers for the others, and is nothing of theirs.
    expect(records.tls_rpt).toMatchObject({ status: 'invalid' })
  })

  it('check compares the MX records with the policy that is served', async () => {
    const { records } = await statuses('new-mx.test')
    expect(records.mta_sts_policy).toMatchObject({
      status: 'invalid',
      reason: 'mx-not-covered',
      message: /does not name b\.other\.test of the domain's MX records; senders that honour it deliver no mail there/,
    })
    expect((await statuses('new-mx.test', {}, '--no-fetch')).records.mta_sts_policy).toMatchObject({
      status: 'present',
    })
  })

  it('check fetches the policy file, and says why it cannot be used', async () => {
    const failing = {
      fetch: async () => ({ ok: false, reason: 'tls-expired', message: 'The certificate has expired.' }) as const,
    }
    const { code, records } = await statuses('own.test', { policies: failing })
    expect(code).toBe(1)
    expect(records.mta_sts_policy).toMatchObject({ status: 'invalid', reason: 'tls-expired' })
    const html = {
      fetch: async () => ({ ok: true, address: '', status: 200, contentType: 'text/html', body: '<html>' }) as const,
    }
    expect((await statuses('own.test', { policies: html })).records.mta_sts_policy).toMatchObject({
      reason: 'media-type',
    })
  })

  it('check says what could not be looked up, and does not call it missing', async () => {
    // Nobody here serves elsewhere.example.
    const targets = ['--cname', '_dmarc.done.test=key.dmarc.hosted.test']
    const stub = ['--stub-zone', `done.test=127.0.0.1:${bind.port}`]
    const { code, out } = await run(['check', 'done.test', '--json', ...targets, ...stub])
    expect(code).toBe(1)
    expect(JSON.parse(out).records).toMatchObject([
      { kind: 'dmarc', status: 'unknown', message: /could not be looked up/ },
    ])
  })

  it('check gives a verdict where targets are known', async () => {
    const targets = cnames('done.test').flatMap(({ name, value }) => ['--cname', `${name}=${value}`])
    expect((await run(['check', 'done.test', ...targets, ...anywhere])).code).toBe(0)
    const { code, out } = await run(['check', 'open.test', '--records', file('open.json'), ...anywhere])
    expect(code).toBe(1)
    expect(out).toMatch(/_dmarc\.open\.test +misconfigured \(txt-in-place\)/)
  })

  it('check looks at a fleet in parallel, counts on standard error, and prints a line each', async () => {
    const argv = ['check', '--fleet', file('fleet.txt'), '--records', file('fleet.json'), ...anywhere]
    const { code, out, err } = await run(argv, { terminal: true })
    expect(code).toBe(1)
    expect(out.trim().split('\n')).toHaveLength(fleet.length + 2)
    expect(out).toContain('20 right, 5 need attention, 0 could not be looked at.')
    expect(err).toContain('25 of 25 domains')
    const json = await run([...argv, '--json'])
    const reports = json.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(reports.map((report) => report.domain).sort()).toEqual([...fleet].sort())
  })

  it('check tells apart what is wrong from what could not be asked', async () => {
    const { code, out } = await run(['check', 'nowhere.invalid', ...anywhere])
    expect(code).toBe(3)
    expect(out).toContain('nowhere.invalid')
  })

  it('plan, apply and undo a whole domain, and leave the zone as it was', async () => {
    const before = await transferZone(bind.port, 'open.test', key)
    const planning = ['--dns', file('dns.json'), ...anywhere]
    const base = [...planning, '--journal', file('journal')]
    const input = ['--records', file('open.json'), '--conflict', 'replace']

    const refused = await run(['plan', '--records', file('open.json'), ...planning])
    expect(refused.code).toBe(2)
    expect(refused.out).toMatch(/conflict +_dmarc\.open\.test.*\n/)

    const consent = ['--allow-weaker', 'Reports go to the new service']
    const planned = await run(['plan', ...input, '--json', ...consent, ...planning])
    expect(planned.code).toBe(1)
    await writeFile(file('plan.json'), planned.out)
    const weaker = await run(['apply', '--plan', file('plan.json'), '--yes', ...base])
    expect(weaker.code).toBe(4)

    const silent = await run(['apply', '--plan', file('plan.json'), ...consent, ...base])
    expect(silent.code).toBe(64)
    expect(silent.err).toContain('--yes')
    const declined = await run(['apply', '--plan', file('plan.json'), ...consent, ...base], {
      confirm: async () => false,
    })
    expect(declined.code).toBe(1)
    expect(await transferZone(bind.port, 'open.test', key)).toEqual(before)

    const applied = await run(['apply', '--plan', file('plan.json'), '--yes', ...consent, ...base])
    expect(applied.err).toBe('')
    expect(applied.code).toBe(0)
    expect(applied.out).toContain("The zone's servers answer with every record.")
    const again = JSON.parse((await run(['apply', ...input, '--json', ...base])).out)
    expect(again.items).toEqual(
      cnames('open.test').map(({ name, value }) => ({ name, value, outcome: 'unchanged', visible: 'yes' })),
    )
    const [, id = ''] = /dmarc-dns undo (\S+)/.exec(applied.out) ?? []
    expect((await run(['check', 'open.test', '--records', file('open.json'), ...anywhere])).code).toBe(0)
    expect((await run(['plan', ...input, ...planning])).code).toBe(0)
    expect((await run(['undo', '--list', ...base])).out).toMatch(new RegExp(`${id} .* applied +rfc2136`))

    expect((await run(['undo', id, ...base])).code).toBe(4)
    const undone = await run(['undo', id, '--allow-weaker', 'Back to the old provider', ...base])
    expect(undone.code).toBe(0)
    expect(await transferZone(bind.port, 'open.test', key)).toEqual(before)
    expect((await run(['undo', ...base])).err).toContain('nothing to undo')
    for (const { out, err } of [refused, planned, applied, undone]) expect(out + err).not.toContain(key.secret)
  })

  it('apply offers to skip what conflicts, and says what was left', async () => {
    const before = await transferZone(bind.port, 'open.test', key)
    const bare = await transferZone(bind.port, 'bare.test', key)
    await writeFile(file('mixed.json'), JSON.stringify([...cnames('open.test'), ...cnames('bare.test')]))
    const argv = ['apply', '--records', file('mixed.json'), '--dns', file('dns.json'), '--no-fetch']
    const base = ['--journal', file('skip-journal'), ...anywhere]

    const refused = await run([...argv, '--yes', ...base])
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('To apply the other 4 records, add --skip-conflicts.')
    const asked: string[] = []
    const confirm = async (question: string) => {
      asked.push(question)
      return asked.length === 1
    }
    expect((await run([...argv, ...base], { confirm })).code).toBe(1)
    expect(asked).toEqual([
      'Skip 4 records that cannot be applied, and go on with the other 4?',
      'Apply these changes?',
    ])
    expect(await transferZone(bind.port, 'bare.test', key)).toEqual(bare)

    const { code, out } = await run([...argv, '--yes', '--json', '--skip-conflicts', ...base])
    expect(code).toBe(1)
    const result = JSON.parse(out)
    expect(result.items.map(({ name }: { name: string }) => name)).toEqual(cnames('bare.test').map(({ name }) => name))
    expect(result.skipped).toHaveLength(4)
    expect(result.skipped[0]).toMatchObject({ name: '_dmarc.open.test', reason: 'records-in-place' })
    expect(await transferZone(bind.port, 'open.test', key)).toEqual(before)
    const undo = ['undo', '--dns', file('dns.json'), '--allow-weaker', 'Back to nothing']
    expect((await run([...undo, ...base])).code).toBe(0)
    expect(await transferZone(bind.port, 'bare.test', key)).toEqual(bare)
  })

  it('plan restricts itself to the named domains', async () => {
    const argv = [
      'plan',
      'fleet0.test',
      '--records',
      file('fleet.json'),
      '--dns',
      file('dns.json'),
      '--json',
      ...anywhere,
    ]
    const { items } = JSON.parse((await run(argv)).out)
    expect(items.map((item: { record: { name: string } }) => item.record.name)).toEqual(
      cnames('fleet0.test').map(({ name }) => name),
    )
  })

  it('without a service it prints what to enter by hand', async () => {
    const { code, out } = await run(['apply', '--cname', '_dmarc.bare.test=key.dmarc.hosted.test', ...anywhere])
    expect(code).toBe(1)
    expect(out).toMatch(/add +bare\.test +_dmarc +CNAME +300 +key\.dmarc\.hosted\.test/)
    expect(out).toContain('$ORIGIN bare.test.\n_dmarc 300 IN CNAME key.dmarc.hosted.test.')
  })

  it('by hand, every domain of a fleet is shown in the form of its own service', async () => {
    const argv = ['--cname', 'mta-sts.at-ovh.test=k.test', '--cname', 'mta-sts.at-cloudflare.test=k.test']
    const { out } = await run(['plan', ...argv, ...anywhere])
    const [, ovh = '', cloudflare = ''] = out.split('Enter this at ')
    expect(ovh).toMatch(/^OVHcloud:\n\n.*\nadd +at-ovh\.test +mta-sts +CNAME +300 +k\.test\.\n/)
    expect(cloudflare).toMatch(/^Cloudflare:\n\n.*\nadd +at-cloudflare\.test +mta-sts +CNAME +300 +k\.test\n/)
  })

  it('undo takes names, finds the run that changed them, and refuses others', async () => {
    const journal = ['--journal', file('by-name')]
    const records = ['--cname', '_dmarc.bare.test=a.hosted.test', '--cname', '_smtp._tls.bare.test=b.hosted.test']
    const apply = await run(['apply', ...records, '--dns', file('dns.json'), '--yes', ...journal, ...anywhere])
    expect(apply.code).toBe(0)
    const undo = (...argv: string[]) => run(['undo', '--dns', file('dns.json'), ...argv, ...journal, ...anywhere])
    expect((await undo('--name', 'other.test')).err).toBe('No journal has anything left to undo at other.test.\n')
    expect((await undo('--name', '*.x')).code).toBe(64)
    expect((await undo('--name', '_dmarc.bare.test')).out).toContain('\nPut back and read back: _dmarc.bare.test\n')
    expect((await undo('--name', 'bare.test')).out).toContain('\nPut back and read back: _smtp._tls.bare.test\n')
    expect((await undo('--name', 'bare.test')).code).toBe(64)
  })

  it('by hand, a wildcard that has answered so far is named', async () => {
    const { out } = await run(['plan', '--cname', 'a.wild.open.test=k.test', ...anywhere])
    expect(out).toMatch(/\na\.wild\.open\.test: The wildcard \*\.wild\.open\.test .* answers for this name/)
  })

  it('by hand, what is in the way is listed for deletion, with exit code 2, and all of it as JSON', async () => {
    const argv = ['apply', '--cname', '_dmarc.own.test=k.test', ...anywhere]
    const { code, out } = await run(argv)
    expect(code).toBe(2)
    expect(out).toMatch(/delete +own\.test +_dmarc +TXT +\d+ +"v=DMARC1; p=reject"/)
    const machine = JSON.parse((await run([...argv, '--json'])).out)
    expect(machine).toMatchObject({
      journal: null,
      byHand: { entries: [{ step: 'delete' }, { step: 'add' }], zoneText: expect.stringContaining('IN CNAME k.test.') },
    })
  })

  it('plan counts on standard error when it takes long', async () => {
    const argv = ['plan', '--records', file('fleet.json'), '--dns', file('dns.json'), '--json', ...anywhere]
    const { err } = await run(argv, { terminal: true })
    expect(err).toContain('100 of 100 zones sought')
    expect(err).toContain('100 of 100 records read')
  })

  it('stops with code 130 when interrupted', async () => {
    const abort = new AbortController()
    abort.abort(new Error('interrupted'))
    const { code, err } = await run(['check', 'open.test', ...anywhere], { signal: abort.signal })
    expect([code, err]).toEqual([130, 'Interrupted.\n'])
  })

  it('fails with exit code 3 and the cause when the key is wrong', async () => {
    const wrong = { type: 'rfc2136', server: '127.0.0.1', port: bind.port, key: { ...key, secret: 'AAAA' } }
    await writeFile(file('wrong.json'), JSON.stringify(wrong))
    const { code, err } = await run(['plan', '--records', file('open.json'), '--dns', file('wrong.json'), ...anywhere])
    expect(code).toBe(3)
    expect(err).toMatch(/BADSIG/)
  })
})

describe('dmarc-dns connect', () => {
  const api = 'https://connect.provider.test/v2'
  const web: Record<string, object> = {
    [`${api}/bare.test/settings`]: {
      providerId: 'provider.test',
      providerName: 'Provider',
      urlSyncUX: 'https://ux.test',
      urlAPI: 'https://connect.provider.test',
    },
    [`${api}/domainTemplates/providers/h.test/services/mail`]: { version: 1 },
  }
  const get: typeof fetch = async (url) => {
    const body = web[String(url)]
    return new Response(JSON.stringify(body ?? {}), { status: body ? 200 : 404 })
  }
  const argv = [
    'connect',
    'bare.test',
    '--provider',
    'h.test',
    '--variable',
    'label=k3y',
    ...['--stub-zone', '.=192.0.2.1'],
  ]

  /** Two zones: one whose service speaks Domain Connect. */
  const client: Io['client'] = {
    async query({ name, type }) {
      const zone = name.endsWith('plain.test') ? 'plain.test' : 'bare.test'
      const txt = 'connect.provider.test'
      const soa = { mname: `ns.${zone}`, rname: `h.${zone}`, serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 }
      const answers: DnsRecord[] =
        name === '_domainconnect.bare.test' && type === 'TXT'
          ? [{ name, type: 'TXT', ttl: 60, data: txt, strings: [txt] }]
          : name === zone && type === 'SOA'
            ? [{ name, type: 'SOA', ttl: 60, data: soa }]
            : name === zone && type === 'NS'
              ? [{ name, type: 'NS', ttl: 60, data: `ns.${zone}` }]
              : []
      const authority: DnsRecord[] = answers.length > 0 ? [] : [{ name: zone, type: 'SOA', ttl: 60, data: soa }]
      const flags = {
        response: true,
        authoritative: true,
        truncated: false,
        recursionDesired: false,
        recursionAvailable: false,
        authenticData: false,
        checkingDisabled: false,
      }
      return {
        id: 0,
        rcode: 'NOERROR',
        opcode: 0,
        ...flags,
        question: { name, type },
        answers,
        authority,
        additional: [],
        edns: undefined,
      }
    },
  }

  it('prints the link to open in the browser', async () => {
    const { code, out } = await run([...argv, '--service', 'mail'], { client, fetch: get })
    expect(out).toBe(
      'https://ux.test/v2/domainTemplates/providers/h.test/services/mail/apply?domain=bare.test&label=k3y\n',
    )
    expect(code).toBe(0)
  })

  it('says so when the service does not know the template, or Domain Connect at all', async () => {
    const other = await run([...argv, '--service', 'other'], { client, fetch: get })
    expect(other).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('Provider does not know the template h.test/other'),
    })
    const plain = await run(argv.with(1, 'plain.test').concat('--service', 'mail'), { client, fetch: get })
    expect(plain).toMatchObject({ code: 1, out: '', err: expect.stringContaining('does not speak Domain Connect') })
  })
})

describe('dmarc-dns', () => {
  it('explains itself', async () => {
    expect(await run([])).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') })
    expect(await run(['--version'])).toMatchObject({ code: 0, out: '1.2.3\n' })
  })

  it.each<[string[], RegExp]>([
    [['chekc'], /"chekc" is not a command; expected one of check, plan/],
    [['check'], /needs a domain/],
    [['check', 'no domain'], /^The argument is not a domain name; expected a name such as example.com/],
    [['check', 'a.test', '--stub-zone', 'a.test'], /A stub zone cannot be read; expected ZONE=ADDRESS/],
    [['check', 'a.test', '--stub-zone', 'a.test=host:53'], /expected ZONE=ADDRESS/],
    [['check', 'a.test', '--wat'], /Unknown option '--wat'/],
    [['check', '--fleet', './no/such/file'], /given as --fleet cannot be read \(ENOENT\): \.\/no\/such\/file/],
    [['undo', 'a=b'], /The journal cannot be read; expected its id/],
    [['plan', '--cname', 'a.test'], /expected NAME=TARGET/],
    [['plan'], /no CNAMEs to apply/],
    [['check', 'a.test', '--yes'], /--yes is no option of check; it belongs to apply, eject and retarget\./],
    [['undo', '--before-delegation'], /--before-delegation is no option of undo; it belongs to plan and apply\./],
    [['plan', '--cname', 'a.test=b.test', '--ttl=-1'], /--ttl must be a whole number from 0/],
    [
      ['plan', '--cname', 'a.test=b.test', '--conflict', 'maybe'],
      /--conflict has an unknown value; expected one of fail, adopt, replace/,
    ],
    [
      ['plan', '--cname', 'a.test=b.test', '--dns', 'bind'],
      /--dns names no known DNS service; expected a file with settings, or rfc2136, route53/,
    ],
    [['plan', '--cname', 'a.test=b.test', '--dns', 'cloudflare'], /apiToken is missing; or set CLOUDFLARE_API_TOKEN/],
    [['connect', 'a.test'], /connect needs one domain, --provider ID/],
    [['check', 'a.test', '--concurrency', '0'], /--concurrency must be a whole number from 1 to 1000/],
  ])('%j fails with exit code 64 and says why', async (argv, message) => {
    const { code, err } = await run(argv)
    expect(code).toBe(64)
    expect(err).toMatch(message)
  })

  it('gives an error as JSON, too, where JSON was asked for', async () => {
    const { code, out, err } = await run(['plan', '--json', '--cname', 'a.test=b.test', '--dns', 'cloudflare'])
    expect(code).toBe(64)
    expect(JSON.parse(out)).toEqual({
      error: {
        name: 'DnsServiceError',
        service: 'cloudflare',
        kind: 'configuration',
        fix: '',
        message: err.trim(),
        exitCode: 64,
      },
    })
    expect(JSON.parse((await run(['chekc', '--json'])).out).error).toMatchObject({ name: 'UsageError', exitCode: 64 })
  })

  it.each(['https://x.test/', '192.0.2.1', 'me@example.com', 'a b', '"x.test"', 'x.test,', '*.x.test', 'localhost'])(
    'takes %j neither for a domain nor for a record nor for a target',
    async (junk) => {
      expect((await run(['check', junk])).code).toBe(64)
      expect((await run(['plan', '--cname', `${junk}=b.test`])).code).toBe(64)
      expect((await run(['plan', '--cname', `_dmarc.a.test=${junk}`])).code).toBe(64)
      const readInput = async () => JSON.stringify([{ name: '_dmarc.a.test', value: junk }])
      expect((await run(['plan', '--records', '-'], { readInput })).code).toBe(64)
    },
  )

  it('takes records and domains from standard input', async () => {
    const { code, err } = await run(['plan', '--records', '-'], {
      readInput: async () => '[{"name":"a.test","type":"TXT","value":"x"}]',
    })
    expect(code).toBe(64)
    expect(err).toContain('Standard input, given as --records, entry 1, is no CNAME')
  })
})
