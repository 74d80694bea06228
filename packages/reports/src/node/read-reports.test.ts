import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { mailWith } from '../../test/mails.ts'
import { aggregateXml, now, recordXml } from '../../test/samples.ts'
import { zip } from '../../test/zip.ts'
import type { AggregateRecord } from '../aggregate/types.ts'
import { writeFailureMail } from '../failure/write.ts'
import { defaultLimits, type ReportLimits } from '../limits.ts'
import { writeTlsReport } from '../tls/write.ts'
import { type ReadReportsOptions, readReports } from './read-reports.ts'

const xml = Buffer.from(aggregateXml())
const tls = Buffer.from(
  writeTlsReport({
    organizationName: 'Sender',
    dateRange: { begin: 1_772_409_600, end: 1_772_495_999 },
    contactInfo: 'tls@sender.example',
    reportId: 't-1',
    policies: [
      {
        type: 'sts',
        policyString: ['version: STSv1'],
        domain: 'example.com',
        mxHosts: ['mx.example.com'],
        successfulSessions: 5,
        failedSessions: 0,
        failures: [],
      },
    ],
  }),
)

/** What was found, in short: the kind of report or the code of the problem, each with its warnings. */
async function found(
  input: Uint8Array,
  options: Partial<ReadReportsOptions> & { limits?: Partial<ReportLimits> } = {},
) {
  const reports = await readReports(input, { clock: () => now, ...options })
  return reports.map(({ outcome, path }) => ({
    is: outcome.ok ? outcome.report.kind : outcome.problem.code,
    path: path.join(' > '),
    warnings: outcome.warnings.map(({ code }) => code),
  }))
}

const whole = (path = '', warnings: string[] = []) => [{ is: 'aggregate', path, warnings }]
const aside = (is: string, path = '', warnings: string[] = []) => [{ is, path, warnings }]

describe('a report is found in', () => {
  it('plain XML and plain JSON', async () => {
    expect(await found(xml)).toEqual(whole())
    expect(await found(tls)).toEqual(aside('tls'))
  })

  it('gzip, also with a line break after it, in several members, or with a file name and comment in its header', async () => {
    const packed = gzipSync(xml)
    expect(await found(packed)).toEqual(whole())
    expect(await found(Buffer.concat([packed, Buffer.from('\r\n')]))).toEqual(whole('', ['archive-trailing-data']))
    expect(await found(Buffer.concat([gzipSync(xml.subarray(0, 99)), gzipSync(xml.subarray(99))]))).toEqual(whole())
    const named = Buffer.concat([
      packed.subarray(0, 3),
      Buffer.from([0x18]),
      packed.subarray(4, 10),
      Buffer.from('a.xml\0note\0'),
      packed.subarray(10),
    ])
    expect(await found(named)).toEqual(whole())
  })

  it('zip, each member by itself, folders left out', async () => {
    const archive = zip([
      { name: 'folder/', content: Buffer.alloc(0) },
      { name: 'a.xml', content: xml },
      { name: '__MACOSX/._a.xml', content: Buffer.from('junk') },
      { name: 'b.xml', content: Buffer.from(aggregateXml({ tail: '' })) },
    ])
    expect(await found(archive)).toEqual([...whole('a.xml'), ...aside('xml-truncated', 'b.xml')])
  })

  it('gzip inside zip', async () => {
    expect(await found(zip([{ name: 'a.xml.gz', content: gzipSync(xml) }]))).toEqual(whole('a.xml.gz'))
  })

  it.each([
    ['zip labelled octet-stream', zip([{ name: 'a.xml', content: xml }]), 'application/octet-stream', 'r.zip'],
    ['gzip named .zip', gzipSync(xml), 'application/zip', 'r.zip'],
    ['gzip named .xml', gzipSync(xml), 'text/xml', 'r.xml'],
    ['x-gzip', gzipSync(xml), 'application/x-gzip', 'r.xml.gz'],
    ['x-zip-compressed', zip([{ name: 'a.xml', content: xml }]), 'application/x-zip-compressed', 'r.zip'],
    ['plain XML', xml, 'text/xml', 'r.xml'],
    ['XML labelled as text', xml, 'text/plain', 'r.txt'],
  ])('a mail with %s', async (_, bytes, type, name) => {
    const [one, ...others] = await found(mailWith(bytes, { type, name }))
    expect(others).toEqual([])
    expect(one).toMatchObject({ is: 'aggregate', warnings: [] })
  })

  it('a mail whose attachment has a name split over several parameters', async () => {
    const disposition =
      "Content-Disposition: attachment; filename*0*=utf-8''receiver.example!example.com; filename*1=!1!2.xml.gz"
    expect(await found(mailWith(gzipSync(xml), { disposition }))).toEqual(
      whole('receiver.example!example.com!1!2.xml.gz'),
    )
  })

  it('a mail inside a mail, and a mail whose body is the report', async () => {
    const outer = Buffer.concat([
      Buffer.from('From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n'),
      mailWith(gzipSync(xml), { name: 'r.gz' }),
    ])
    expect(await found(outer)).toEqual(whole('message/rfc822 > r.gz'))
    expect(await found(Buffer.concat([Buffer.from('From: a@b.example\r\nSubject: x\r\n\r\n'), xml]))).toEqual(whole())
  })

  it('a mail with a logo, a note and several reports: only the reports are listed', async () => {
    const mail = Buffer.from(
      [
        'From: a@b.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: image/png; name=logo.png',
        'Content-Transfer-Encoding: base64',
        '',
        'iVBORw0KGgo=',
        ...[xml, tls].flatMap((content, index) => [
          '--b',
          `Content-Type: application/octet-stream; name=r${index}`,
          'Content-Transfer-Encoding: base64',
          '',
          content.toString('base64'),
        ]),
        '--b--',
      ].join('\r\n'),
    )
    expect((await found(mail)).map(({ is }) => is)).toEqual(['aggregate', 'tls'])
  })

  it('an mbox, message by message', async () => {
    const mbox = Buffer.concat([
      Buffer.from('From a@b.example Mon Mar  2 00:00:00 2026\n'),
      mailWith(xml, { name: 'one.xml' }),
      Buffer.from('\n\nFrom c@d.example Mon Mar  2 00:00:00 2026\n'),
      mailWith(gzipSync(xml), { name: 'two.gz' }),
    ])
    expect((await found(mbox)).map(({ path }) => path)).toEqual(['one.xml', 'two.gz'])
  })

  it('a failure report, with or without its report part', async () => {
    const mail = writeFailureMail(
      {
        authFailure: 'dmarc',
        reportedDomains: ['example.com'],
        originalRcptTo: [],
        incidents: 1,
        spfDns: [],
        headers: [{ name: 'From', value: 'Ann <ann@example.com>' }],
      },
      {
        from: 'a@b.example',
        to: 'c@d.example',
        subject: 'x',
        date: 'Mon, 2 Mar 2026 00:00:00 +0000',
        messageId: '<1@b>',
        boundary: 'bb',
      },
    )
    expect(await found(Buffer.from(mail))).toEqual(aside('failure'))
    const flattened =
      'From: a@b.example\r\n\r\nForwarded:\r\n\r\nFeedback-Type: auth-failure\r\nAuth-Failure: dmarc\r\n'
    expect(await found(Buffer.from(flattened))).toEqual(aside('failure', '', ['original-missing']))
  })
})

