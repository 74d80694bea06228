import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type AggregateRecord, writeAggregate, writeTlsReport } from '@dmarc-as-code/reports'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCaptured } from '../../test/run-cli.ts'
import type { EvidenceAnswer } from '../evidence/answer.ts'

const domain = 'example.test'
const day = 86_400
/** 2026-03-31, 00:00:00 UTC; the reports are about the days before. */
const today = 1_774_915_200
const clock = () => (today + 3600) * 1000

interface Sample {
  age: number
  reporter: string
  p?: 'none' | 'quarantine' | 'reject'
  about?: string
  records?: readonly AggregateRecord[]
}

/** Mail from one address that passes DKIM and SPF, or neither. */
function record(sourceIp: string, count: number, passes: boolean, signs = domain): AggregateRecord {
  const result = passes ? 'pass' : 'fail'
  return {
    sourceIp,
    count,
    policyEvaluated: { disposition: 'none', dkim: result, spf: result, reasons: [] },
    identifiers: { headerFrom: domain },
    authResults: {
      dkim: [{ domain: signs, selector: 's1', result: 'pass' }],
      spf: [{ domain: signs, scope: 'mfrom', result: 'pass' }],
    },
    extensions: [],
  }
}

const own = record('192.0.2.10', 12, true)

function xml({ age, reporter, p = 'none', about = domain, records = [own] }: Sample): string {
  const begin = today - age * day
  const metadata = {
    orgName: reporter,
    email: `dmarc@${reporter}`,
    reportId: `${reporter}-${age}-${about}`,
    dateRange: { begin, end: begin + day - 1 },
    errors: [],
  }
  return [...writeAggregate({ metadata, policyPublished: { domain: about, p } }, records)].join('')
}

