import { quoted } from '@dmarc-as-code/records'
import { type Reason, reasonText } from '@dmarc-as-code/records/reasons'

/** The report is set aside as a whole. The catalogue of reasons has the words: `reasonText('report_problem', code)`. */
export type ReportProblemCode = Reason<'report_problem'>

/** The report is read, and this is worth knowing. In words: `reasonText('report_warning', code)`. */
export type ReportWarningCode = Reason<'report_warning'>

/** Why a report was set aside as a whole. Plain JSON. */
export interface ReportProblem {
  readonly code: ReportProblemCode
  /** What is wrong, what was found and what was expected: a sentence, in one line of plain text. */
  readonly message: string
  /** Line of the text where it shows, from 1; absent where lines mean nothing. */
  readonly line?: number
}

/** Something worth knowing about a report that was read. One entry per code. */
export interface ReportWarning {
  readonly code: ReportWarningCode
  readonly message: string
  /** Line of the first occurrence, from 1; absent where lines mean nothing. */
  readonly line?: number
  /** How often it occurred. */
  readonly count: number
}

/** What reading returns; no input causes an exception. */
export type ReadOutcome<T> =
  | { readonly ok: true; readonly report: T; readonly warnings: readonly ReportWarning[] }
  | { readonly ok: false; readonly problem: ReportProblem; readonly warnings: readonly ReportWarning[] }

function reportProblem(code: ReportProblemCode, detail?: string, line?: number): ReportProblem {
  const message = reasonText('report_problem', code, { found: detail }).explanation
  return line === undefined ? { code, message } : { code, message, line }
}

/** Thrown inside a reader to leave it at once; readers turn it into their outcome. */
export class ReportFault extends Error {
  override readonly name = 'ReportFault'
  readonly problem: ReportProblem

  constructor(code: ReportProblemCode, detail?: string, line?: number) {
    const problem = reportProblem(code, detail, line)
    super(problem.message)
    this.problem = problem
  }
}

/** Collects warnings, one entry per code, so that a hostile report cannot fill memory with them. */
export class Warnings {
  readonly #byCode = new Map<ReportWarningCode, { message: string; line?: number; count: number }>()

  /** `found` is text from the report: it is quoted, cut and made printable. */
  add(code: ReportWarningCode, found?: string, line?: number): void {
    const known = this.#byCode.get(code)
    if (known) {
      known.count += 1
      return
    }
    const context = found === undefined ? {} : { found: `found ${quoted(found)}` }
    const message = reasonText('report_warning', code, context).explanation
    this.#byCode.set(code, line === undefined ? { message, count: 1 } : { message, line, count: 1 })
  }

  get all(): ReportWarning[] {
    return [...this.#byCode].map(([code, entry]) => ({ code, ...entry }))
  }
}
