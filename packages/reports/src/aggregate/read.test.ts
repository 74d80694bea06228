import { describe, expect, it } from 'vitest'
import { aggregateXml, begin, end, metadataXml, now, recordXml } from '../../test/samples.ts'
import type { ReportLimits } from '../limits.ts'
import { readAggregate } from './read.ts'
import type { AggregateRecord, AggregateReport } from './types.ts'

interface Read {
  report?: AggregateReport
  records: AggregateRecord[]
  problem?: string
  line?: number | undefined
  warnings: string[]
}

function read(xml: string, limits: Partial<ReportLimits> = {}): Read {
  const records: AggregateRecord[] = []
  const outcome = readAggregate(xml, { now, limits, onRecord: (record) => records.push(record) })
  const warnings = outcome.warnings.map(({ code }) => code)
  if (!outcome.ok) return { records, problem: outcome.problem.code, line: outcome.problem.line, warnings }
  return { report: outcome.report, records, warnings }
}

describe('an aggregate report', () => {
  it('is read with its metadata, policy and records', () => {
    const { report, records, warnings } = read(aggregateXml())
    expect(report).toEqual({
      kind: 'aggregate',
      metadata: {
        orgName: 'Receiver',
        email: 'dmarc@receiver.example',
        reportId: 'r-1',
        dateRange: { begin, end },
        errors: [],
      },
      policyPublished: { domain: 'example.com', p: 'none', sp: 'none', adkim: 'r', aspf: 'r', pct: 100 },
      extensions: [],
      records: 1,
      messages: 3,
      recordsSetAside: 0,
    })
    expect(records[0]).toMatchObject({ sourceIp: '192.0.2.1', count: 3, identifiers: { headerFrom: 'example.com' } })
    expect(warnings).toEqual([])
  })

  it('is read in any namespace, with or without a prefix, and in any order', () => {
    const namespaced = aggregateXml({ head: '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">' })
    expect(read(namespaced).report?.namespace).toBe('urn:ietf:params:xml:ns:dmarc-2.0')
    const prefixed = aggregateXml({ head: '<feedback xmlns:n="http://dmarc.org/dmarc-xml/0.1">' }).replaceAll(
      /<(\/?)(?!\?)([a-z])/g,
      '<$1n:$2',
    )
    expect(read(prefixed)).toMatchObject({ report: { records: 1, messages: 3 }, warnings: [] })
    const reversed = `<feedback>${recordXml()}<policy_published><p>reject</p><domain>example.com</domain></policy_published>${metadataXml()}</feedback>`
    expect(read(reversed).report).toMatchObject({ records: 1, policyPublished: { p: 'reject' } })
  })

  it('keeps what RFC 9990 added', () => {
    const xml = aggregateXml({
      metadata: metadataXml().replace(
        '</report_metadata>',
        '<error lang="en">two records</error><generator>g/1</generator></report_metadata>',
      ),
      policy:
        '<policy_published><domain>example.com</domain><discovery_method>treewalk</discovery_method><p>reject</p><np>quarantine</np><testing>y</testing></policy_published>',
      records: recordXml({
        evaluated:
          '<policy_evaluated><disposition>pass</disposition><dkim>pass</dkim><spf>fail</spf><reason><type>policy_test_mode</type><comment lang="de">x</comment></reason></policy_evaluated>',
      }),
    })
    const { report, records, warnings } = read(xml)
    expect(report?.metadata).toMatchObject({ errors: [{ text: 'two records', lang: 'en' }], generator: 'g/1' })
    expect(report?.policyPublished).toEqual({
      domain: 'example.com',
      discoveryMethod: 'treewalk',
      p: 'reject',
      np: 'quarantine',
      testing: true,
    })
    expect(records[0]?.policyEvaluated).toEqual({
      disposition: 'pass',
      dkim: 'pass',
      spf: 'fail',
      reasons: [{ type: 'policy_test_mode', comment: { text: 'x', lang: 'de' } }],
    })
    expect(warnings).toEqual([])
  })

  it('keeps extensions of the file and of a record as they are', () => {
    const xml = aggregateXml({
      head: '<feedback xmlns:x="urn:example:x"><extension><x:a k="v">one<x:record>two</x:record></x:a></extension>',
      records: recordXml().replace('</record>', '<x:more>three</x:more></record>'),
    })
    const { report, records, warnings } = read(xml)
    expect(report?.extensions).toEqual([
      {
        name: 'extension',
        attributes: {},
        children: [
          {
            name: 'x:a',
            attributes: { k: 'v' },
            children: ['one', { name: 'x:record', attributes: {}, children: ['two'] }],
          },
        ],
      },
    ])
    expect(records[0]?.extensions).toEqual([{ name: 'x:more', attributes: {}, children: ['three'] }])
    expect(warnings).toEqual([])
  })

  it('is read the same whatever the pieces in which it arrives', async () => {
    const { AggregateReader } = await import('./read.ts')
    const xml = aggregateXml({ metadata: metadataXml({ org: 'A & B <![CDATA[C & D]]> <x@y.example>' }) })
    const whole = read(xml)
    expect(whole.report?.metadata.orgName).toBe('A & B C & D <x@y.example>')
    for (const size of [1, 2, 3, 7, 50]) {
      const reader = new AggregateReader({ now })
      for (let from = 0; from < xml.length; from += size) reader.write(xml.slice(from, from + size))
      expect(reader.end()).toMatchObject({ ok: true, report: whole.report })
    }
  })
})

