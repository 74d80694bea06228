import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  adviseDmarcChange,
  type Finding,
  type FindingCode,
  findingCatalogue,
  hostedMtaStsPolicy,
  hostingFault,
  mailtoUri,
  parseConsent,
  parseDmarc,
  parseDomainName,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseReportAuthorisation,
  parseTlsRpt,
  RecordError,
  reportAuthorisationName,
  selectDmarc,
  validateHostedDmarcConfig,
} from '../src/index.ts'

const all = (parsed: { errors: readonly Finding[]; warnings?: readonly Finding[] }) => [
  ...parsed.errors,
  ...(parsed.warnings ?? []),
]
const dmarc = (rest: string) => () => all(parseDmarc(`v=DMARC1; ${rest}`))
const text = (whole: string) => () => all(parseDmarc(whole))
const sts = (whole: string) => () => all(parseMtaStsRecord(whole))
const tls = (whole: string) => () => all(parseTlsRpt(whole))
const file =
  (...lines: string[]) =>
  () =>
    all(parseMtaStsPolicy(lines.map((line) => `${line}\n`).join('')))
const domain = (name: string) => () => {
  const parsed = parseDomainName(name)
  return parsed.ok ? [] : [parsed.finding]
}
const hosted =
  (custom: string, parked = false) =>
  () =>
    all(
      validateHostedDmarcConfig(custom, 'v=DMARC1; p=none; rua=mailto:a@r.example; ruf=mailto:f@r.example', { parked }),
    )
const change = (from: string, to: string) => () =>
  adviseDmarcChange(parseDmarc(`v=DMARC1; ${from}`), parseDmarc(`v=DMARC1; ${to}`))
const thrown = (act: () => unknown) => () => {
  try {
    act()
  } catch (error) {
    if (error instanceof RecordError) return error.findings
  }
  return []
}
const long = `${'a'.repeat(60)}.`
const parkedText = 'v=DMARC1; p=reject; rua=mailto:a@r.example; ruf=mailto:f@r.example'

