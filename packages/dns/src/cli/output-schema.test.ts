import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AggregateRecord, writeAggregate } from '@dmarc-as-code/reports'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { runCaptured } from '../../test/run-cli.ts'
import type { TsigKey } from '../rfc2136/tsig.ts'

const schema = JSON.parse(await readFile(join(import.meta.dirname, '../../schema/output.schema.json'), 'utf8'))
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
addFormats.default(ajv)
ajv.addSchema(schema, 'output')

/** What keeps a value from being of a kind that the schema describes. */
function problems(kind: string, value: unknown): string {
  const validate = ajv.getSchema(`output#/$defs/${kind}`)
  if (!validate) throw new Error(`the schema describes no "${kind}"`)
  return validate(value) ? '' : ajv.errorsText(validate.errors, { separator: '\n' })
}

const key: TsigKey = { name: 'k', algorithm: 'hmac-sha256', secret: Buffer.alloc(32, 3).toString('base64') }

describe('the schema of the output', () => {
  it('is valid, and refuses what it does not name', () => {
    const verdict = { grade: 'same', needsConsent: false, unknown: [], words: 'No effect.', details: [] }
    expect(problems('undone', { journal: 'a', restored: [], verdict })).toBe('')
    expect(problems('undone', { journal: 'a', restored: [], verdict, more: 1 })).toMatch(/additional properties/)
    expect(problems('undone', { restored: [], verdict })).toMatch(/required property 'journal'/)
  })
})

