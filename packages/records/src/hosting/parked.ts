import type { FindingCode } from '../catalogue.ts'
import type { ParsedDmarc } from '../dmarc/parse.ts'
import { type Finding, finding } from '../finding.ts'
import { scanTagList } from '../text/tag-list.ts'

/**
 * Why a record does not fit a domain that sends no mail: it must have p=reject, sp=reject where `sp` is given, and no
 * test mode. Empty when it fits. Errors of the record itself are not repeated.
 */
export function parkedDmarcFindings(record: ParsedDmarc): Finding[] {
  const { p, sp, t } = record.tags
  const findings: Finding[] = []
  const add = (code: FindingCode, tag: string, expected: string, next: string) => {
    const piece = scanTagList(record.text).find((one) => one.name.toLowerCase() === tag)
    const place = piece ?? { start: record.text.length, end: record.text.length }
    const wrong = `${tag} does not fit a parked domain`
    findings.push(finding(code, place, { wrong, ...(piece ? { found: piece.text } : {}), expected, next }, tag))
  }
  if (p !== 'reject') add('parked-policy', 'p', 'p=reject', 'Write p=reject: nobody may send from this domain.')
  if (sp !== undefined && sp !== 'reject') {
    add('parked-subdomain-policy', 'sp', 'sp=reject or no sp', 'Write sp=reject, or remove sp.')
  }
  if (t === 'y') add('parked-test-mode', 't', 'no t', 'Remove t: it turns reject into quarantine.')
  return findings
}
