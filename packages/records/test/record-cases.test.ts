import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type Finding,
  mtaStsMxMatches,
  parseDmarc,
  parseMtaStsPolicy,
  parseMtaStsRecord,
  parseReportUri,
  parseTlsRpt,
  reportAuthorisationName,
  selectDmarc,
} from '../src/index.ts'
import cases from './fixtures/record-cases.json' with { type: 'json' }

interface Answer {
  readonly valid: boolean
  readonly tags: object
  readonly outcome?: string
  readonly warnings?: readonly Finding[]
}

type Case = (typeof cases)[number]
const text = (one: Case) => one.input as string
const list = (one: Case) => one.input as string[]
const fields = (one: Case) => one.input as unknown as Record<string, string> & { patterns: string[] }

const judge: Record<string, (one: Case) => Answer> = {
  dmarc: (one) => record(parseDmarc(text(one)), one),
  'dmarc-strings': (one) => record(parseDmarc(list(one)), one),
  'dmarc-set': (one) => {
    const { ok, record } = selectDmarc(list(one))
    return { valid: ok, tags: record?.tags ?? {} }
  },
  'dmarc-external': (one) => ({
    valid: true,
    tags: { query: reportAuthorisationName(fields(one).policyDomain ?? '', fields(one).uri ?? '') },
  }),
  'mta-sts-txt': (one) => record(parseMtaStsRecord(text(one)), one),
  'mta-sts-policy': (one) => record(parseMtaStsPolicy(text(one)), one),
  'mta-sts-mx-match': (one) => {
    const { mx = '', patterns } = fields(one)
    return { valid: patterns.some((pattern) => mtaStsMxMatches(pattern, mx)), tags: {} }
  },
  'tls-rpt': (one) => record(parseTlsRpt(text(one)), one),
}

/** The cases write `pct` as text, and an address with a size as an object. */
function record(
  parsed: { ok: boolean; tags: object; outcome: string; warnings: readonly Finding[] },
  one: Case,
): Answer {
  const tags: Record<string, unknown> = { ...parsed.tags }
  if (tags.pct !== undefined) tags.pct = String(tags.pct)
  if (typeof one.input === 'string' && one.input.includes('!')) {
    const uri = parseReportUri(one.input.split('rua=')[1] ?? '')
    tags.rua = uri.ok ? [{ uri: uri.value.uri, size: uri.value.size }] : []
  }
  return { valid: parsed.ok, tags, outcome: parsed.outcome, warnings: parsed.warnings }
}

describe('the shared record cases', () => {
  it.each(cases.map((one) => [`${one.kind}: ${JSON.stringify(one.input)} (${one.why})`, one] as const))(
    '%s',
    (_, one) => {
      const answer = judge[one.kind]?.(one)
      expect(answer?.valid).toBe(one.valid)
      expect(answer?.tags).toMatchObject(one.expect)
      if (one.receiver) expect(answer?.outcome).toBe(one.receiver)
      expect(answer?.warnings?.map((warning) => warning.code) ?? []).toEqual(expect.arrayContaining(one.warnings ?? []))
    },
  )

  const shared = new URL('../../../../shared/reference/record-cases.json', import.meta.url)
  if (existsSync(shared))
    it('are the same as the shared file', () => {
      expect(cases).toEqual(JSON.parse(readFileSync(shared, 'utf8')))
    })
})
