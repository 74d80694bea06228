import { Findings } from '../finding.ts'
import type { ParsedRecord, TxtValue } from '../parsed.ts'
import { RecordError } from '../record-error.ts'
import { checkStrings } from '../text/check-strings.ts'
import { readFields } from '../text/field-list.ts'
import { type SelectedRecord, selectRecord } from '../text/select.ts'
import type { TagText } from '../text/tag-list.ts'
import { joinTxt } from '../text/txt.ts'
import { readVersion } from '../text/version.ts'
import { canonicalListUri } from '../uri/list-uri.ts'
import { readUriList } from '../uri/uri-list.ts'

/** The TXT record at `_smtp._tls.<domain>` (RFC 8460 3). */
export interface TlsRptTags {
  /** Always `TLSRPTv1`; need not be given to format. */
  readonly v?: 'TLSRPTv1' | undefined
  /** Canonical mailto: and https: URIs. A sender may report to only one of them. */
  readonly rua?: readonly string[] | undefined
}

/** A TLS-RPT record as it was read. */
export type ParsedTlsRpt = ParsedRecord<TlsRptTags>

/** Reads a TLS-RPT record. An array is one record's character-strings. Never throws. */
export function parseTlsRpt(value: TxtValue): ParsedTlsRpt {
  const text = joinTxt(value)
  const findings = new Findings()
  const isText = checkStrings(value, text, findings)
  const pieces = isText ? readVersion(text, { word: 'TLSRPTv1', lenientName: false }, findings) : undefined
  const rua = pieces ? readRua(text, pieces, findings) : []
  const errors = findings.errors
  const tags: TlsRptTags = pieces ? { v: 'TLSRPTv1', ...(rua.length > 0 ? { rua } : {}) } : {}
  const outcome = pieces && rua.length > 0 && !errors.some((one) => one.code === 'tag-malformed') ? 'policy' : 'ignored'
  return { ok: errors.length === 0, text, tags, outcome, errors, warnings: findings.warnings }
}

function readRua(text: string, pieces: readonly TagText[], findings: Findings): string[] {
  const piece = readFields(text, pieces, { known: 'rua' }, findings).get('rua')
  const usable = piece ? readUsable(piece, findings) : []
  if (usable.length === 0) {
    const place = piece ?? { start: text.length, end: text.length }
    const parts = {
      wrong: 'There is no usable rua',
      ...(piece ? { found: piece.text } : {}),
      expected: 'rua=mailto:... or rua=https://...',
      next: 'Name where the reports should go.',
    }
    findings.add('rua-missing', place, parts, 'rua')
  }
  return usable
}

function readUsable(piece: TagText, findings: Findings): string[] {
  const usable: string[] = []
  for (const one of readUriList(piece, 'rua', findings, 'refused')) {
    if (one.scheme === 'mailto' || one.scheme === 'https') usable.push(one.uri)
    else {
      const parts = {
        wrong: 'Reports cannot go to this scheme',
        found: one.uri,
        expected: 'mailto: or https:',
        next: 'Use one of these.',
      }
      findings.add('uri-scheme-refused', piece.valuePlace, parts, 'rua')
    }
  }
  return usable
}

/** Writes `v=TLSRPTv1; rua=...`. Throws RecordError when no usable address is given or one is wrong. */
export function formatTlsRpt(tags: TlsRptTags): string {
  const text = `v=TLSRPTv1; rua=${[...new Set((tags.rua ?? []).map(canonicalListUri))].join(',')}`
  const { errors } = parseTlsRpt(text)
  if (errors.length > 0) throw new RecordError('This TLS-RPT record must not be published.', errors)
  return text
}

/** Picks and reads the record among the TXT values of a `_smtp._tls` name (RFC 8460 3). Never throws. */
export function selectTlsRpt(values: readonly TxtValue[]): SelectedRecord<ParsedTlsRpt> {
  const isOne = (text: string) => text.startsWith('v=TLSRPTv1;')
  return selectRecord(values, { name: 'TLS-RPT', word: 'TLSRPTv1', begin: 'v=TLSRPTv1;', isOne, parse: parseTlsRpt })
}
