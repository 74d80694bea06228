import { describe, expect, it } from 'vitest'
import {
  isHostName,
  isMxPattern,
  joinTxt,
  mailtoUri,
  mtaStsMxMatches,
  parseConsent,
  parseDmarc,
  parseDomainName,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseReportAuthorisation,
  parseReportUri,
  parseTlsRpt,
  RecordError,
  reportUriOf,
  sameReportUri,
  selectDmarc,
  selectMtaStsRecord,
  selectTlsRpt,
  toAsciiHost,
  validateHostedDmarcConfig,
} from '../src/index.ts'

/** What code without types gives where a text belongs. */
const values = [
  null,
  undefined,
  5,
  true,
  {},
  Symbol('x'),
  () => 'x',
  new Date(0),
  [null],
  [['a']],
  Buffer.from('v'),
] as never[]

describe.each(
  values.map(
    (value) => [typeof value === 'symbol' ? 'a symbol' : `${JSON.stringify(value)} (${typeof value})`, value] as const,
  ),
)('in the place of a text, %s', (_, value) => {
  it.each(Object.entries({ parseDmarc, parseTlsRpt, parseMtaStsRecord, parseMtaStsPolicy }))(
    'is answered by %s with a finding',
    (_name, parse) => {
      const parsed = parse(value)
      expect(parsed).toMatchObject({ ok: false, outcome: 'ignored' })
      expect(parsed.errors.map((one) => one.code)).toEqual(['not-text'])
      expect(parsed.warnings).toEqual([])
    },
  )

  it.each(Object.entries({ parseReportUri, parseDomainName, parseConsent }))(
    'is answered by %s with a finding',
    (_name, parse) => {
      expect(parse(value)).toMatchObject({ ok: false, finding: { code: 'not-text' } })
    },
  )

  it.each(Object.entries({ selectDmarc, selectTlsRpt, selectMtaStsRecord }))(
    'is no record for %s, alone or in a list',
    (_name, select) => {
      expect(select(value).found).toBe('none')
      expect(select([value, value]).found).toBe('none')
    },
  )

  it('is no address, host or pattern', () => {
    expect(isHostName(value)).toBe(false)
    expect(isMxPattern(value)).toBe(false)
    expect(toAsciiHost(value)).toBeUndefined()
    expect(mtaStsMxMatches(value, 'mx.example.com')).toBe(false)
    expect(mtaStsMxMatches('mx.example.com', value)).toBe(false)
    expect(sameReportUri(value, value)).toBe(false)
    expect(() => mailtoUri(value)).toThrow(RecordError)
    expect(() => reportUriOf(value)).toThrow(RecordError)
  })

  it('is no hosted record and no authorisation', () => {
    const standard = 'v=DMARC1; p=none; rua=mailto:a@r.example'
    expect(validateHostedDmarcConfig(value, standard).errors.map((one) => one.code)).toEqual(['not-text'])
    expect(parseReportAuthorisation(value, 'mailto:a@r.example').authorised).toBe(false)
    expect(parseReportAuthorisation([value], 'mailto:a@r.example').authorised).toBe(false)
  })
})

describe('character-strings that are no texts', () => {
  it('are left out of what is read', () => {
    expect(joinTxt(['v=DMARC1; ', null as never, 'p=none'])).toBe('v=DMARC1; p=none')
    expect(parseDmarc(['v=DMARC1; p=none', null as never]).ok).toBe(false)
  })
})
