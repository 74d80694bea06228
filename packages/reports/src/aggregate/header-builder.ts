import { parseDomainName, quoted } from '@dmarc-as-code/records'
import { ReportFault, type Warnings } from '../outcome.ts'
import { checkPeriod, reportIdentifier } from '../report-header.ts'
import type {
  AggregateReport,
  ExtensionElement,
  LocalisedText,
  PolicyPublished,
  PublishedPolicy,
  ReportMetadata,
} from './types.ts'
import { alignmentWord, policyWord } from './words.ts'

const mostErrors = 20
const mostExtensions = 20
/** Above this, a number of seconds would be after the year 5000: it is milliseconds. */
const surelyMilliseconds = 100_000_000_000

/** Everything of an aggregate report but its records, while its elements are read. */
export class HeaderBuilder {
  readonly #warnings: Warnings
  version = ''
  namespace = ''
  orgName = ''
  email = ''
  extraContactInfo: LocalisedText | undefined
  reportId = ''
  begin = ''
  end = ''
  generator = ''
  domain = ''
  discoveryMethod = ''
  p = ''
  sp = ''
  np = ''
  adkim = ''
  aspf = ''
  fo = ''
  testing = ''
  pct = ''
  readonly errors: LocalisedText[] = []
  readonly extensions: ExtensionElement[] = []

  constructor(warnings: Warnings) {
    this.#warnings = warnings
  }

  addError(error: LocalisedText): void {
    if (error.text !== '' && this.errors.length < mostErrors) this.errors.push(error)
  }

  addExtension(element: ExtensionElement): void {
    if (this.extensions.length < mostExtensions) this.extensions.push(element)
  }

  /** Throws a `ReportFault` where the report cannot be used. `now` in milliseconds since 1970. */
  build(totals: { records: number; messages: number; recordsSetAside: number }, now: number): AggregateReport {
    return {
      kind: 'aggregate',
      ...(this.version === '' ? {} : { version: this.version }),
      ...(this.namespace === '' ? {} : { namespace: this.namespace }),
      metadata: this.#metadata(now),
      policyPublished: this.#policy(),
      extensions: this.extensions,
      ...totals,
    }
  }

  #metadata(now: number): ReportMetadata {
    if (this.orgName === '') this.#warnings.add('org-missing')
    if (this.email === '') this.#warnings.add('email-missing')
    return {
      orgName: this.orgName,
      email: this.email,
      ...(this.extraContactInfo === undefined ? {} : { extraContactInfo: this.extraContactInfo }),
      reportId: reportIdentifier(this.reportId, this.#warnings),
      dateRange: this.#dateRange(now),
      errors: this.errors,
      ...(this.generator === '' ? {} : { generator: this.generator }),
    }
  }

  #dateRange(now: number): { begin: number; end: number } {
    const [begin, end] = [seconds(this.begin), seconds(this.end)]
    if (begin === undefined || end === undefined) throw new ReportFault('dates-missing')
    const milliseconds = begin > surelyMilliseconds && end > surelyMilliseconds
    if (milliseconds) this.#warnings.add('dates-milliseconds', this.begin)
    const range = milliseconds ? { begin: Math.floor(begin / 1000), end: Math.floor(end / 1000) } : { begin, end }
    const described = checkPeriod(range.begin, range.end, now)
    // 25 hours: a day of local time at the end of summer time.
    if (range.end - range.begin > 25 * 3600) this.#warnings.add('dates-long', described)
    return range
  }

  #policy(): PolicyPublished {
    const warnings = this.#warnings
    const policy = (text: string): PublishedPolicy | undefined => policyWord(text, warnings, 0)
    const [p, sp, np] = [policy(this.p), policy(this.sp), policy(this.np)]
    if (p === undefined) warnings.add('policy-missing', this.p === '' ? undefined : this.p)
    const [adkim, aspf] = [alignmentWord(this.adkim, warnings, 0), alignmentWord(this.aspf, warnings, 0)]
    const testing = this.testing.toLowerCase()
    const pct = /^\d{1,3}$/.test(this.pct) && Number(this.pct) <= 100 ? Number(this.pct) : undefined
    return {
      domain: this.#domain(),
      ...(this.discoveryMethod === '' ? {} : { discoveryMethod: this.discoveryMethod.toLowerCase() }),
      ...(p === undefined ? {} : { p }),
      ...(sp === undefined ? {} : { sp }),
      ...(np === undefined ? {} : { np }),
      ...(adkim === undefined ? {} : { adkim }),
      ...(aspf === undefined ? {} : { aspf }),
      ...(this.fo === '' ? {} : { fo: this.fo }),
      ...(testing === 'y' || testing === 'n' ? { testing: testing === 'y' } : {}),
      ...(pct === undefined ? {} : { pct }),
    }
  }

  #domain(): string {
    if (this.domain === '') throw new ReportFault('domain-missing')
    const parsed = parseDomainName(this.domain)
    if (!parsed.ok) throw new ReportFault('domain-invalid', quoted(this.domain))
    return parsed.ascii
  }
}

function seconds(text: string): number | undefined {
  return /^\d{1,14}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : undefined
}