/** One way to each code. The type makes a code without an example a compile error. */
const examples: Record<FindingCode, () => readonly Finding[]> = {
  'not-text': text(null as unknown as string),
  'record-empty': text(''),
  'record-missing': () => selectDmarc(['v=spf1 -all']).errors,
  'record-several': () => selectDmarc(['v=DMARC1; p=none', 'v=DMARC1; p=none']).errors,
  'record-leading-space': text(' v=DMARC1; p=none'),
  'record-quoted': text('"v=DMARC1; p=none"'),
  'record-backslash': text('v=DMARC1\\; p=none'),
  'record-long': dmarc(`p=none; x=${'a'.repeat(500)}`),
  'record-large': dmarc(`p=none; x=${'a'.repeat(70_000)}`),
  'record-other-kind': text('v=spf1 -all'),
  'findings-many': text(`v=DMARC1; p=none${';'.repeat(100)}`),
  'string-long': () => all(parseDmarc(['v=DMARC1; p=none; x=', 'a'.repeat(256)])),
  'version-missing': text('p=none'),
  'version-not-first': text('p=none; v=DMARC1'),
  'version-wrong': text('v=dmarc1; p=none'),
  'separator-wrong': text('v=DMARC1, p=none'),
  'separator-doubled': dmarc('; p=none'),
  'separator-spaced': sts('v=STSv1 ; id=1'),
  'tag-malformed': dmarc('p=none; hello'),
  'tag-duplicate': dmarc('p=none; p=none'),
  'tag-empty': dmarc('p='),
  'tag-characters': dmarc('p=none; x=ü'),
  'tag-name-case': dmarc('P=none'),
  'tag-unknown': dmarc('p=none; x=y'),
  'p-missing': dmarc('rua=mailto:a@r.example'),
  'no-policy': dmarc('adkim=s'),
  'policy-invalid': dmarc('p=block'),
  'p-not-second': dmarc('adkim=s; p=none'),
  'alignment-invalid': dmarc('p=none; aspf=strict'),
  'fo-invalid': dmarc('p=none; fo=0:1'),
  'fo-without-ruf': dmarc('p=none; fo=1'),
  't-invalid': dmarc('p=none; t=yes'),
  't-without-effect': dmarc('p=none; t=y'),
  't-unknown-to-rfc7489': dmarc('p=reject; t=y'),
  'psd-invalid': dmarc('p=none; psd=x'),
  'psd-y': dmarc('p=none; psd=y'),
  'np-unknown-to-rfc7489': dmarc('p=none; np=reject'),
  'sp-weaker': dmarc('p=reject; sp=none'),
  'np-weaker': dmarc('p=reject; np=none'),
  'historic-tag': dmarc('p=none; ri=3600'),
  'historic-value': dmarc('p=none; ri=soon'),
  'pct-enforced-in-full': dmarc('p=reject; pct=10'),
  'no-reports': dmarc('p=none'),
  'uri-missing': dmarc('p=none; rua=mailto:a@r.example,'),
  'uri-scheme-missing': dmarc('p=none; rua=a@r.example'),
  'uri-scheme-refused': tls('v=TLSRPTv1; rua=http://r.example/'),
  'uri-scheme-unused': dmarc('p=none; rua=https://r.example/'),
  'uri-invalid': dmarc('p=none; rua=mailto:a'),
  'uri-duplicate': dmarc('p=none; rua=mailto:a@r.example,mailto:a@R.example'),
  'uri-many': dmarc('p=none; rua=mailto:a@r.example,mailto:b@r.example,mailto:c@r.example'),
  'obsolete-size': dmarc('p=none; rua=mailto:a@r.example!5m'),
  'report-host-changed': () =>
    parseReportAuthorisation(['v=DMARC1; rua=mailto:a@b.example'], 'mailto:a@r.example').errors,
  'report-name-long': thrown(() => reportAuthorisationName(`${long.repeat(3)}example`, `mailto:a@${long}example.net`)),
  'report-address': thrown(() => mailtoUri('nobody')),
  'id-missing': sts('v=STSv1;'),
  'id-invalid': sts('v=STSv1; id=2026-11-22'),
  'rua-missing': tls('v=TLSRPTv1;'),
  'field-repeated': sts('v=STSv1; id=1; id=2'),
  'field-unknown': sts('v=STSv1; id=1; x=y'),
  'field-case': sts('v=STSv1; ID=1'),
  'line-malformed': file('hello'),
  'line-blank': file(''),
  'policy-version': file('mode: none'),
  'policy-mode': file('mode: Enforce'),
  'policy-max-age': thrown(() => hostedMtaStsPolicy({ mode: 'none', mx: '', mxAgeDays: 366 })),
  'policy-mx-missing': file('mode: testing'),
  'policy-mx-invalid': file('mx: a.*.example'),
  'policy-large': file('x'.repeat(70_000)),
  'max-age-short': file('mode: enforce', 'max_age: 60'),
  'max-age-long-for-none': file('mode: none', 'max_age: 31557600'),
  'domain-empty': domain(' '),
  'domain-address': domain('192.0.2.1'),
  'domain-characters': domain('a_b.example'),
  'domain-empty-label': domain('a..example'),
  'domain-hyphen': domain('-a.example'),
  'domain-label-long': domain(`${'a'.repeat(64)}.example`),
  'domain-long': domain(`${long.repeat(5)}example`),
  'domain-single-label': domain('example'),
  'domain-idn': domain('xn--a.example'),
  'domain-long-to-host': () => {
    const fault = hostingFault(`${long.repeat(3)}${'b'.repeat(60)}.io`)
    return fault ? [fault] : []
  },
  'hosted-p-missing': hosted('v=DMARC1; rua=mailto:a@r.example; ruf=mailto:f@r.example'),
  'hosted-rua-missing': hosted('v=DMARC1; p=none; ruf=mailto:f@r.example'),
  'hosted-ruf-missing': hosted('v=DMARC1; p=none; rua=mailto:a@r.example'),
  'parked-policy': hosted(parkedText.replace('p=reject', 'p=none'), true),
  'parked-subdomain-policy': hosted(`${parkedText}; sp=none`, true),
  'parked-test-mode': hosted(`${parkedText}; t=y`, true),
  'consent-invalid': () => {
    const parsed = parseConsent(' ')
    return parsed.ok ? [] : [parsed.finding]
  },
  'advice-two-steps': change('p=none', 'p=reject'),
  'advice-subdomain-jump': change('p=reject; sp=none', 'p=reject'),
  'advice-protection-lowered': change('p=reject', 'p=none'),
  'advice-no-reports': change('p=none', 'p=quarantine'),
}

describe('the catalogue of findings', () => {
  it.each(Object.entries(examples))('%s can be met, with its severity and a message of four parts', (code, example) => {
    const found = example().find((one) => one.code === code)
    expect(found?.severity).toBe(findingCatalogue[code as FindingCode].severity)
    expect(found?.message).toMatch(/^.+: found (nothing|`.*`), expected .+\. .+\.$/)
  })

  it('is the table of the README, row by row', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    // Formatters pad the cells of a table, which means nothing.
    const cells = readme.split('\n').map((line) => line.split(/\s*\|\s*/).slice(1, -1))
    const rows = cells.filter(([code, severity]) => /^`/.test(code ?? '') && /^(error|warning)$/.test(severity ?? ''))
    const expected = Object.entries(findingCatalogue).map(([code, { severity, meaning, source }]) => [
      `\`${code}\``,
      severity,
      meaning,
      source,
    ])
    expect(rows).toEqual(expected)
  })
})