describe('a malformed aggregate report is read with a warning when', () => {
  const repaired: [string, string, string, (read: Read) => unknown, unknown][] = [
    [
      'org_name has an unescaped less-than sign',
      'bare-less-than',
      aggregateXml({ metadata: metadataXml({ org: 'a <b@c.example> d' }) }),
      (r) => r.report?.metadata.orgName,
      'a <b@c.example> d',
    ],
    [
      'a text has a bare ampersand',
      'bare-ampersand',
      aggregateXml({ metadata: metadataXml({ org: 'AT&T &amp; &unknown;' }) }),
      (r) => r.report?.metadata.orgName,
      'AT&T & &unknown;',
    ],
    [
      'a text has control characters',
      'control-characters',
      aggregateXml({ metadata: metadataXml({ org: 'a\u0001b\u0000' }) }),
      (r) => r.report?.metadata.orgName,
      'ab',
    ],
    ['a byte-order mark comes first', 'byte-order-mark', `\ufeff${aggregateXml()}`, (r) => r.report?.records, 1],
    ['space comes before the declaration', 'leading-space', `\n\n ${aggregateXml()}`, (r) => r.report?.records, 1],
    [
      'a schema element is never closed',
      'stray-elements',
      `<?xml version="1.0"?><xs:schema xmlns:xs="x">${aggregateXml({ head: '<feedback>' })}`,
      (r) => r.report?.messages,
      3,
    ],
    [
      'a schema element inside the report is never closed',
      'stray-elements',
      aggregateXml({ head: '<feedback><xs:schema>' }),
      (r) => r.report?.messages,
      3,
    ],
    ['text follows the report', 'stray-elements', `${aggregateXml()}trailing`, (r) => r.report?.messages, 3],
    [
      'email is missing',
      'email-missing',
      aggregateXml({ metadata: metadataXml().replace(/<email>.*<\/email>/, '') }),
      (r) => r.report?.metadata.email,
      '',
    ],
    [
      'p is missing',
      'policy-missing',
      aggregateXml({ policy: '<policy_published><domain>example.com</domain></policy_published>' }),
      (r) => r.report?.policyPublished,
      { domain: 'example.com' },
    ],
    [
      'the id stands in angle brackets',
      'report-id-brackets',
      aggregateXml({ metadata: metadataXml({ id: '&lt;a@b&gt;' }) }),
      (r) => r.report?.metadata.reportId,
      'a@b',
    ],
    [
      'the dates are in milliseconds',
      'dates-milliseconds',
      aggregateXml({ metadata: metadataXml({ begin: `${begin}000`, end: `${end}000` }) }),
      (r) => r.report?.metadata.dateRange,
      { begin, end },
    ],
    [
      'the period spans several days',
      'dates-long',
      aggregateXml({ metadata: metadataXml({ begin: `${begin - 3 * 86_400}` }) }),
      (r) => r.report?.metadata.dateRange.begin,
      begin - 3 * 86_400,
    ],
    [
      'results are written with capitals',
      'value-case',
      aggregateXml({
        records: recordXml({
          evaluated:
            '<policy_evaluated><disposition>None</disposition><dkim>Pass</dkim><spf>PASS</spf></policy_evaluated>',
        }),
      }),
      (r) => r.records[0]?.policyEvaluated,
      { disposition: 'none', dkim: 'pass', spf: 'pass', reasons: [] },
    ],
    [
      'SPF says hardfail',
      'value-alias',
      aggregateXml({
        records: recordXml({
          auth: '<auth_results><spf><domain>a.example</domain><result>hardfail</result></spf></auth_results>',
        }),
      }),
      (r) => r.records[0]?.authResults.spf[0]?.result,
      'fail',
    ],
    [
      'SPF says unknown',
      'value-alias',
      aggregateXml({
        records: recordXml({
          auth: '<auth_results><spf><domain>a.example</domain><result>unknown</result></spf></auth_results>',
        }),
      }),
      (r) => r.records[0]?.authResults.spf[0]?.result,
      'temperror',
    ],
    [
      'SPF says error',
      'value-alias',
      aggregateXml({
        records: recordXml({
          auth: '<auth_results><spf><domain>a.example</domain><result>error</result></spf></auth_results>',
        }),
      }),
      (r) => r.records[0]?.authResults.spf[0]?.result,
      'permerror',
    ],
    [
      'a DKIM result has no selector',
      'selector-missing',
      aggregateXml({
        records: recordXml({
          auth: '<auth_results><dkim><domain>a.example</domain><result>pass</result></dkim></auth_results>',
        }),
      }),
      (r) => r.records[0]?.authResults.dkim,
      [{ domain: 'a.example', result: 'pass' }],
    ],
    [
      'an SPF result has no domain',
      'spf-domain-missing',
      aggregateXml({ records: recordXml({ auth: '<auth_results><spf><result>none</result></spf></auth_results>' }) }),
      (r) => r.records[0]?.authResults.spf,
      [{ domain: '', result: 'none' }],
    ],
    [
      'auth_results is missing',
      'auth-results-missing',
      aggregateXml({ records: recordXml({ auth: '' }) }),
      (r) => r.records[0]?.authResults,
      { dkim: [], spf: [] },
    ],
    [
      'policy_evaluated is missing',
      'policy-evaluated-missing',
      aggregateXml({ records: recordXml({ evaluated: '' }) }),
      (r) => r.records[0]?.policyEvaluated,
      { reasons: [] },
    ],
    [
      'header_from is missing',
      'header-from-missing',
      aggregateXml({ records: recordXml({ from: '' }) }),
      (r) => r.records[0]?.identifiers.headerFrom,
      'example.com',
    ],
    ['there are no records', 'records-none', aggregateXml({ records: '' }), (r) => r.report?.records, 0],
    [
      'a row has no address',
      'record-ip-missing',
      aggregateXml({ records: recordXml({ ip: '' }) + recordXml() }),
      (r) => [r.report?.records, r.report?.recordsSetAside],
      [1, 1],
    ],
    [
      'a row has no usable address',
      'record-ip-invalid',
      aggregateXml({ records: recordXml({ ip: '<source_ip>999.1.1.1</source_ip>' }) + recordXml() }),
      (r) => [r.report?.records, r.report?.recordsSetAside],
      [1, 1],
    ],
    [
      'a row has no count',
      'record-count-invalid',
      aggregateXml({ records: recordXml({ count: '' }) + recordXml() }),
      (r) => [r.report?.records, r.report?.messages],
      [1, 3],
    ],
    [
      'a count is negative',
      'record-count-invalid',
      aggregateXml({ records: recordXml({ count: '<count>-5</count>' }) }),
      (r) => r.report?.messages,
      0,
    ],
    [
      'a count is huge',
      'record-count-invalid',
      aggregateXml({ records: recordXml({ count: '<count>99999999999</count>' }) }),
      (r) => r.report?.messages,
      0,
    ],
  ]
  it.each(repaired)('%s', (_, code, xml, pick, expected) => {
    const result = read(xml)
    expect(result.problem).toBeUndefined()
    expect(result.warnings).toContain(code)
    expect(pick(result)).toEqual(expected)
  })

  it('one of its texts has attributes or references that are not well-formed', () => {
    const result = read(aggregateXml({ metadata: metadataXml({ org: 'a&#0;b<c d=e>f' }) }))
    expect(result).toMatchObject({ report: { records: 1 } })
    expect(result.warnings).toContain('xml-repaired')
  })

  it('the older draft names the identifiers differently or leaves reasons empty', () => {
    const xml = aggregateXml({
      records: recordXml({
        evaluated:
          '<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf><reason></reason></policy_evaluated>',
      }).replaceAll('identifiers>', 'identities>'),
    })
    const { records, warnings } = read(xml)
    expect(records[0]).toMatchObject({ identifiers: { headerFrom: 'example.com' }, policyEvaluated: { reasons: [] } })
    expect(warnings).toEqual([])
  })

  it('its addresses are IPv6 or v4-mapped', () => {
    const xml = aggregateXml({
      records:
        recordXml({ ip: '<source_ip>2001:DB8:0:0:0:0:0:1</source_ip>' }) +
        recordXml({ ip: '<source_ip>::ffff:192.0.2.7</source_ip>' }),
    })
    expect(read(xml).records.map(({ sourceIp }) => sourceIp)).toEqual(['2001:db8::1', '192.0.2.7'])
  })
})

