import { messageOf } from '../error-text.ts'
import type { Path } from './path.ts'

/** A rule of the schema, such as `sameAs`, that threw instead of giving an answer. */
export class RuleError extends Error {
  readonly rule: string
  readonly path: Path

  constructor(rule: string, cause: unknown, path: Path = []) {
    super(messageOf(cause), { cause })
    this.name = 'RuleError'
    this.rule = rule
    this.path = path
  }
}

/** Runs what asks rules about a value, and adds its place to the path of one that throws. */
export function ruleAt<T>(path: Path, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    throw new RuleError(error.rule, error.cause, [...path, ...error.path])
  }
}
