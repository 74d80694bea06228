import type { RecordCheck } from '@dmarc-as-code/client'

const parts = { cname: 'CNAME', txt: 'hosted record', policy_file: 'policy file' } as const

/** One line a person can act on: what and where, expected, found, and the next step. */
export function describeCheck(check: RecordCheck): string {
  const where = check.name ? ` at ${check.name}` : ''
  const reason = check.reason ? ` (${check.reason})` : ''
  const expected = check.expected ? `; expected ${check.expected}` : ''
  const found = check.found === undefined ? '' : `, found ${check.found ?? 'nothing'}`
  const fix = check.fix ? `. ${check.fix}` : ''
  return `${check.kind}: the ${parts[check.part]}${where} is ${check.status}${reason}${expected}${found}${fix}`
}
