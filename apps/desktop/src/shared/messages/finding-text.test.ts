import {
  adviseDmarcChange,
  type Finding,
  findingCatalogue,
  parseConsent,
  parseDmarc,
  parseDomainName,
  parseMtaStsPolicy,
  validateHostedDmarcConfig,
} from '@dmarc-as-code/records'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findingText } from './finding-text.ts'
import { germanFindings } from './german-findings.ts'
import { setLanguage } from './messages.ts'

beforeEach(() => setLanguage('de'))
afterEach(() => setLanguage('en'))

const codes = Object.keys(findingCatalogue) as (keyof typeof findingCatalogue)[]

const own = 'v=DMARC1; p=none; rua=mailto:x@in.example'
/** Findings that the app shows, as the parsers make them. */
const made: readonly Finding[] = [
  ...['', 'me@a.example', 'https://a.example', '-a.example', 'a..example', 'a', '192.0.2.1', '*.a.example'].flatMap(
    (name) => {
      const parsed = parseDomainName(name)
      return parsed.ok ? [] : [parsed.finding]
    },
  ),
  ...validateHostedDmarcConfig('v=DMARC1; p=wrong`ly; sp=none; foo=1; p=none', own, { parked: true }).errors,
  ...validateHostedDmarcConfig('v=DMARC1; p=none', own, { parked: false }).errors,
  ...validateHostedDmarcConfig(own, own, { parked: true }).errors,
  ...adviseDmarcChange(parseDmarc(own), parseDmarc('v=DMARC1; p=reject; pct=20')),
  ...parseMtaStsPolicy('version: STSv1\nmode: maybe\nmax_age: 1').errors,
  ...['', 'a\u0000b', 'x'.repeat(501)].flatMap((reason) => {
    const parsed = parseConsent(reason)
    return parsed.ok ? [] : [parsed.finding]
  }),
]

describe('a finding', () => {
  it.each(made.map((finding) => [finding.message, finding] as const))(
    '%s is in German, with what was found',
    (_message, finding) => {
      const text = findingText(finding)
      expect(text).toContain(germanFindings[finding.code].split('{')[0])
      expect(text).not.toMatch(/\{\w+\}|expected|found/)
      const found = /: found (`.*`), expected/s.exec(finding.message)?.[1]
      if (found) expect(text).toContain(`Gefunden: ${found}.`)
      else expect(text).not.toContain('Gefunden')
    },
  )

  it.each(codes)('%s has a German sentence of its own', (code) => {
    expect(codes.filter((other) => germanFindings[other] === germanFindings[code])).toEqual([code])
    expect(germanFindings[code]).toMatch(/^\S.*\.$/s)
  })

  it('names the address of the service that is missing', () => {
    const { errors } = validateHostedDmarcConfig('v=DMARC1; p=none; rua=mailto:me@a.example', own, { parked: false })
    expect(errors.map((error) => findingText(error))).toEqual([
      'In rua fehlt eine Adresse des Dienstes (mailto:x@in.example). Ohne sie erhält er keine Sammelberichte. Gefunden: `rua=mailto:me@a.example`.',
    ])
  })

  it('is left as the parser words it in English', () => {
    setLanguage('en')
    for (const finding of made) expect(findingText(finding)).toBe(finding.message)
  })
})
