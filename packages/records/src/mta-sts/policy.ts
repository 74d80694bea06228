import { type Finding, Findings, finding, notText } from '../finding.ts'
import { defineLate } from '../late-property.ts'
import type { ParsedRecord } from '../parsed.ts'
import { RecordError } from '../record-error.ts'
import { isMxPattern, toAsciiMxPattern } from './mx-match.ts'
import { isUnusualAge, readOrdinaryPolicy } from './ordinary.ts'
import { type PolicyLine, scanPolicyLines } from './policy-lines.ts'
import { sha256Hex } from './sha256.ts'
import {
  day,
  longestAgeForNone,
  longestMaxAge,
  type MtaStsMode,
  type MtaStsPolicyTags,
  mtaStsModes,
  shortestMaxAge,
} from './tags.ts'

/** Senders need not read more of a policy file than this, in characters (RFC 8461 3.3). */
const largestPolicy = 65_536

/** A policy file as it was read. */
export type ParsedMtaStsPolicy = ParsedRecord<MtaStsPolicyTags>

const nothing: readonly Finding[] = Object.freeze([])

/**
 * Reads a policy file, lines ended by CRLF or LF. Names and values are case-sensitive. Never throws.
 *
 * @example
 * parseMtaStsPolicy('version: STSv1\r\nmode: testing\r\nmx: mx.example.com\r\nmax_age: 604800\r\n').tags.mode // testing
 */
export function parseMtaStsPolicy(text: string): ParsedMtaStsPolicy {
  if (typeof text !== 'string') {
    const errors = [notText(text, 'the text of a policy file')]
    return { ok: false, text: '', tags: { mx: [] }, outcome: 'ignored', errors, warnings: nothing }
  }
  const tags = readOrdinaryPolicy(text)
  if (!tags) return readPolicy(text)
  if (!isUnusualAge(tags)) return { ok: true, text, tags, outcome: 'policy', errors: nothing, warnings: nothing }
  const parsed = { ok: true, text, tags, outcome: 'policy', errors: nothing }
  return defineLate(parsed, 'warnings', lateWarnings) as ParsedMtaStsPolicy
}

/** Made when somebody looks: the full reading takes several times as long. */
function lateWarnings(this: ParsedMtaStsPolicy): readonly Finding[] {
  const warnings = looked.get(this) ?? readPolicy(this.text).warnings
  looked.set(this, warnings)
  return warnings
}

const looked = new WeakMap<object, readonly Finding[]>()

/** The full reading, with everything a person should know. */
export function readPolicy(text: string): ParsedMtaStsPolicy {
  const findings = new Findings()
  if (text.length > largestPolicy) {
    const parts = {
      wrong: `The file has ${text.length} characters`,
      found: text,
      expected: `at most ${largestPolicy}`,
      next: 'Use wildcard mx lines.',
    }
    findings.add('policy-large', { start: largestPolicy, end: text.length }, parts)
    return { ok: false, text, tags: { mx: [] }, outcome: 'ignored', errors: findings.errors, warnings: [] }
  }
  const lines = scanPolicyLines(text, findings)
  const first = (name: string) => lines.find((line) => line.name === name)
  const version = readVersion(first('version'), findings)
  const mode = readMode(first('mode'), text, findings)
  const maxAge = readMaxAge(first('max_age'), text, findings)
  const mx = readMx(lines, findings)
  if (mx.length === 0 && mode !== undefined && mode !== 'none' && !first('mx')) {
    const parts = {
      wrong: `There is no mx line in mode ${mode}`,
      expected: 'one mx line for each mail host',
      next: 'Add them, or use mode none.',
    }
    findings.add('policy-mx-missing', { start: text.length, end: text.length }, parts, 'mx')
  }
  adviseOnAge(mode, maxAge, first('max_age'), findings)
  const errors = findings.errors
  const ok = errors.length === 0
  const tags = {
    ...(version ? { version } : {}),
    ...(mode ? { mode } : {}),
    mx,
    ...(maxAge === undefined ? {} : { max_age: maxAge }),
  }
  return { ok, text, tags, outcome: ok ? 'policy' : 'ignored', errors, warnings: findings.warnings }
}

/**
 * Writes the file as it must be served: CRLF line ends, `version` first, hosts in A-labels, lower case and once each.
 * Throws RecordError for a policy senders would refuse.
 */