it('evidence prints what the schema describes, with and without an answer for a target', async () => {
  const none = join(import.meta.dirname, '../../schema')
  for (const target of ['reject', 'mta_sts_enforce']) {
    const { code, out } = await runCaptured(['evidence', 'here.test', '--reports', none, '--target', target, '--json'])
    expect([code, problems('evidence', JSON.parse(out))]).toEqual([1, ''])
  }
  const metadata = { orgName: 'R', email: 'a@r.test', reportId: '1', dateRange: { begin: 1, end: 86_399 }, errors: [] }
  const folder = await mkdtemp(join(tmpdir(), 'evidence-schema-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const record: AggregateRecord = {
    sourceIp: '192.0.2.1',
    count: 30,
    policyEvaluated: { dkim: 'pass', spf: 'pass', reasons: [] },
    identifiers: { headerFrom: 'mail.here.test' },
    authResults: { dkim: [{ domain: 'here.test', result: 'pass' }], spf: [] },
    extensions: [],
  }
  const xml = [...writeAggregate({ metadata, policyPublished: { domain: 'here.test', p: 'none' } }, [record])].join('')
  await writeFile(join(folder, 'a.xml'), xml)
  const argv = ['evidence', 'here.test', '--reports', folder, '--mine', 'source:192.0.2.0/24', '--json']
  const { out } = await runCaptured(argv, { clock: () => 90_000_000 })
  const answer = JSON.parse(out)
  expect([answer.dmarc.sources.length, answer.dmarc.subdomains.length, problems('evidence', answer)]).toEqual([
    1,
    1,
    '',
  ])
})

describe.skipIf(!hasPrograms('named'))('what the commands print with --json', () => {
  let bind: DnsDaemon
  let folder: string
  let anywhere: string[]
  const journal = () => ['--journal', join(folder, 'journal')]
  const dns = () => ['--dns', join(folder, 'dns.json')]
  const wanted = ['--cname', '_dmarc.here.test=key.hosted.test', '--cname', '_smtp._tls.here.test=tls.hosted.test']

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dmarc-dns-schema-'))
    bind = await startBind({
      zones: [
        { name: 'here.test', records: ['_dmarc 300 IN TXT "v=DMARC1; p=reject"', '* IN TXT "x"'] },
        { name: 'away.test', records: ['_dmarc IN CNAME key.hosted.test.', 'mta-sts IN CNAME sts.hosted.test.'] },
        { name: 'moved.test', records: ['_smtp._tls IN CNAME tls.hosted.test.'] },
        {
          name: 'hosted.test',
          records: [
            'key IN TXT "v=DMARC1; p=none; rua=mailto:a@hosted.test"',
            'tls IN TXT "v=TLSRPTv1; rua=mailto:a@hosted.test"',
            'new IN TXT "v=TLSRPTv1; rua=mailto:a@hosted.test"',
          ],
        },
      ],
      keys: [key],
    })
    anywhere = ['--stub-zone', `.=127.0.0.1:${bind.port}`]
    await writeFile(
      join(folder, 'dns.json'),
      JSON.stringify({ type: 'rfc2136', server: '127.0.0.1', port: bind.port, key }),
    )
  })
  afterAll(async () => {
    await bind?.close()
    await rm(folder, { recursive: true })
  })

  async function run(argv: string[]): Promise<{ code: number; values: unknown[] }> {
    const { code, out } = await runCaptured([...argv, '--json', ...anywhere], {
      policies: { fetch: async () => ({ ok: false, reason: 'connect', message: 'Nothing listens there.' }) },
    })
    const several = argv.filter((word) => /^[a-z.]+\.test$/.test(word)).length > 1 && argv[0] === 'check'
    return {
      code,
      values: several
        ? out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [JSON.parse(out)],
    }
  }

  async function expectKind(kind: string, argv: string[], exitCode: number) {
    const { code, values } = await run(argv)
    for (const value of values) {
      expect(problems(kind, value)).toBe('')
      expect(ajv.validate('output', value)).toBe(true)
    }
    expect(code).toBe(exitCode)
  }

  it('check prints reports, for one domain and for several', async () => {
    await expectKind('check', ['check', 'here.test'], 1)
    await expectKind('check', ['check', 'here.test', ...wanted], 1)
    await expectKind('check', ['check', 'here.test', 'away.test', 'hosted.test'], 1)
  })

  it('plan and a refused apply print plans, with the effect on mail', async () => {
    await expectKind('plan', ['plan', ...wanted, ...dns()], 2)
    await expectKind('plan', ['plan', ...wanted, '--conflict', 'replace', ...dns()], 4)
    await expectKind('plan', ['apply', ...wanted, ...dns()], 2)
    await expectKind('plan', ['plan', '--cname', '_smtp._tls.here.test=tls.hosted.test', ...dns()], 1)
  })

  it('apply, undo and the list of journals', async () => {
    const apply = [
      'apply',
      ...wanted,
      '--conflict',
      'replace',
      '--allow-weaker',
      'a test',
      '--yes',
      ...dns(),
      ...journal(),
    ]
    await expectKind('applied', apply, 0)
    await expectKind('journals', ['undo', '--list', ...journal()], 0)
    await expectKind('undone', ['undo', '--name', '_smtp._tls.here.test', ...dns(), ...journal()], 0)
    await expectKind('journals', ['undo', '--list', ...journal()], 0)
    await expectKind('undoPlan', ['undo', '--dry-run', ...dns(), ...journal()], 4)
    await expectKind('undone', ['undo', ...dns(), ...journal(), '--allow-weaker', 'a test'], 0)
    await expectKind('applied', ['apply', ...wanted, '--skip-conflicts', '--yes', ...dns(), ...journal()], 1)
    await expectKind('undone', ['undo', ...dns(), ...journal()], 0)
  })

  it('what is left to do by hand, and how a domain leaves its host', async () => {
    await expectKind('byHand', ['apply', '--cname', '_dmarc.new.here.test=key.hosted.test'], 1)
    await expectKind('eject', ['eject', 'away.test', '--dry-run', ...dns()], 1)
    await expectKind('applied', ['eject', 'away.test', '--yes', ...dns(), ...journal()], 0)
    const move = ['retarget', '--from', 'tls.hosted.test', '--cname', '_smtp._tls.moved.test=new.hosted.test', ...dns()]
    await expectKind('retarget', [...move, '--dry-run'], 1)
    await expectKind('applied', [...move, '--yes', ...journal()], 0)
    await expectKind('print', ['print', ...wanted], 0)
  })

  it('holds errors', async () => {
    await expectKind('error', ['plan', ...wanted, '--dns', 'nowhere'], 64)
    await expectKind('error', ['undo', 'no-such-journal', ...journal()], 64)
    await expectKind('error', ['print', '--cname', '_dmarc.a.invalid=k.test', '--zone', 'a b'], 64)
  })
})
