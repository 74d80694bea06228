import { Changes } from '../encoding/changes.ts'
import { valuesEqual } from '../encoding/equal.ts'
import type { RawObject } from '../encoding/raw.ts'
import type { ObjectType } from '../encoding/type.ts'
import type { Validate, ValidateRequest } from '../provider/resource.ts'
import { checkFields } from '../schema/check-fields.ts'
import { type FromAuthorOptions, fieldsFromAuthor } from '../schema/from-author.ts'
import { objectTypeOf } from '../schema/implied-type.ts'
import { fieldSpecs } from '../schema/s.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import { fieldsToAuthor } from '../schema/to-author.ts'
import type { Fields } from '../schema/views.ts'
import { checkCombinations } from './check-combinations.ts'
import { checkIdentity, refusePlanRules } from './check-definitions.ts'
import { type AnyTimeouts, timeoutsBlock } from './timeouts.ts'

/** What every kind of definition has in common. */
export interface AnyDefinition {
  readonly schema?: Fields
  readonly version?: number
  readonly description?: string
  readonly deprecated?: boolean
  readonly timeouts?: AnyTimeouts
  readonly validate?: Validate<Fields>
  readonly identity?: { readonly schema: Fields } | undefined
}

/** A definition worked out for the wire: with its `timeouts` block, which authors do not see. */
export class Compiled<D extends AnyDefinition> {
  readonly name: string
  readonly definition: D
  readonly fields: FieldSpecs
  readonly #authorFields: FieldSpecs

  constructor(name: string, definition: D, reserved?: ReadonlySet<string>) {
    this.name = name
    this.definition = definition
    this.#authorFields = fieldSpecs(definition.schema ?? {})
    if (definition.timeouts && Object.hasOwn(this.#authorFields, 'timeouts')) {
      throw new TypeError(`${name}.timeouts: the \`timeouts\` of the definition make this block. Remove one of them.`)
    }
    this.fields = definition.timeouts
      ? { ...this.#authorFields, timeouts: { block: timeoutsBlock(name, definition.timeouts) } }
      : this.#authorFields
    checkFields(name, this.fields, reserved)
    if (!('create' in definition)) refusePlanRules(name, this.#authorFields, 'invoke' in definition)
    if (definition.identity) checkIdentity(name, fieldSpecs(definition.identity.schema))
    checkCombinations(name, this.#authorFields, this.checks)
  }

  get type(): ObjectType {
    return objectTypeOf(this.fields)
  }

  get version(): number {
    return this.definition.version ?? 0
  }

  get checks(): readonly ((request: ValidateRequest<Fields>) => unknown)[] {
    const { validate } = this.definition
    return validate === undefined ? [] : typeof validate === 'function' ? [validate] : validate
  }

  /** Whether two objects differ in nothing the author sees: at most in their `timeouts`. */
  sameForAuthor(left: RawObject, right: RawObject): boolean {
    return valuesEqual(objectTypeOf(this.#authorFields), left, right)
  }

  /** An object as the author sees it. Typed as nothing, so that it passes for any of the author's types. */
  toAuthor(value: RawObject): never {
    return fieldsToAuthor(this.#authorFields, value) as never
  }

  /** What an author returned, completed from `base`, the `timeouts` included. */
  fromAuthor(value: unknown, base: RawObject | undefined, options: FromAuthorOptions): RawObject {
    const raw = fieldsFromAuthor(this.#authorFields, value, base, options)
    if (!this.definition.timeouts) return raw
    const completed = new Changes(raw)
    completed.set('timeouts', base?.timeouts ?? null)
    return completed.result
  }
}

/** The compiled parts of a provider by name, each worked out when it is first asked for. */
export class Registry<D extends AnyDefinition> {
  readonly #definitions: { readonly [name: string]: { readonly definition: D } }
  readonly #compiled = new Map<string, Compiled<D>>()

  constructor(definitions: { readonly [name: string]: { readonly definition: D } } = {}) {
    this.#definitions = definitions
  }

  get names(): readonly string[] {
    return Object.keys(this.#definitions)
  }

  get(name: string): Compiled<D> {
    let compiled = this.#compiled.get(name)
    if (!compiled) {
      const entry = Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : undefined
      if (!entry) throw new Error(`The provider has no type "${name}". It has: ${this.names.join(', ') || 'none'}.`)
      compiled = new Compiled(name, entry.definition)
      this.#compiled.set(name, compiled)
    }
    return compiled
  }
}
