import { canonicalIp } from '../ip-address.ts'
import type { Warnings } from '../outcome.ts'
import type {
  AggregateRecord,
  DkimAuthResult,
  ExtensionElement,
  LocalisedText,
  OverrideReason,
  SpfAuthResult,
} from './types.ts'
import { dispositionWord, dkimResultWord, passOrFail, spfResultWord } from './words.ts'

const mostResults = 100
const mostReasons = 20
const mostExtensions = 20
/** More messages in one record than any receiver sees in a day: a number above is a fault, not a count. */
const largestCount = 1_000_000_000

/** One record while its elements are read. `build` returns the record, or undefined after a warning where it is unusable. */
export class RecordBuilder {
  readonly #warnings: Warnings
  sourceIp = ''
  count = ''
  disposition = ''
  dkim = ''
  spf = ''
  headerFrom = ''
  envelopeFrom: string | undefined
  envelopeTo: string | undefined
  hasAuthResults = false
  readonly reasons: OverrideReason[] = []
  readonly dkimResults: DkimAuthResult[] = []
  readonly spfResults: SpfAuthResult[] = []
  readonly extensions: ExtensionElement[] = []

  constructor(warnings: Warnings) {
    this.#warnings = warnings
  }

  addReason(type: string, comment: LocalisedText | undefined): void {
    if ((type === '' && comment === undefined) || this.reasons.length >= mostReasons) return
    const word = type.toLowerCase() || 'other'
    this.reasons.push(comment === undefined ? { type: word } : { type: word, comment })
  }

  addDkim(domain: string, selector: string, result: string, human: LocalisedText | undefined, line: number): void {
    if (this.dkimResults.length >= mostResults) {
      this.#warnings.add('results-too-many', undefined, line)
      return
    }
    if (domain === '' && result === '') return
    if (selector === '') this.#warnings.add('selector-missing', undefined, line)
    this.dkimResults.push({
      domain,
      ...(selector === '' ? {} : { selector }),
      result: dkimResultWord(result, this.#warnings, line),
      ...(human === undefined ? {} : { humanResult: human }),
    })
  }

  addSpf(domain: string, scope: string, result: string, human: LocalisedText | undefined, line: number): void {
    if (this.spfResults.length >= mostResults) {
      this.#warnings.add('results-too-many', undefined, line)
      return
    }
    if (domain === '' && result === '') return
    if (domain === '') this.#warnings.add('spf-domain-missing', undefined, line)
    const word = scope.toLowerCase()
    this.spfResults.push({
      domain,
      ...(word === 'mfrom' || word === 'helo' ? { scope: word } : {}),
      result: spfResultWord(result, this.#warnings, line),
      ...(human === undefined ? {} : { humanResult: human }),
    })
  }

  addExtension(element: ExtensionElement): void {
    if (this.extensions.length < mostExtensions) this.extensions.push(element)
  }

  build(policyDomain: string, line: number): AggregateRecord | undefined {
    const warnings = this.#warnings
    if (this.sourceIp === '') return this.#aside('record-ip-missing', undefined, line)
    const sourceIp = canonicalIp(this.sourceIp)
    if (sourceIp === undefined) return this.#aside('record-ip-invalid', this.sourceIp, line)
    const count = /^\d{1,10}$/.test(this.count) ? Number(this.count) : 0
    if (count < 1 || count > largestCount) return this.#aside('record-count-invalid', this.count, line)
    if (this.headerFrom === '') warnings.add('header-from-missing', undefined, line)
    if (!this.hasAuthResults) warnings.add('auth-results-missing', undefined, line)
    const disposition = dispositionWord(this.disposition, warnings, line)
    const dkim = passOrFail(this.dkim, warnings, line)
    const spf = passOrFail(this.spf, warnings, line)
    if (dkim === undefined && spf === undefined) warnings.add('policy-evaluated-missing', undefined, line)
    return {
      sourceIp,
      count,
      policyEvaluated: {
        ...(disposition === undefined ? {} : { disposition }),
        ...(dkim === undefined ? {} : { dkim }),
        ...(spf === undefined ? {} : { spf }),
        reasons: this.reasons,
      },
      identifiers: {
        headerFrom: this.headerFrom || policyDomain,
        ...(this.envelopeFrom === undefined ? {} : { envelopeFrom: this.envelopeFrom }),
        ...(this.envelopeTo === undefined ? {} : { envelopeTo: this.envelopeTo }),
      },
      authResults: { dkim: this.dkimResults, spf: this.spfResults },
      extensions: this.extensions,
    }
  }

  #aside(
    code: 'record-ip-missing' | 'record-ip-invalid' | 'record-count-invalid',
    found: string | undefined,
    line: number,
  ): undefined {
    this.#warnings.add(code, found, line)
    return undefined
  }
}
