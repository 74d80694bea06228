import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeDmarc,
  type Finding,
  formatDmarc,
  formatMtaStsPolicy,
  formatMtaStsRecord,
  formatTlsRpt,
  isHostName,
  mailtoUri,
  mtaStsMxMatches,
  normaliseFailureOptions,
  parseDmarc,
  parseDomainName,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseReportUri,
  parseTlsRpt,
  RecordError,
  selectDmarc,
  splitTxt,
  toAsciiHost,
  validateHostedDmarcConfig,
  zoneFileTxt,
} from '../src/index.ts'

/** Arbitrary bytes as a careless resolver might hand them over, one character a byte, and arbitrary UTF-16. */
const bytes = fc.uint8Array({ maxLength: 600 }).map((all) => String.fromCharCode(...all))
const anything = fc.string({ unit: 'binary', maxLength: 300 })
/** Pieces of real records in any order reach further into the parsers than bytes do. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'v=DMARC1',
        'v=STSv1',
        'v=TLSRPTv1',
        'p=',
        'sp=',
        'np=',
        'none',
        'reject',
        'rua=',
        'ruf=',
        'mailto:a@b.example',
      ),
      fc.constantFrom(
        ';',
        '; ',
        ',',
        '=',
        ' ',
        '\t',
        '\n',
        '\r\n',
        ':',
        '!5m',
        '%',
        '%2C',
        '"',
        '\\',
        '@',
        '*.',
        'xn--',
        '.',
        '-',
        '[',
        ']',
      ),
      fc.constantFrom(
        'id=',
        'fo=',
        '1:d:s',
        't=y',
        'pct=0',
        'psd=n',
        'version: STSv1',
        'mode: enforce',
        'mx: ',
        'max_age: 1',
        'https://x.example/',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((all) => all.join(''))
const text = fc.oneof(bytes, anything, pieces)

function checkFindings(source: string, findings: readonly Finding[]): void {
  for (const one of findings) {
    expect(one.start).toBeGreaterThanOrEqual(0)
    expect(one.end).toBeGreaterThanOrEqual(one.start)
    expect(one.end).toBeLessThanOrEqual(source.length)
    expect(one.message).toMatch(/^.+: found .+, expected .+\. .+\.$/)
    expect(one.message.length).toBeLessThan(1000)
  }
}

/** Formatting may refuse, but only in the way it says it does. */
function formatOrRefuse(format: () => string): string | undefined {
  try {
    return format()
  } catch (error) {
    expect(error).toBeInstanceOf(RecordError)
    return undefined
  }
}

describe('whatever bytes come', () => {
  it('parsers answer, place every finding inside the text, and agree with themselves', () => {
    fc.assert(
      fc.property(text, (source) => {
        const answers = [parseDmarc(source), parseMtaStsRecord(source), parseMtaStsPolicy(source), parseTlsRpt(source)]
        for (const { ok, errors, warnings, text: read } of answers) {
          expect(read).toBe(source)
          expect(ok).toBe(errors.length === 0)
          checkFindings(source, errors)
          checkFindings(source, warnings)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('a record that is ok can be formatted, and its canonical text is stable', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('', 'v=DMARC1; p=none;', 'v=DMARC1; '), (rest, start) => {
        const { ok, tags } = parseDmarc(start + rest)
        const canonical = formatOrRefuse(() => formatDmarc(tags, { defaults: 'keep' }))
        if (ok) expect(canonical).toBeDefined()
        if (canonical !== undefined)
          expect(formatDmarc(parseDmarc(canonical).tags, { defaults: 'keep' })).toBe(canonical)
        describeDmarc(tags)
      }),
      { numRuns: 3000 },
    )
  })

  it('the other formats are stable too', () => {
    fc.assert(
      fc.property(text, (rest) => {
        const sts = parseMtaStsRecord(`v=STSv1; ${rest}`)
        if (sts.ok) expect(parseMtaStsRecord(formatMtaStsRecord(sts.tags)).tags).toEqual(sts.tags)
        const tls = parseTlsRpt(`v=TLSRPTv1; rua=mailto:a@b.example${rest}`)
        if (tls.ok) expect(parseTlsRpt(formatTlsRpt(tls.tags)).tags).toEqual(tls.tags)
        const file = parseMtaStsPolicy(`version: STSv1\nmode: none\nmax_age: 1\n${rest}`)
        if (file.ok) expect(parseMtaStsPolicy(formatMtaStsPolicy(file.tags)).tags).toEqual(file.tags)
      }),
      { numRuns: 3000 },
    )
  })

  it('everything else that takes text answers as well, or refuses as it says', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const domain = parseDomainName(a)
        if (domain.ok) expect(isHostName(domain.ascii)).toBe(true)
        else checkFindings(a, [domain.finding])
        const uri = parseReportUri(a)
        if (!uri.ok) checkFindings(a, [uri.finding])
        const host = toAsciiHost(a)
        if (host !== undefined) expect(isHostName(host)).toBe(true)
        expect(typeof mtaStsMxMatches(a, b)).toBe('boolean')
        expect(selectDmarc([a, [b, a]]).record === null).toBe(selectDmarc([a, [b, a]]).found !== 'one')
        checkFindings(a, validateHostedDmarcConfig(a, b, { parked: true }).errors)
        formatOrRefuse(() => mailtoUri(a))
        normaliseFailureOptions(a)
        expect(splitTxt(a).join('')).toBe(a)
        expect(zoneFileTxt(a)).toMatch(/^"[\u0020-\u007e]*"$/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('whatever the size', () => {
  // Each text is one that a careless loop or a backtracking expression takes quadratic time over. At a million
  // characters that would be minutes, far past the test's own time limit.
  const million = 1_000_000
  it.each([
    ['semicolons', ';'],
    ['equals signs', '='],
    ['commas', ','],
    ['spaces', ' '],
    ['colons', ':'],
    ['dots', '.'],
    ['lines', '\n'],
    ['bangs', '!1'],
    ['at signs', '@a'],
    ['backslashes', '\\'],
    ['letters', 'ü'],
    ['tags', 'ab=c;'],
    ['mx lines', 'mx: a.example\n'],
    ['addresses', 'mailto:a@b.example,'],
  ])('a million characters of %s are judged without hanging', (_, piece) => {
    const long = piece.repeat(million / piece.length)
    for (const start of ['', 'v=DMARC1; p=none; rua=', 'v=STSv1; id=', 'v=TLSRPTv1; rua=', 'version: STSv1\n']) {
      // Just under the cap the parsers really read; above it they refuse.
      for (const source of [start + long, (start + long).slice(0, 65_535)]) {
        parseDmarc(source)
        parseMtaStsRecord(source)
        parseTlsRpt(source)
        parseMtaStsPolicy(source)
        selectDmarc([source])
      }
    }
    expect(parseDomainName(long).ok).toBe(false)
    expect(parseReportUri(`mailto:${long}`).ok).toBe(false)
    expect(mtaStsMxMatches(`*.${long}`, long)).toBe(false)
    expect(() => mailtoUri(`${long}@example.org`)).toThrow(RecordError)
  })
})
