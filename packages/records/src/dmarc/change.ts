import type { FindingCode } from '../catalogue.ts'
import { type Finding, finding } from '../finding.ts'
import { scanTagList } from '../text/tag-list.ts'
import type { ParsedDmarc } from './parse.ts'
import { comparePolicies } from './tags.ts'

/**
 * Advice before one record replaces another: jumps that lose mail, and steps back. `from` is null, or a record that is
 * ignored, where there was no policy. All are warnings (RFC 9989 7.4 advises, it does not forbid). Places are in the
 * text of `to`.
 */
export function adviseDmarcChange(from: ParsedDmarc | null, to: ParsedDmarc): Finding[] {
  const before = from?.effective?.applied ?? { p: 'none', sp: 'none', np: 'none' }
  const after = to.effective?.applied
  if (!after) return []
  const findings: Finding[] = []
  const add = (code: FindingCode, tag: string, wrong: string, expected: string, next: string) => {
    const piece = scanTagList(to.text).find((one) => one.name.toLowerCase() === tag)
    const place = piece ?? { start: to.text.length, end: to.text.length }
    findings.push(finding(code, place, { wrong, ...(piece ? { found: piece.text } : {}), expected, next }, tag))
  }
  const jump = before.p === 'none' && after.p === 'reject'
  if (jump) {
    const next = 'Publish p=quarantine, or p=reject with t=y, and read a month of reports first.'
    add(
      'advice-two-steps',
      'p',
      'The policy goes from none to reject in one step',
      'a month at quarantine between',
      next,
    )
  } else if (before.sp === 'none' && after.sp === 'reject') {
    const next = 'Publish sp=quarantine and read a month of reports first.'
    add(
      'advice-subdomain-jump',
      'sp',
      'Subdomains go from none to reject in one step',
      'a month at quarantine between',
      next,
    )
  }
  if (comparePolicies(after.p, before.p) < 0 || comparePolicies(after.sp, before.sp) < 0) {
    const expected = `p at least ${before.p} and sp at least ${before.sp}, as now`
    add(
      'advice-protection-lowered',
      'p',
      'The domain becomes easier to forge',
      expected,
      'Go on only if real mail is being lost.',
    )
  }
  if (after.p !== 'none' && to.tags.rua === undefined) {
    add(
      'advice-no-reports',
      'rua',
      'The policy is enforced without reports',
      'a rua',
      'Add rua, so that lost mail is noticed.',
    )
  }
  return findings
}