describe('an aggregate report is set aside with a code when', () => {
  const refused: [string, string, string, Partial<ReportLimits>?][] = [
    ['there is nothing', 'empty', ''],
    ['it is another XML document', 'not-a-report', '<?xml version="1.0"?><html><body/></html>'],
    ['it is no XML', 'not-a-report', 'hello'],
    ['it ends too early', 'xml-truncated', aggregateXml({ tail: '' })],
    ['it ends inside a tag', 'xml-truncated', aggregateXml().slice(0, -5)],
    [
      'a record is closed before its row',
      'xml-malformed',
      aggregateXml({ records: '<record><row><source_ip>192.0.2.1</source_ip></record>' }),
    ],
    ['it has a document type with entities', 'xml-doctype', `<!DOCTYPE a [<!ENTITY x "y">]>${aggregateXml()}`],
    ['elements are nested too deep', 'xml-too-deep', aggregateXml({ records: '<x>'.repeat(40) })],
    ['a text is too long', 'text-too-long', aggregateXml({ metadata: metadataXml({ org: 'a'.repeat(70_000) }) })],
    ['a comment does not end', 'text-too-long', aggregateXml({ records: `<!--${'a'.repeat(300_000)}` })],
    ['an attribute does not end', 'text-too-long', aggregateXml({ records: `<record a="${'a'.repeat(300_000)}` })],
    [
      'there are too many records',
      'too-many-records',
      aggregateXml({ records: recordXml().repeat(4) }),
      { records: 3 },
    ],
    ['the report id is missing', 'report-id-missing', aggregateXml({ metadata: metadataXml({ id: '' }) })],
    ['the dates are missing', 'dates-missing', aggregateXml({ metadata: metadataXml({ begin: '' }) })],
    ['the dates are no numbers', 'dates-missing', aggregateXml({ metadata: metadataXml({ begin: 'yesterday' }) })],
    ['it ends before it begins', 'dates-reversed', aggregateXml({ metadata: metadataXml({ end: `${begin - 1}` }) })],
    [
      'it is about the future',
      'dates-future',
      aggregateXml({ metadata: metadataXml({ begin: `${end + 10 * 86_400}`, end: `${end + 11 * 86_400}` }) }),
    ],
    [
      'its period is longer than a month',
      'dates-too-long',
      aggregateXml({ metadata: metadataXml({ begin: `${begin - 40 * 86_400}` }) }),
    ],
    ['the policy domain is missing', 'domain-missing', aggregateXml({ policy: '' })],
    [
      'the policy domain is no domain',
      'domain-invalid',
      aggregateXml({ policy: '<policy_published><domain>not a domain</domain><p>none</p></policy_published>' }),
    ],
  ]
  it.each(refused)('%s', (_, code, xml, limits) => {
    expect(read(xml, limits).problem).toBe(code)
  })

  it('a fault can be located, with its line', () => {
    expect(read(aggregateXml({ records: '\n\n<record><row></record>' })).line).toBe(7)
  })
})
