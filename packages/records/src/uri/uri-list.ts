import type { Findings } from '../finding.ts'
import { scanCommaList, type TagText } from '../text/tag-list.ts'
import { parseReportUri, type ReportUri } from './report-uri.ts'

/** Reads a comma-separated list of report addresses. A faulty one is reported and left out; the others count (RFC 9990 3.5). */
export function readUriList(piece: TagText, tag: string, findings: Findings): ReportUri[] {
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
        'obsolete-size',
        item,
        { wrong, found: item.text, expected: 'no !size', next: `Write ${parsed.value.uri}.` },
        tag,
      )
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
