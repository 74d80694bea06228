import { parseDomainName } from '@dmarc-as-code/records'
import { canonicalIp } from '../ip-address.ts'
import { defaultLimits, type ReportLimits } from '../limits.ts'
import { type ReadOutcome, ReportFault, Warnings } from '../outcome.ts'
import { checkPeriod, reportIdentifier } from '../report-header.ts'
import type { TlsFailure, TlsPolicy, TlsReport } from './types.ts'

export interface ReadTlsOptions {
  /** The present, in milliseconds since 1970: reports about the future are set aside. */
  readonly now: number
  readonly limits?: Partial<ReportLimits>
  /** Collects warnings of earlier steps, such as decoding, with those of this one. */
  readonly warnings?: Warnings
}

const longestString = 2048
const mostStrings = 100
/** More sessions in one report than any sender has: a number above is a fault, not a count. */
const largestCount = 1_000_000_000_000

type Json = Record<string, unknown>

/**
 * Reads the JSON of a TLS report (RFC 8460). Tolerates what reporters do: numbers as text, a single string where a list
 * belongs, a missing contact, policies or failures that lack what they need (each set aside by itself). Never throws.
 */
export function readTlsReport(text: string, options: ReadTlsOptions): ReadOutcome<TlsReport> {
  const warnings = options.warnings ?? new Warnings()
  try {
    const report = new TlsReader(warnings, { ...defaultLimits, ...options.limits }, options.now).read(text)
    return { ok: true, report, warnings: warnings.all }
  } catch (error) {
    if (!(error instanceof ReportFault)) throw error
    return { ok: false, problem: error.problem, warnings: warnings.all }
  }
}

class TlsReader {
  readonly #warnings: Warnings
  readonly #limits: ReportLimits
  readonly #now: number
  #entries = 0

  constructor(warnings: Warnings, limits: ReportLimits, now: number) {
    this.#warnings = warnings
    this.#limits = limits
    this.#now = now
  }

