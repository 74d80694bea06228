import { quoted } from '@dmarc-as-code/records'
import { type ReportProblemCode, type ReportWarningCode, reportCodes } from './problem-codes.ts'

/** Why a report was set aside as a whole. Plain JSON. */
export interface ReportProblem {
  readonly code: ReportProblemCode
  /** What is wrong, what was found and what was expected, in one line of plain text. */
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

/** What reading answers: never an exception for anything the input does. */
export type ReadOutcome<T> =
  | { readonly ok: true; readonly report: T; readonly warnings: readonly ReportWarning[] }
  | { readonly ok: false; readonly problem: ReportProblem; readonly warnings: readonly ReportWarning[] }

function reportProblem(code: ReportProblemCode, detail?: string, line?: number): ReportProblem {
  const message = detail === undefined ? reportCodes[code].meaning : `${reportCodes[code].meaning}: ${detail}`
  return line === undefined ? { code, message } : { code, message, line }
}

/** Thrown inside a reader to leave it at once; readers turn it into their answer. */
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
    const meaning = reportCodes[code].meaning
    const message = found === undefined ? meaning : `${meaning}: found ${quoted(found)}`
    this.#byCode.set(code, line === undefined ? { message, count: 1 } : { message, line, count: 1 })
  }

  get all(): ReportWarning[] {
    return [...this.#byCode].map(([code, entry]) => ({ code, ...entry }))
  }
}
