import { RecordError } from '@dmarc-as-code/records'
import type { IConstruct } from 'constructs'
import { Annotations, Token } from './framework.ts'

/** What is found wrong with the props of a construct, gathered to be told all at once. */
export class Problems {
  readonly errors: string[] = []
  readonly warnings: string[] = []

  /** `prop` is what the user wrote, such as `hostedMtaSts.mx`. */
  add(prop: string, message: string): void {
    this.errors.push(`${prop}: ${message}`)
  }

  warn(prop: string, message: string): void {
    this.warnings.push(`${prop}: ${message}`)
  }

  /** Runs what throws RecordErrors and keeps each of its findings. `propOf` finds the prop by the finding's tag. */
  catch<T>(prop: string, work: () => T, propOf: (tag: string) => string = () => prop): T | undefined {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof RecordError)) throw error
      for (const { message, tag } of error.findings) this.add(tag === undefined ? prop : propOf(tag), message)
      return undefined
    }
  }

  /** Makes synthesis fail with the errors, each with the path of the construct in front; warnings are only shown. */
  reportOn(construct: IConstruct): void {
    const { errors, warnings } = this
    if (errors.length > 0) construct.node.addValidation({ validate: () => errors })
    for (const warning of warnings) Annotations.of(construct).addWarning(warning)
  }
}

/** True for a value that is there while synthesising. References to other resources are not, and are left to the plan. */
export function isKnown<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null && !Token.isUnresolved(value)
}

/** The one way to say that a word is none of those allowed. */
export function notOneOf(found: string, allowed: readonly string[]): string {
  return `found ${JSON.stringify(found)}, expected ${listed(allowed)}. Write one of them.`
}

export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/** Leaves out what is undefined, as the bindings' optional props want it. */
export function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }
}