const mail = (body: Buffer, name: string) =>
  [
    'From: dmarc@two.test',
    'To: reports@example.test',
    'Subject: Report domain: example.test',
    'MIME-Version: 1.0',
    `Content-Type: application/gzip; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(body.toString('base64').match(/.{1,76}/g) ?? []),
    '',
  ].join('\n')

/** A month of two reporters: one leaves XML and gzip files in folders, of the other there is a mailbox. */
async function month(folder: string, more: Pick<Sample, 'p' | 'records'> = {}): Promise<void> {
  await mkdir(join(folder, 'one/more'), { recursive: true })
  const messages: string[] = []
  for (let age = 1; age <= 31; age++) {
    const one = xml({ age, reporter: 'one.test', ...more })
    if (age % 2 === 0) await writeFile(join(folder, 'one', `${age}.xml`), one)
    else await writeFile(join(folder, 'one/more', `${age}.xml.gz`), gzipSync(one))
    const two = gzipSync(xml({ age, reporter: 'two.test', ...more }))
    messages.push(`From MAILER-DAEMON Thu Mar  5 00:00:00 2026\n${mail(two, `${age}.xml.gz`)}`)
  }
  await writeFile(join(folder, 'mailbox'), messages.join('\n'))
}

describe('dmarc-dns evidence', () => {
  let folder = ''
  const reportsIn = (...names: string[]) => names.flatMap((name) => ['--reports', join(folder, name)])
  const ask = (...argv: string[]) => runCaptured(['evidence', domain, ...argv], { clock })
  const answer = async (...argv: string[]) => {
    const { code, out } = await ask(...argv, '--json')
    return { code, ...(JSON.parse(out) as EvidenceAnswer) }
  }
  const record1 = 'v=DMARC1; p=none; rua=mailto:in@example.test'

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evidence-'))
    await month(join(folder, 'good'))
    await month(join(folder, 'open'), { records: [own, record('198.51.100.7', 30, false, 'news.test')] })
    await mkdir(join(folder, 'odd'))
    await writeFile(join(folder, 'odd/broken.xml'), '<feedback><report_metadata>')
    await writeFile(join(folder, 'odd/other.xml'), xml({ age: 2, reporter: 'one.test', about: 'other.test' }))
    await writeFile(join(folder, 'odd/again.xml.gz'), gzipSync(xml({ age: 2, reporter: 'one.test' })))
    await mkdir(join(folder, 'tls'))
    for (let age = 1; age <= 15; age++) {
      for (const reporter of ['one.test', 'two.test']) {
        const begin = today - age * day
        const policy = { type: 'sts', policyString: [], domain, mxHosts: [], successfulSessions: 9, failedSessions: 0 }
        const text = writeTlsReport({
          organizationName: reporter,
          dateRange: { begin, end: begin + day - 1 },
          contactInfo: `tls@${reporter}`,
          reportId: `${age}`,
          policies: [{ ...policy, failures: [] }],
        })
        await writeFile(join(folder, 'tls', `${reporter}-${age}.json`), text)
      }
    }
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('finds a domain ready for the next level, by a folder of files and a mailbox, and gives the next record', async () => {
    expect(await answer(...reportsIn('good'), '--record', record1)).toMatchObject({
      code: 0,
      domain,
      target: 'quarantine',
      ready: true,
      blockers: [],
      current_policy: 'none',
      next_record: 'v=DMARC1; p=quarantine; rua=mailto:in@example.test',
      reports: { trusted: 62 },
      dmarc: { numbers: { days_covered: 30, reporters: 2, own: { rate: 100, dkim_share: 100 } } },
      files: { reports: 62, duplicates: 0, others: 0, problems: [] },
    })
    const { code, out } = await ask(...reportsIn('good'), '--record', record1)
    expect([code, out]).toEqual([0, expect.stringContaining('example.test is ready for p=quarantine.\n')])
    expect(out).toContain('Next record: v=DMARC1; p=quarantine; rua=mailto:in@example.test\n')
    expect(out).toMatch(/own +source:192\.0\.2\.0\/24 +\d+ +\d+ +30/)
  })

  it('says what is missing for reject, each with what was found and expected, and what to do', async () => {
    const { code, ready, next_record, blockers } = await answer(...reportsIn('good'), '--target', 'reject')
    expect({ code, ready, next_record }).toEqual({ code: 1, ready: false, next_record: null })
    expect(blockers).toEqual([
      {
        code: 'time-too-short',
        found: '0 days at quarantine',
        expected: 'at least 30 days at quarantine',
        fix: expect.any(String),
        about: [],
      },
    ])
    expect((await ask(...reportsIn('good'), '--target', 'reject')).out).toContain(
      'time-too-short: found 0 days at quarantine, expected at least 30 days at quarantine.',
    )
  })

  it('asks about a source that authenticates as itself, and takes the answer', async () => {
    const asked = await answer(...reportsIn('open'))
    expect(asked).toMatchObject({ code: 1, blockers: [{ code: 'candidates-unanswered', about: ['domain:news.test'] }] })
    expect((await ask(...reportsIn('open'))).out).toContain(
      'Answer each with --mine ID or --not-mine ID:\n  domain:news.test',
    )
    expect(await answer(...reportsIn('open'), '--not-mine', 'domain:news.test', '--record', record1)).toMatchObject({
      code: 0,
      dmarc: { candidates: [{ id: 'domain:news.test', kind: 'not_mine' }] },
    })
    // As an own source it fails, and that is what keeps the policy back.
    const mine = await answer(...reportsIn('open'), '--mine', 'domain:news.test')
    expect(mine.blockers.map(({ code }) => code)).toEqual(['rate-low', 'source-rate-low'])
  })

  it('counts a report once, leaves out other domains, and names what cannot be read', async () => {
    const { files } = await answer(...reportsIn('good', 'odd'))
    expect(files).toEqual({
      reports: 62,
      duplicates: 1,
      others: 1,
      problems: [{ path: join(folder, 'odd/broken.xml'), code: expect.any(String), message: expect.any(String) }],
    })
  })

  it('has no data without reports about the domain, and needs none for a parked domain', async () => {
    expect(await answer(...reportsIn('odd/other.xml'))).toMatchObject({ code: 1, blockers: [{ code: 'no-data' }] })
    const parked = ['--parked', '--target', 'reject', '--record', 'v=DMARC1; p=none']
    expect(await answer(...reportsIn('odd/other.xml'), ...parked)).toMatchObject({
      code: 0,
      next_record: 'v=DMARC1; p=reject',
    })
  })

  it('judges MTA-STS by TLS reports', async () => {
    expect(await answer(...reportsIn('tls'), '--target', 'mta_sts_enforce')).toMatchObject({
      code: 0,
      ready: true,
      dmarc: null,
      mta_sts: { days: 15, reporters: 2, failed_sessions: 0 },
    })
  })

  it.each([
    ['no reports', []],
    ['a path that is not there', ['--reports', '/nowhere/at/all']],
    ['another target', ['--reports', '.', '--target', 'none']],
    ['a record that is none', ['--reports', '.', '--record', 'v=spf1 -all']],
    ['a source that is both', ['--reports', '.', '--mine', 'a', '--not-mine', 'a']],
  ])('exits with 64 on %s', async (_, argv) => {
    expect((await ask(...argv)).code).toBe(64)
  })
})
