import { describe, expect, it } from 'vitest'
import { parseDmarc } from './parse.ts'

const errorCodes = (text: string) => parseDmarc(text).errors.map((one) => one.code)
const warningCodes = (text: string) => parseDmarc(text).warnings.map((one) => one.code)
const rua = 'rua=mailto:agg@example.org'

describe('parseDmarc: sizes', () => {
  // Anyone can publish such a record. With a copy of all sizes for each address it took eight seconds.
  it('are read from a record with thousands of addresses', { timeout: 4_000 }, () => {
    const addresses = Array.from({ length: 7_000 }, (_, index) => `x:${index}!1`)
    const { sizes } = parseDmarc(`v=DMARC1; p=none; rua=${addresses.join(',')}`)
    expect(Object.keys(sizes?.rua ?? {})).toHaveLength(7_000)
  })

  it('keeps the obsolete size limits of addresses visible', () => {
    const { tags, sizes } = parseDmarc(
      'v=DMARC1; p=none; rua=MAILTO:a@B.example!10m,mailto:c@d.example; ruf=mailto:e@f.example!5K',
    )
    expect(tags.rua).toEqual(['mailto:a@b.example', 'mailto:c@d.example'])
    expect(sizes).toEqual({ rua: { 'mailto:a@b.example': '10m' }, ruf: { 'mailto:e@f.example': '5K' } })
    expect(parseDmarc('v=DMARC1; p=none; rua=mailto:a@b.example')).not.toHaveProperty('sizes')
  })
})

