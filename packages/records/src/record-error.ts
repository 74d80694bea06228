import type { Finding } from './finding.ts'

/** Thrown instead of writing a record, or a name, that must not be published. `findings` says why, first cause first. */
export class RecordError extends Error {
  override readonly name = 'RecordError'
  /** Why, first cause first. */
  readonly findings: readonly Finding[]

  constructor(what: string, findings: readonly Finding[]) {
    super([what, ...findings.map((one) => one.message)].join(' '))
    this.findings = findings
  }
}