describe('an input is set aside with a code when', () => {
  it('it is empty, a placeholder word, or a mail without a report', async () => {
    expect(await found(Buffer.alloc(0))).toEqual(aside('empty'))
    expect(await found(Buffer.from(' \r\n'))).toEqual(aside('empty'))
    expect(await found(Buffer.from('attachment removed'))).toEqual(aside('not-a-report'))
    expect(await found(Buffer.from('From: a@b.example\r\n\r\nHello\r\n'))).toEqual(aside('not-a-report'))
  })

  it('an archive is cut, altered, encrypted or lies about its checksum', async () => {
    const packed = gzipSync(xml)
    expect(await found(packed.subarray(0, packed.length - 20))).toEqual(aside('archive-corrupt'))
    const altered = Buffer.from(packed)
    altered[altered.length - 6] = (altered[altered.length - 6] as number) ^ 1
    expect((await found(altered))[0]?.is).toBe('archive-corrupt')
    expect(await found(zip([{ name: 'a', content: xml, flags: 1 }]))).toEqual(aside('archive-encrypted'))
    expect((await found(zip([{ name: 'a', content: xml, checksum: 7 }])))[0]?.is).toBe('archive-corrupt')
    expect((await found(zip([{ name: 'a', content: xml, size: 5 }])))[0]?.is).toBe('archive-corrupt')
    expect((await found(Buffer.from('PK\x03\x04 not a zip', 'latin1')))[0]?.is).toBe('archive-corrupt')
  })

  it('it is wrapped in S/MIME or OpenPGP', async () => {
    const cms = Buffer.from('308003060a2a864886f70d010702a080', 'hex')
    expect(await found(cms)).toEqual(aside('mail-encrypted'))
    expect((await found(mailWith(cms, { type: 'application/pkcs7-mime', name: 'smime.p7m' })))[0]?.is).toBe(
      'mail-encrypted',
    )
    expect((await found(mailWith(xml, { type: 'application/pgp-encrypted' })))[0]?.is).toBe('mail-encrypted')
  })

  it('it is a bomb: unpacked too large, nested too deep, too many members, packed too large', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('<feedback>'), Buffer.alloc(2_000_000, '<a></a>')]))
    expect((await found(bomb, { limits: { unpackedBytes: 1_000_000 } }))[0]?.is).toBe('unpacked-too-large')
    expect(await found(gzipSync(gzipSync(gzipSync(xml))))).toEqual(aside('nested-too-deep'))
    const many = zip(Array.from({ length: 11 }, (_, index) => ({ name: `${index}.xml`, content: xml })))
    expect((await found(many)).at(-1)?.is).toBe('too-many-members')
    expect(await found(gzipSync(xml), { limits: { packedBytes: 10 } })).toEqual(aside('packed-too-large'))
    let nested = mailWith(xml)
    for (let depth = 0; depth < 9; depth++) nested = mailWith(nested, { type: 'message/rfc822' })
    expect((await found(nested))[0]?.is).toBe('nested-too-deep')
  })

  it('its JSON is larger than the limit for TLS reports, packed or not, and the limit can be raised', async () => {
    const policy = {
      policy: { 'policy-type': 'sts', 'policy-domain': 'example.com' },
      summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 0 },
    }
    const report = {
      'organization-name': 'Reporter',
      'date-range': { 'start-datetime': '2024-03-01T00:00:00Z', 'end-datetime': '2024-03-01T23:59:59Z' },
      'contact-info': 'tls@reporter.example',
      'report-id': 'many',
      policies: Array.from({ length: 30_000 }, () => policy),
    }
    const json = Buffer.from(JSON.stringify(report))
    expect(json.length).toBeGreaterThan(defaultLimits.jsonBytes)
    for (const input of [json, gzipSync(json)]) {
      const [refused] = await readReports(input, { clock: () => now })
      expect(refused?.outcome).toMatchObject({
        problem: {
          code: 'json-too-large',
          message: 'The JSON of a TLS report is larger than the limit: more than 4194304 bytes.',
        },
      })
      expect(await found(input, { limits: { jsonBytes: json.length } })).toMatchObject([{ is: 'tls' }])
    }
  })

  it('a mail in an archive is larger than the limit for packed input', async () => {
    const mail = Buffer.concat([mailWith(xml), Buffer.alloc(2000, ' ')])
    expect(await found(gzipSync(mail), { limits: { packedBytes: 1000 } })).toEqual(aside('packed-too-large'))
  })

  it('it takes too long', async () => {
    let time = now
    const clock = (): number => {
      time += 1000
      return time
    }
    const large = gzipSync(Buffer.from(aggregateXml({ records: recordXml().repeat(5000) })))
    expect((await found(large, { clock }))[0]?.is).toBe('took-too-long')
  })
})

