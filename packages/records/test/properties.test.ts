import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DmarcTags,
  dmarcPolicies,
  formatDmarc,
  formatMtaStsPolicy,
  formatMtaStsRecord,
  formatTlsRpt,
  joinTxt,
  mtaStsModes,
  mtaStsMxMatches,
  mtaStsPolicyId,
  parseDmarc,
  parseDomainName,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseTlsRpt,
  splitTxt,
  validateHostedDmarcConfig,
} from '../src/index.ts'

const policy = fc.constantFrom(...dmarcPolicies)
const alignment = fc.constantFrom('r' as const, 's' as const)
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/)
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'))
const mailto = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9_~+$'*-]{1,8}(\.[A-Za-z0-9_~+$'*-]{1,4}){0,2}$/), host)
  .map(([local, at]) => `mailto:${local}@${at}`)
const uris = fc.uniqueArray(mailto, { minLength: 1, maxLength: 3 })

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const dmarcTags: fc.Arbitrary<DmarcTags> = fc.record({
  p: policy,
  sp: optional(policy),
  np: optional(policy),
  adkim: optional(alignment),
  aspf: optional(alignment),
  fo: optional(fc.constantFrom('0', '1', 'd', 's', 'd:s', 's:1:d', '0:s')),
  rua: optional(uris),
  ruf: optional(uris),
  t: optional(fc.constantFrom('y' as const, 'n' as const)),
  psd: optional(fc.constantFrom('y' as const, 'n' as const, 'u' as const)),
  pct: optional(fc.integer({ min: 0, max: 100 })),
  ri: optional(fc.integer({ min: 0, max: 0xffffffff })),
})

const given = (tags: object) => Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined))

describe('DMARC', () => {
  it('reads back every tag it wrote', () => {
    fc.assert(
      fc.property(dmarcTags, (tags) => {
        expect(parseDmarc(formatDmarc(tags, { defaults: 'keep' })).tags).toEqual({ v: 'DMARC1', ...given(tags) })
      }),
    )
  })

  it('leaving out defaults changes nothing for any receiver', () => {
    fc.assert(
      fc.property(dmarcTags, (tags) => {
        const short = parseDmarc(formatDmarc(tags))
        const long = parseDmarc(formatDmarc(tags, { defaults: 'keep' }))
        expect(short.effective).toEqual(long.effective)
        expect(short.rfc7489).toEqual(long.rfc7489)
      }),
    )
  })

  it('gives one text for one meaning: formatting what was read is stable, whatever the order and spacing', () => {
    const space = fc.constantFrom('', ' ', '\t', '  ')
    fc.assert(
      fc.property(dmarcTags, fc.array(space, { minLength: 40, maxLength: 40 }), fc.nat(), (tags, spaces, turn) => {
        const canonical = formatDmarc(tags, { defaults: 'keep' })
        const [version = '', ...rest] = canonical.split('; ')
        const turned = [...rest.slice(turn % rest.length), ...rest.slice(0, turn % rest.length)]
        const loose = [version, ...turned].map((tag, i) =>
          tag.replace('=', `${i > 0 ? spaces[i] : ''}=${spaces[i + 13]}`),
        )
        const text = loose.reduce((all, tag, i) => `${all}${spaces[i]};${spaces[i + 26]}${tag}`)
        expect(formatDmarc(parseDmarc(text).tags, { defaults: 'keep' })).toBe(canonical)
      }),
    )
  })

  it('never applies more than what is published', () => {
    fc.assert(
      fc.property(dmarcTags, (tags) => {
        const { effective } = parseDmarc(formatDmarc(tags))
        for (const name of ['p', 'sp', 'np'] as const) {
          const published = dmarcPolicies.indexOf(effective?.[name] ?? 'none')
          const applied = dmarcPolicies.indexOf(effective?.applied[name] ?? 'none')
          expect(published - applied).toBe(tags.t === 'y' && published > 0 ? 1 : 0)
        }
      }),
    )
  })

  it('a hosted record that keeps the default addresses is accepted, and one that drops any is not', () => {
    fc.assert(
      fc.property(dmarcTags, uris, uris, (tags, own, more) => {
        const standard = formatDmarc({ p: 'none', rua: own })
        const kept = formatDmarc({ ...tags, rua: [...more, ...own] })
        expect(validateHostedDmarcConfig(kept, standard).ok).toBe(true)
        const others = more.filter((uri) => !own.includes(uri))
        expect(validateHostedDmarcConfig(formatDmarc({ ...tags, rua: others }), standard).missing.rua).toEqual(own)
      }),
    )
  })
})

describe('MTA-STS and TLS-RPT', () => {
  const policyFile = fc.record({
    mode: fc.constantFrom(...mtaStsModes),
    mx: fc.uniqueArray(
      fc.tuple(fc.constantFrom('', '*.'), host).map(([star, name]) => star + name),
      { minLength: 1 },
    ),
    max_age: fc.integer({ min: 0, max: 31_557_600 }),
  })

  it('read back what they wrote', () => {
    fc.assert(
      fc.property(policyFile, fc.stringMatching(/^[A-Za-z0-9]{1,32}$/), uris, (file, id, rua) => {
        expect(parseMtaStsPolicy(formatMtaStsPolicy(file)).tags).toEqual({ version: 'STSv1', ...file })
        expect(parseMtaStsRecord(formatMtaStsRecord({ id })).tags).toEqual({ v: 'STSv1', id })
        expect(parseTlsRpt(formatTlsRpt({ rua })).tags).toEqual({ v: 'TLSRPTv1', rua })
      }),
    )
  })

  it('the id of a policy is always one a record may hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(formatMtaStsRecord({ id: mtaStsPolicyId(text) })).toContain(mtaStsPolicyId(text))
      }),
    )
  })

  it('a wildcard covers a host exactly when one label stands before the rest', () => {
    fc.assert(
      fc.property(host, fc.array(label, { maxLength: 3 }), (base, before) => {
        expect(mtaStsMxMatches(`*.${base}`, [...before, base].join('.'))).toBe(before.length === 1)
      }),
    )
  })
})

describe('names and strings', () => {
  it('a domain name read once reads as itself, and its letters read back to it', () => {
    const unicode = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), {
      minLength: 2,
      maxLength: 3,
    })
    fc.assert(
      fc.property(unicode, (labels) => {
        const parsed = parseDomainName(labels.join('.'))
        if (!parsed.ok) return
        expect(parseDomainName(parsed.ascii)).toEqual(parsed)
        expect(parseDomainName(parsed.unicode)).toEqual(parsed)
        expect(parsed.ascii).toMatch(/^[a-z0-9.-]{3,253}$/)
      }),
      { numRuns: 500 },
    )
  })

  it('splitting is undone by joining, and no string is too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 1000, size: 'max' }), (text) => {
        const strings = splitTxt(text)
        expect(joinTxt(strings)).toBe(text)
        for (const part of strings) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(255)
      }),
    )
  })
})