describe('parseDmarc: findings', () => {
  it('points at the very characters that are wrong', () => {
    const text = 'v=DMARC1; p=reject; sp=rejct; adkim=x'
    const [sp, adkim] = parseDmarc(text).errors
    expect(text.slice(sp?.start, sp?.end)).toBe('rejct')
    expect(text.slice(adkim?.start, adkim?.end)).toBe('x')
    expect(sp).toMatchObject({ code: 'policy-invalid', tag: 'sp', severity: 'error' })
  })

  it('points into the joined text when given character-strings', () => {
    const { text, errors } = parseDmarc(['v=DMARC1; p=no', 'ne; t=maybe'])
    expect(text.slice(errors[0]?.start, errors[0]?.end)).toBe('maybe')
  })

  it('says what is wrong, what was found, what was expected and what to do', () => {
    expect(parseDmarc('v=DMARC1; p=quarantin').errors[0]?.message).toBe(
      'The value of p is wrong: found `quarantin`, expected none, quarantine or reject. Correct it: receivers take the whole record for p=none, or ignore it.',
    )
  })

  it('suggests the RFC 9989 form of an RFC 7489 fo list', () => {
    expect(parseDmarc('v=DMARC1; p=none; fo=0:1:d:s').errors[0]?.message).toContain('Write fo=1:d:s.')
  })

  it('names the tag that a missing semicolon hides', () => {
    const { errors, outcome } = parseDmarc('v=DMARC1; p=reject rua=mailto:agg@example.org')
    expect(errors.map((one) => one.code)).toEqual(['separator-wrong'])
    expect(errors[0]?.message).toContain('Put one before rua.')
    expect(outcome).toBe('ignored')
    expect(errorCodes('v=DMARC1; p=none; rua=mailto:agg@example.org ruf=mailto:f@example.org')).toEqual([
      'separator-wrong',
    ])
  })

  it('cuts long values and escapes control characters in messages', () => {
    const message = parseDmarc(`v=DMARC1; p=${'x'.repeat(200)}\u0007`).errors[0]?.message ?? ''
    expect(message.length).toBeLessThan(300)
    expect(parseDmarc('v=DMARC1; p=a\u0007').errors[0]?.message).toContain('`a\\x07`')
  })

  it.each([
    ['', 'record-empty'],
    [' v=DMARC1; p=none', 'record-leading-space'],
    ['\nv=DMARC1; p=none', 'record-leading-space'],
    ['“v=DMARC1; p=none”', 'record-quoted'],
    ['v=DMARC1\\; p=none', 'record-backslash'],
    ['v=DMARC1; p=none\\; adkim=s', 'record-backslash'],
    ['v=DMARC1 p=none', 'separator-wrong'],
    ['v=DMARC1: p=none', 'separator-wrong'],
    ['v=DMARC2; p=none', 'version-wrong'],
    ['v=DMARC10; p=none', 'version-wrong'],
    ['v=; p=none', 'version-wrong'],
    ['p=none; v=DMARC1', 'version-not-first'],
    [';v=DMARC1; p=none', 'version-not-first'],
    ['v=spf1 -all', 'record-other-kind'],
    ['V = DKIM1; k=rsa; p=MII', 'record-other-kind'],
    ['v=TLSRPTv1; rua=mailto:a@b.example', 'record-other-kind'],
    ['hello', 'version-missing'],
    ['v=DMARC1; p=none; hello', 'tag-malformed'],
    ['v=DMARC1; p=none; a1=b', 'tag-malformed'],
    ['v=DMARC1; p=', 'tag-empty'],
    ['v=DMARC1; p=none; x=ü', 'tag-characters'],
    ['v=DMARC1; p=none; P=none', 'tag-duplicate'],
    ['v=DMARC1; p=none; v=DMARC1', 'tag-duplicate'],
    ['v=DMARC1; p=none; rua=mailto:a@example.org,', 'uri-missing'],
    ['v=DMARC1; p=none; rua=mailto:a!b@example.org', 'uri-invalid'],
    ['v=DMARC1; p=none; rua=mailto:a@-bad-.example', 'uri-invalid'],
    ['v=DMARC1; p=none; rua=mailto:a@192.0.2.1', 'uri-invalid'],
    ['v=DMARC1; p=none; rua=mailto:example.org', 'uri-invalid'],
    ['v=DMARC1; p=none; rua=mailto:a%2@example.org', 'uri-invalid'],
  ])('fails on %j with %s', (text, code) => {
    expect(errorCodes(text)).toContain(code)
  })

  it('reports a string no DNS server can hold', () => {
    expect(parseDmarc([`v=DMARC1; p=none; x=${'a'.repeat(250)}`]).errors[0]?.code).toBe('string-long')
  })

  it('refuses to read a text larger than any DNS record', () => {
    expect(errorCodes(`v=DMARC1; p=none; x=${'a'.repeat(70_000)}`)).toEqual(['record-large'])
  })

  it.each([
    [`v=DMARC1; p=none;; ${rua}`, ['separator-doubled']],
    [`v=DMARC1; P=none; ${rua}`, ['tag-name-case']],
    [`v=DMARC1; p=none; ${rua}; xyz=1`, ['tag-unknown']],
    [`v=DMARC1; p=reject; sp=none; ${rua}`, ['sp-weaker']],
    [`v=DMARC1; p=reject; np=none; ${rua}`, ['np-weaker', 'np-unknown-to-rfc7489']],
    [`v=DMARC1; p=none; np=reject; ${rua}`, ['np-unknown-to-rfc7489']],
    [`v=DMARC1; p=none; np=none; ${rua}`, []],
    [`v=DMARC1; p=none; t=y; ${rua}`, ['t-without-effect']],
    [`v=DMARC1; p=reject; t=y; ${rua}`, ['t-unknown-to-rfc7489']],
    [`v=DMARC1; p=reject; t=y; pct=0; ${rua}`, ['historic-tag']],
    [`v=DMARC1; p=reject; pct=50; ${rua}`, ['historic-tag', 'pct-enforced-in-full']],
    [`v=DMARC1; p=none; pct=50; ${rua}`, ['historic-tag']],
    [`v=DMARC1; p=none; pct=101; ${rua}`, ['historic-tag', 'historic-value']],
    [`v=DMARC1; p=none; psd=y; ${rua}`, ['psd-y']],
    ['v=DMARC1; p=none', ['no-reports']],
    [`v=DMARC1; p=none; ${rua},https://example.org/r`, ['uri-scheme-unused']],
    [`v=DMARC1; p=none; ${rua},mailto:AGG@example.org,MAILTO:agg@EXAMPLE.org`, ['uri-duplicate']],
    [`v=DMARC1; p=none; ${rua},mailto:b@example.org,mailto:c@example.org`, ['uri-many']],
    [`v=DMARC1; p=none; ${rua};`, []],
  ])('warns on %j: %j', (text, codes) => {
    expect(errorCodes(text)).toEqual([])
    expect(warningCodes(text)).toEqual(codes)
  })

  it('warns where the value is too long for comfort', () => {
    const many = Array.from({ length: 30 }, (_, i) => `mailto:reports${i}@example.org`).join(',')
    expect(warningCodes(`v=DMARC1; p=none; rua=${many}`)).toContain('record-long')
  })
})