export function formatMtaStsPolicy(policy: MtaStsPolicyTags): string {
  const mx = [...new Set(policy.mx.map(toAsciiMxPattern))]
  const lines = [
    'version: STSv1',
    ...(policy.mode === undefined ? [] : [`mode: ${policy.mode}`]),
    ...mx.map((host) => `mx: ${host}`),
    ...(policy.max_age === undefined ? [] : [`max_age: ${policy.max_age}`]),
  ]
  const text = lines.map((line) => `${line}\r\n`).join('')
  const errors = [...lines.filter((line) => /[\r\n]/.test(line)).map(lineEndFinding), ...parseMtaStsPolicy(text).errors]
  if (errors.length > 0) throw new RecordError('This MTA-STS policy must not be published.', errors)
  return text
}

/** A line end inside a value would begin another line. */
function lineEndFinding(line: string): Finding {
  const at = line.search(/[\r\n]/)
  const parts = {
    wrong: 'A value has a line end',
    found: line,
    expected: 'one line',
    next: 'Give each value by itself.',
  }
  return finding('line-malformed', { start: at, end: at + 1 }, parts)
}

/** The id for a policy file: the first 32 hexadecimal digits of its SHA-256, so it changes exactly when the text does. */
export function mtaStsPolicyId(policyText: string): string {
  return sha256Hex(policyText).slice(0, 32)
}

function readVersion(line: PolicyLine | undefined, findings: Findings): 'STSv1' | undefined {
  if (line?.value === 'STSv1') return 'STSv1'
  const place = line?.valuePlace ?? { start: 0, end: 0 }
  const parts = {
    wrong: 'The policy has no valid version',
    ...(line ? { found: line.value } : {}),
    expected: 'version: STSv1 (case counts)',
    next: 'Write it as the first line.',
  }
  findings.add('policy-version', place, parts, 'version')
  return undefined
}

function readMode(line: PolicyLine | undefined, text: string, findings: Findings): MtaStsMode | undefined {
  const mode = mtaStsModes.find((one) => one === line?.value)
  if (mode) return mode
  const place = line?.valuePlace ?? { start: text.length, end: text.length }
  const parts = {
    wrong: 'The policy has no valid mode',
    ...(line ? { found: line.value } : {}),
    expected: 'enforce, testing or none (case counts)',
    next: 'Start with mode: testing.',
  }
  findings.add('policy-mode', place, parts, 'mode')
  return undefined
}

function readMaxAge(line: PolicyLine | undefined, text: string, findings: Findings): number | undefined {
  if (line && /^\d{1,10}$/.test(line.value) && Number(line.value) <= longestMaxAge) return Number(line.value)
  const place = line?.valuePlace ?? { start: text.length, end: text.length }
  const parts = {
    wrong: 'The policy has no valid max_age',
    ...(line ? { found: line.value } : {}),
    expected: `0 to ${longestMaxAge} seconds`,
    next: 'Write 604800 for a week.',
  }
  findings.add('policy-max-age', place, parts, 'max_age')
  return undefined
}

function readMx(lines: readonly PolicyLine[], findings: Findings): string[] {
  const hosts = new Set<string>()
  for (const line of lines) {
    if (line.name !== 'mx') continue
    const host = line.value.toLowerCase()
    if (isMxPattern(host)) hosts.add(host)
    else {
      const parts = {
        wrong: 'The mx line is not allowed',
        found: line.value,
        expected: 'one host name, or *. and a host name',
        next: mxHint(line.value),
      }
      findings.add('policy-mx-invalid', line.valuePlace, parts, 'mx')
    }
  }
  return [...hosts]
}

function mxHint(value: string): string {
  if (/[,\s]/.test(value)) return 'Write one mx line for each host.'
  if (value.endsWith('.')) return 'Remove the final dot.'
  if (value.includes('*')) return 'Use the star only as the whole first label.'
  if (/[^\u0020-\u007e]/.test(value)) return 'Write international names as A-labels (xn--...).'
  return 'Write the host name of the MX record.'
}

function adviseOnAge(
  mode: MtaStsMode | undefined,
  age: number | undefined,
  line: PolicyLine | undefined,
  findings: Findings,
): void {
  if (mode === undefined || age === undefined || line === undefined) return
  const shortest = shortestMaxAge[mode]
  if (mode === 'none' && age > longestAgeForNone) {
    const parts = {
      wrong: 'Mode none would be remembered for long',
      found: line.value,
      expected: `about ${day} seconds`,
      next: 'Lower it, so that a later policy is noticed soon.',
    }
    findings.add('max-age-long-for-none', line.valuePlace, parts, 'max_age')
  } else if (mode !== 'none' && age < shortest) {
    const parts = {
      wrong: `max_age is short for mode ${mode}`,
      found: line.value,
      expected: `at least ${shortest} seconds`,
      next: 'Raise it: an attacker need only block the policy that long.',
    }
    findings.add('max-age-short', line.valuePlace, parts, 'max_age')
  }
}
