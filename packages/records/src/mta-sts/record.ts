import { type Finding, Findings, finding, type Place } from '../finding.ts'
import type { ParsedRecord, TxtValue } from '../parsed.ts'
import { RecordError } from '../record-error.ts'
import { checkStrings } from '../text/check-strings.ts'
import { readFields } from '../text/field-list.ts'
import { type SelectedRecord, selectRecord } from '../text/select.ts'
import type { TagText } from '../text/tag-list.ts'
import { joinTxt } from '../text/txt.ts'
import { readVersion } from '../text/version.ts'

/** The TXT record at `_mta-sts.<domain>` (RFC 8461 3.1). */
export interface MtaStsRecordTags {
  /** Always `STSv1`; need not be given to format. */
  readonly v?: 'STSv1' | undefined
  /** 1 to 32 letters and digits; changes whenever the policy file changes. */
  readonly id?: string | undefined
}

/** The TXT record of MTA-STS as it was read. */
export type ParsedMtaStsRecord = ParsedRecord<MtaStsRecordTags>

/** Reads the TXT record of MTA-STS. An array is one record's character-strings. Never throws. */
export function parseMtaStsRecord(value: TxtValue): ParsedMtaStsRecord {
  const text = joinTxt(value)
  const findings = new Findings()
  const isText = checkStrings(value, text, findings)
  const pieces = isText ? readVersion(text, { word: 'STSv1', lenientName: false }, findings) : undefined
  const tags = pieces ? readId(text, pieces, findings) : {}
  const errors = findings.errors
  const ok = errors.length === 0
  return { ok, text, tags, outcome: ok ? 'policy' : 'ignored', errors, warnings: findings.warnings }
}

function readId(text: string, pieces: readonly TagText[], findings: Findings): MtaStsRecordTags {
  const id = readFields(text, pieces, { known: 'id' }, findings).get('id')
  if (id?.value === undefined) {
    const end = { start: text.length, end: text.length }
    findings.add(
      'id-missing',
      end,
      { wrong: 'There is no id', expected: 'id= and 1 to 32 letters and digits', next: 'Add one.' },
      'id',
    )
    return { v: 'STSv1' }
  }
  if (!isId(id.value)) {
    findings.take(idFinding(id.value, id.valuePlace))
    return { v: 'STSv1' }
  }
  return { v: 'STSv1', id: id.value }
}

/** Writes `v=STSv1; id=...;`, the form every sender's filter accepts. Throws RecordError for an id that is not allowed. */
export function formatMtaStsRecord(tags: MtaStsRecordTags): string {
  const id = tags.id ?? ''
  if (isId(id)) return `v=STSv1; id=${id};`
  throw new RecordError('This MTA-STS record must not be published.', [idFinding(id, { start: 0, end: id.length })])
}

function isId(id: string): boolean {
  return /^[A-Za-z0-9]{1,32}$/.test(id)
}

function idFinding(id: string, place: Place): Finding {
  const parts = {
    wrong: 'The id is not allowed',
    found: id,
    expected: '1 to 32 letters and digits',
    next: 'Write, for example, the time as 20261122T101530.',
  }
  return finding('id-invalid', place, parts, 'id')
}

/** Picks and reads the record among the TXT values of an `_mta-sts` name (RFC 8461 3.1). Never throws. */
export function selectMtaStsRecord(values: readonly TxtValue[]): SelectedRecord<ParsedMtaStsRecord> {
  const isOne = (text: string) => text.startsWith('v=STSv1;')
  return selectRecord(values, { name: 'MTA-STS', word: 'STSv1', begin: 'v=STSv1;', isOne, parse: parseMtaStsRecord })
}
