import type { Findings } from '../finding.ts'
import { scanCommaList, type TagText } from '../text/tag-list.ts'
import { parseReportUri, type ReportUri } from './report-uri.ts'

/**
 * Reads a comma-separated list of report addresses. A faulty one is reported and left out; the others count (RFC 9990 3.5).
 * `sizes` says what an old `!10m` behind an address is: obsolete in DMARC, and never was allowed in TLS-RPT.
 */
export function readUriList(
  piece: TagText,
  tag: string,
  findings: Findings,
  sizes: 'obsolete' | 'refused' = 'obsolete',
): ReportUri[] {
  const list = new Map<string, ReportUri>()
  for (const item of scanCommaList(piece.value ?? '', piece.valuePlace.start)) {
    const parsed = parseReportUri(item.text, item)
    if (!parsed.ok) {
      findings.take({ ...parsed.finding, tag })
      continue
    }
    if (parsed.value.size !== undefined) {
      const wrong = 'The address carries a size limit'
      findings.add(
        sizes === 'obsolete' ? 'obsolete-size' : 'uri-invalid',
        item,
        { wrong, found: item.text, expected: 'no !size', next: `Write ${parsed.value.uri}.` },
        tag,
      )
      if (sizes === 'refused') continue
    }
    if (list.has(parsed.value.uri)) {
      const wrong = 'The address is listed twice'
      findings.add(
        'uri-duplicate',
        item,
        { wrong, found: item.text, expected: 'each address once', next: 'Remove one.' },
        tag,
      )
      continue
    }
    list.set(parsed.value.uri, parsed.value)
  }
  return [...list.values()]
}