  read(text: string): TlsReport {
    const root = this.#parse(text)
    const policies = member(root, 'policies')
    if (!Array.isArray(policies)) throw new ReportFault('policies-missing')
    if (policies.length === 0) this.#warnings.add('policies-empty')
    const organizationName = this.#string(root, 'organization-name')
    if (organizationName === '') this.#warnings.add('org-missing')
    const contactInfo = this.#string(root, 'contact-info')
    if (contactInfo === '') this.#warnings.add('contact-missing')
    return {
      kind: 'tls',
      organizationName,
      dateRange: this.#dateRange(root),
      contactInfo,
      reportId: reportIdentifier(this.#string(root, 'report-id'), this.#warnings),
      policies: policies.flatMap((policy) => this.#policy(policy) ?? []),
    }
  }

  #parse(text: string): Json {
    const bare = text.replace(/^[\ufeff\s]+/, '')
    if (bare === '') throw new ReportFault('empty')
    let value: unknown
    try {
      value = JSON.parse(bare)
    } catch {
      throw new ReportFault('json-malformed')
    }
    if (!isObject(value)) throw new ReportFault('not-a-report')
    if (!('policies' in value) && !('date-range' in value)) throw new ReportFault('not-a-report')
    return value
  }

  #dateRange(root: Json): { begin: number; end: number } {
    const range = member(root, 'date-range')
    const begin = isObject(range) ? time(member(range, 'start-datetime')) : undefined
    const end = isObject(range) ? time(member(range, 'end-datetime')) : undefined
    if (begin === undefined || end === undefined) throw new ReportFault('dates-missing')
    const period = { begin: Math.floor(begin / 1000), end: Math.floor(end / 1000) }
    checkPeriod(period.begin, period.end, this.#now)
    return period
  }

  #policy(value: unknown): TlsPolicy | undefined {
    this.#count()
    if (!isObject(value)) return this.#aside('policy-set-aside')
    const policy = member(value, 'policy')
    const summary = member(value, 'summary')
    if (!isObject(policy)) return this.#aside('policy-set-aside')
    const type = this.#string(policy, 'policy-type').toLowerCase()
    const domain = parseDomainName(this.#string(policy, 'policy-domain'))
    const successfulSessions = isObject(summary) ? this.#number(summary, 'total-successful-session-count') : undefined
    const failedSessions = isObject(summary) ? this.#number(summary, 'total-failure-session-count') : undefined
    if (type === '' || !domain.ok || successfulSessions === undefined || failedSessions === undefined) {
      return this.#aside('policy-set-aside')
    }
    const details = member(value, 'failure-details')
    return {
      type,
      policyString: this.#strings(policy, 'policy-string'),
      domain: domain.ascii,
      mxHosts: this.#strings(policy, 'mx-host').map((host) => host.replace(/^mx:\s*/i, '').toLowerCase()),
      successfulSessions,
      failedSessions,
      failures: Array.isArray(details) ? details.flatMap((failure) => this.#failure(failure) ?? []) : [],
    }
  }

  #failure(value: unknown): TlsFailure | undefined {
    this.#count()
    const resultType = isObject(value) ? this.#string(value, 'result-type').toLowerCase() : ''
    const failedSessions = isObject(value) ? this.#number(value, 'failed-session-count') : undefined
    if (!isObject(value) || resultType === '' || failedSessions === undefined) return this.#aside('failure-set-aside')
    const address = (key: string): string => canonicalIp(this.#string(value, key)) ?? ''
    return {
      resultType,
      failedSessions,
      ...given('sendingMtaIp', address('sending-mta-ip')),
      ...given('receivingIp', address('receiving-ip')),
      ...given('receivingMxHostname', this.#string(value, 'receiving-mx-hostname').toLowerCase()),
      ...given('receivingMxHelo', this.#string(value, 'receiving-mx-helo')),
      ...given('additionalInformation', this.#string(value, 'additional-information')),
      ...given('failureReasonCode', this.#string(value, 'failure-reason-code')),
    }
  }

  #count(): void {
    this.#entries += 1
    if (this.#entries > this.#limits.records) {
      throw new ReportFault('too-many-records', `more than ${this.#limits.records}`)
    }
  }

  #aside(code: 'policy-set-aside' | 'failure-set-aside'): undefined {
    this.#warnings.add(code)
    return undefined
  }

  #string(from: Json, key: string): string {
    const value = member(from, key)
    return typeof value === 'string' ? value.trim().slice(0, longestString) : ''
  }

  #strings(from: Json, key: string): string[] {
    const value = member(from, key)
    if (typeof value === 'string') {
      this.#warnings.add('list-as-text', key)
      return value.trim() === '' ? [] : [value.trim().slice(0, longestString)]
    }
    if (!Array.isArray(value)) return []
    const texts = value.filter((item): item is string => typeof item === 'string')
    return texts.slice(0, mostStrings).map((item) => item.trim().slice(0, longestString))
  }

  #number(from: Json, key: string): number | undefined {
    const value = member(from, key)
    const number = typeof value === 'string' && /^\d{1,13}$/.test(value.trim()) ? Number(value) : value
    if (typeof value === 'string' && typeof number === 'number') this.#warnings.add('number-as-text', value)
    const usable = typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= largestCount
    return usable ? number : undefined
  }
}

/** A member of the report's own, never one of the prototype's. */
function member(from: Json, key: string): unknown {
  return Object.hasOwn(from, key) ? from[key] : undefined
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Milliseconds since 1970 of an RFC 3339 time; also where it lacks the zone (then UTC). */
function time(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const text = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?)([Zz]|[+-]\d\d:?\d\d)?$/.exec(value.trim())
  if (!text) return undefined
  const at = Date.parse(`${text[1]?.replace(/[t ]/, 'T')}${text[2]?.toUpperCase() ?? 'Z'}`)
  return Number.isNaN(at) ? undefined : at
}

function given<K extends string>(key: K, value: string): { [P in K]?: string } {
  return value === '' ? {} : ({ [key]: value } as { [P in K]: string })
}