describe('parseDmarc: what holds', () => {
  it('gives every default of RFC 9989', () => {
    expect(parseDmarc(`v=DMARC1; p=quarantine; ${rua}`).effective).toEqual({
      p: 'quarantine',
      sp: 'quarantine',
      np: 'quarantine',
      adkim: 'r',
      aspf: 'r',
      fo: '0',
      rua: ['mailto:agg@example.org'],
      ruf: [],
      t: 'n',
      psd: 'u',
      applied: { p: 'quarantine', sp: 'quarantine', np: 'quarantine' },
    })
  })

  it('lets np inherit from sp, and sp from p', () => {
    expect(parseDmarc('v=DMARC1; p=reject; sp=quarantine').effective).toMatchObject({
      sp: 'quarantine',
      np: 'quarantine',
    })
  })

  it('applies one level less in test mode', () => {
    expect(parseDmarc('v=DMARC1; p=reject; sp=quarantine; np=none; t=y').effective?.applied).toEqual({
      p: 'quarantine',
      sp: 'none',
      np: 'none',
    })
  })

  it('acts as none throughout when sp is misspelt and reports are wanted', () => {
    const parsed = parseDmarc(`v=DMARC1; p=reject; sp=rejct; ${rua}`)
    expect(parsed.outcome).toBe('as-none')
    expect(parsed.effective).toMatchObject({ p: 'none', sp: 'none', np: 'none', rua: ['mailto:agg@example.org'] })
  })

  it('is ignored when np is misspelt and no report is wanted, though an RFC 7489 reader enforces it', () => {
    const parsed = parseDmarc('v=DMARC1; p=reject; np=rejct')
    expect(parsed).toMatchObject({ outcome: 'ignored', effective: null })
    expect(parsed.rfc7489).toEqual({ outcome: 'policy', effective: { p: 'reject', sp: 'reject', pct: 100 } })
  })

  it('shows what an RFC 7489 reader does with pct and t', () => {
    expect(parseDmarc('v=DMARC1; p=reject; t=y; pct=0').rfc7489.effective).toEqual({
      p: 'reject',
      sp: 'reject',
      pct: 0,
    })
  })

  it('keeps the values it understood, in canonical form, beside those it did not', () => {
    const parsed = parseDmarc('v=DMARC1; p=REJECT; adkim=x; rua=MAILTO:A%2cb@EXAMPLE.org!10m; xyz=Kept')
    expect(parsed.tags).toEqual({
      v: 'DMARC1',
      p: 'reject',
      rua: ['mailto:A%2Cb@example.org'],
      other: [{ name: 'xyz', value: 'Kept' }],
    })
  })

  it('survives tag names that mean something to JavaScript', () => {
    const { ok, tags } = parseDmarc('v=DMARC1; p=none; constructor=1; toString=2')
    expect(ok).toBe(true)
    expect(tags.other).toEqual([
      { name: 'constructor', value: '1' },
      { name: 'tostring', value: '2' },
    ])
  })
})