describe('what no input may cost', () => {
  // The MIME library made an object of each before anybody counted them: minutes, and more than a gigabyte.
  it('is a million empty parts of one message', { timeout: 20_000 }, async () => {
    const mail = Buffer.from(
      `From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(1_000_000)}`,
    )
    expect(await found(mail)).toMatchObject([{ is: 'too-many-members' }])
  })

  it('is a problem for each message of an mbox once the time is up', async () => {
    const mbox = Buffer.from('From a@b Mon Jan  1 00:00:00 2024\nFrom: a@b.example\nSubject: x\n\nx\n\n'.repeat(1000))
    let time = now
    const clock = () => {
      time += 100
      return time
    }
    expect(await found(mbox, { clock })).toMatchObject([{ is: 'took-too-long' }])
  })
})

describe('reading', () => {
  it('hands records on in batches, in order, and waits for the store', async () => {
    const batches: number[] = []
    const records: AggregateRecord[] = []
    let busy = 0
    const reports = await readReports(
      gzipSync(
        Buffer.from(
          aggregateXml({
            records: Array.from({ length: 1000 }, (_, n) => recordXml({ count: `<count>${n + 1}</count>` })).join(''),
          }),
        ),
      ),
      {
        clock: () => now,
        onRecords: async (batch, report) => {
          expect([busy, report]).toEqual([0, 0])
          busy += 1
          await Promise.resolve()
          busy -= 1
          batches.push(batch.length)
          records.push(...batch)
        },
      },
    )
    expect(reports[0]?.outcome).toMatchObject({ ok: true, report: { records: 1000 } })
    expect(records.map(({ count }) => count)).toEqual(Array.from({ length: 1000 }, (_, n) => n + 1))
    expect(Math.max(...batches)).toBeLessThan(1000)
  })

  it('answers the same hash for the same report in another container', async () => {
    const hashes = await Promise.all(
      [xml, gzipSync(xml), zip([{ name: 'a', content: xml }]), mailWith(gzipSync(xml))].map(async (input) => {
        const [report] = await readReports(input, { clock: () => now })
        return report?.sha256
      }),
    )
    expect(new Set(hashes).size).toBe(1)
  })

  it('stops at an abort, and passes on what the store throws', async () => {
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(readReports(gzipSync(xml), { clock: () => now, signal })).rejects.toThrow('stopped')
    const onRecords = (): never => {
      throw new Error('disk full')
    }
    await expect(readReports(xml, { clock: () => now, onRecords })).rejects.toThrow('disk full')
  })
})
