import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from '../src/main.ts'
import { openStore } from '../src/store/open-store.ts'
import { ownRecord, reportMail, reportXml } from './sample-reports.ts'
import { startTestServer } from './start-test-server.ts'

// Starting the thread that reads takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const folder = mkdtempSync(join(tmpdir(), 'dmarc-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('dmarc-server reports import and export', () => {
  let store: string
  let files: string
  let count = 0
  beforeEach(async () => {
    store = join(folder, `${++count}.sqlite`)
    files = join(folder, String(count))
    mkdirSync(files)
    const server = await startTestServer({ config: { store } })
    for (const address of ['example.test', 'other.test']) {
      const domain = { address, rua_report: true, ruf_report: true }
      await server.call('POST', `/v2/accounts/${server.owner.accountId}/domains.json`, { domain })
    }
    await server.close()
  })

  const file = (name: string, content: string | Buffer) => {
    const path = join(files, name)
    writeFileSync(path, content)
    return path
  }
  const run = (...args: string[]) => command('import', ...args)

  async function command(...args: string[]): Promise<string> {
    const lines: string[] = []
    const print = (line: string) => void lines.push(line)
    const env = {
      DMARC_SERVER_STORE: store,
      DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'hosting.test', nameServers: [{ name: 'ns.example.net' }] }),
    }
    expect(await main(['reports', ...args], env, print, print)).toBe(0)
    return lines.join('\n')
  }
  async function reports() {
    const opened = await openStore(store)
    const rows = await opened.db
      .selectFrom('reports')
      .select(['policy_domain', 'report_id', 'trusted', 'messages'])
      .orderBy('report_id')
      .execute()
    await opened.close()
    return rows.map((row) => `${row.policy_domain} ${row.report_id} ${row.messages}${row.trusted ? ' trusted' : ''}`)
  }

  it('takes files and folders of any kind, finds whose they are, and takes them once', async () => {
    mkdirSync(join(files, 'new'))
    file('new/1.host', reportMail(reportXml({ reportId: 'a' })))
    file('b.xml.gz', gzipSync(reportXml({ reportId: 'b', domain: 'sub.other.test' })))
    const mail = (id: string) =>
      `From x@y Mon Mar  2 00:00:00 2026\n${reportMail(reportXml({ reportId: id })).replaceAll('\r\n', '\n')}\n\n`
    file('box.mbox', mail('c') + mail('d'))
    file('broken.xml', '<feedback><report_metadata>')
    file('foreign.xml', reportXml({ domain: 'unknown.test' }))
    const output = await run(files)
    expect(output).toContain(
      '6 inputs: 4 reports stored without trust: they are shown and are no evidence; 0 duplicates; 0 problems; 2 inputs skipped.',
    )
    expect(output).toContain('foreign.xml: no domain unknown.test, and none above it')
    expect(await reports()).toEqual([
      'example.test a 12',
      'sub.other.test b 12',
      'example.test c 12',
      'example.test d 12',
    ])
    expect(await run(files)).toContain('0 reports stored')
    // The same files again, now with the operator's word for them.
    expect(await run('--trust', 'yes', files)).toContain('4 reports stored;')
    expect(await reports()).toContain('example.test a 12 trusted')
  })

  it('takes what parsedmarc wrote as JSON and CSV, and both are the same reports', async () => {
    const json = [
      {
        xml_schema: 'draft',
        report_metadata: {
          org_name: 'Receiver',
          org_email: 'dmarc@receiver.example',
          org_extra_contact_info: null,
          report_id: 'p1',
          begin_date: '2026-03-02 00:00:00',
          end_date: '2026-03-02 23:59:59',
          errors: [],
        },
        policy_published: { domain: 'example.test', adkim: 'r', aspf: 'r', p: 'none', sp: 'none', pct: '100', fo: '0' },
        records: [
          {
            source: { ip_address: '192.0.2.10', country: 'DE', reverse_dns: null, base_domain: null },
            count: 7,
            alignment: { spf: true, dkim: false, dmarc: true },
            policy_evaluated: { disposition: 'none', dkim: 'fail', spf: 'pass', policy_override_reasons: [] },
            identifiers: { header_from: 'example.test', envelope_from: 'example.test', envelope_to: null },
            auth_results: { dkim: [], spf: [{ domain: 'example.test', scope: 'mfrom', result: 'pass' }] },
          },
        ],
      },
    ]
    const columns = {
      xml_schema: 'draft',
      org_name: '"Receiver"',
      org_email: 'dmarc@receiver.example',
      report_id: 'p1',
      begin_date: '2026-03-02 00:00:00',
      end_date: '2026-03-02 23:59:59',
      domain: 'example.test',
      adkim: 'r',
      aspf: 'r',
      p: 'none',
      sp: 'none',
      pct: '100',
      fo: '0',
      source_ip_address: '192.0.2.10',
      count: '7',
      spf_aligned: 'True',
      dkim_aligned: 'False',
      disposition: 'none',
      policy_override_reasons: '',
      envelope_from: 'example.test',
      header_from: 'example.test',
      envelope_to: '',
      dkim_domains: '',
      dkim_selectors: '',
      dkim_results: '',
      spf_domains: 'example.test',
      spf_scopes: 'mfrom',
      spf_results: 'pass',
    }
    const csv = `${Object.keys(columns).join(',')}\r\n${Object.values(columns).join(',')}\r\n`
    expect(await run(file('aggregate.json', JSON.stringify(json, null, 2)))).toContain('1 report stored')
    expect(await run(file('aggregate.csv', csv))).toContain('1 duplicate')
    expect(await reports()).toEqual(['example.test p1 7'])
  })

  it('gives the rows out again as JSON lines and CSV, without formulas for spreadsheets', async () => {
    const formula = ownRecord(3)
    const records = [ownRecord(4), { ...formula, identifiers: { ...formula.identifiers, envelopeFrom: '=cmd()' } }]
    await run('--trust', 'yes', file('a.xml', reportXml({ reportId: 'a', records })))
    const lines = (await command('export', '--domain', 'example.test', '--from', '2026-03-02')).split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { day: '2026-03-02', trusted: true, source_ip_address: '192.0.2.10', count: 4, dmarc_aligned: true, p: 'none' },
      { count: 3, envelope_from: '=cmd()', dkim_selectors: ['s1'] },
    ])
    const [header, first, second] = (await command('export', '--format', 'csv')).split('\n')
    expect(header).toMatch(/^day,monitored_domain,trusted,org_name,/)
    expect(first?.split(',').length).toBe(header?.split(',').length)
    expect(second).toContain(",'=cmd(),")
    expect(await command('export', '--to', '2026-03-01')).toBe('')
  })

  it('refuses an unknown word for --trust and says what to pass', async () => {
    const env = {
      DMARC_SERVER_STORE: store,
      DMARC_SERVER_HOSTED_ZONE: JSON.stringify({ name: 'h.test', nameServers: [{ name: 'ns.example.net' }] }),
    }
    const errors: string[] = []
    const code = await main(
      ['reports', 'import', '--trust', 'maybe', 'x'],
      env,
      () => {},
      (line) => void errors.push(line),
    )
    expect([code, errors[0]]).toEqual([1, '--trust is "maybe". Pass yes where you vouch for the files, else no.'])
  })
})
