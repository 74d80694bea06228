import { wordList } from '@dmarc-as-code/primitives'
import { RecordError } from '@dmarc-as-code/records'
import type { IConstruct } from 'constructs'
import { formatPath } from './data-path.ts'
import { Annotations, Token } from './framework.ts'
import { refuseHcl } from './output-format.ts'
import { faultsOf, type PropShapes, shown, withoutFaults } from './shape.ts'

/** What is wrong with the props of a construct, gathered so that all of it is reported at once. */
export class Problems {
  /** Each error with the prop it is about. */
  readonly found: [prop: string, message: string][] = []
  readonly warnings: string[] = []
  readonly #prefix: string

  /** `prefix` is the prop that all others are in, such as `dns`. */
  constructor(prefix = '') {
    this.#prefix = prefix
  }

  /** The errors as they are reported. */
  get errors(): string[] {
    return this.found.map(([prop, message]) => `${prop}: ${message}`)
  }

  get isEmpty(): boolean {
    return this.found.length === 0
  }

  /** The warnings alone, where the errors are reported elsewhere. */
  withoutErrors(): Problems {
    const problems = new Problems()
    problems.warnings.push(...this.warnings)
    return problems
  }

  /** `prop` is what the user wrote, such as `hostedMtaSts.mx`. */
  add(prop: string, message: string): void {
    this.found.push([this.#within(prop), message])
  }

  warn(prop: string, message: string): void {
    this.warnings.push(`${this.#within(prop)}: ${message}`)
  }

  #within(prop: string): string {
    return [this.#prefix, prop].filter((part) => part !== '').join('.')
  }

  /**
   * The props as far as each has its shape; what has not is noted and left out. What is left may lack required props, so
   * further checks make sense only where nothing was noted.
   */
  checked<Props extends object>(
    props: Props,
    shapes: PropShapes<Props>,
    required: readonly (keyof Props & string)[] = [],
    aliases: Readonly<Record<string, string>> = {},
  ): Props {
    const known: unknown = props ?? {}
    if (typeof known !== 'object' || Array.isArray(known)) {
      const names = Object.keys(shapes).join(', ')
      this.add('props', `found ${shown(known)}, expected an object with ${names}. Change it.`)
      return {} as Props
    }
    // A copy, since props may come as an instance of a class.
    const given = { ...props }
    const faults = faultsOf(given, { fields: shapes, required, aliases })
    for (const { path, message } of faults) this.add(formatPath(path, 'props'), message)
    // A required prop that is null is told as missing, and is not there for what follows.
    const entries = Object.entries(withoutFaults(given, faults)).filter(([, value]) => value !== null)
    return Object.fromEntries(entries) as Props
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

  /** Makes synthesis fail with the errors, each with the path of the construct in front; warnings are noted and printed. */
  reportOn(construct: IConstruct): void {
    refuseHcl(construct)
    const { errors, warnings } = this
    if (errors.length > 0) construct.node.addValidation({ validate: () => errors })
    for (const warning of warnings) Annotations.of(construct).addWarning(warning)
    if (warnings.length > 0) printOnSynthesis(construct, warnings)
  }
}

/**
 * Prints warnings when the stack is synthesised. The framework only notes them for its command line, which prints them itself
 * and says by this variable that it is there.
 */
function printOnSynthesis(construct: IConstruct, warnings: readonly string[]): void {
  let printed = process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined
  construct.node.addValidation({
    validate: () => {
      // Stack and app validate one after the other.
      for (const warning of printed ? [] : warnings) {
        process.stderr.write(`[${construct.node.path}] warning: ${warning}\n`)
      }
      printed = true
      return []
    },
  })
}

/** True for a value that is there while synthesising. References to other resources are not, and are left to the plan. */
export function isKnown<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null && !Token.isUnresolved(value)
}

/** The one way to say that a word is none of those allowed. */
export function notOneOf(found: string, allowed: readonly string[]): string {
  return `found ${JSON.stringify(found)}, expected ${listed(allowed)}. Write one of them.`
}

/** Words as alternatives: `a, b or c`. */
export const listed = (words: readonly string[]) => wordList(words, { conjunction: 'or' })
