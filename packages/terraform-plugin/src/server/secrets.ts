import { Dynamic } from '../encoding/dynamic.ts'
import { numberText } from '../encoding/number.ts'
import { isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import { holdsSecrets, isSecret } from '../schema/secret-fields.ts'
import type { FieldSpecs } from '../schema/spec.ts'

/** Shorter texts are not masked: they appear in too many innocent places. */
const SHORTEST = 4
const MASK = '(sensitive value)'

/** The sensitive texts a provider process has seen. They are masked in whatever it tells. */
export class Secrets {
  readonly #texts = new Set<string>()
  #pattern: RegExp | undefined

  add(text: string): void {
    if (text.length < SHORTEST || this.#texts.has(text)) return
    this.#texts.add(text)
    // As it stands in JSON, with line breaks and quotation marks escaped.
    this.#texts.add(JSON.stringify(text).slice(1, -1))
    this.#pattern = undefined
  }

  /** Remembers every text in the sensitive and write-only attributes of an object. */
  collect(fields: FieldSpecs, value: RawObject | null): void {
    if (value === null || !holdsSecrets(fields)) return
    for (const [name, field] of Object.entries(fields)) {
      const member = value[name] ?? null
      if (isSecret(field)) this.#collectAll(member)
      else this.#collectNested(field, member)
    }
  }

  mask(text: string): string {
    if (this.#texts.size === 0) return text
    // The longest first, so that a secret that contains another is masked whole.
    this.#pattern ??= new RegExp(
      [...this.#texts]
        .sort((a, b) => b.length - a.length)
        .map((secret) => secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
        .join('|'),
      'g',
    )
    return text.replace(this.#pattern, MASK)
  }

  /** A copy of some data with every text in it masked. */
  maskAll(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.mask(value)
    if (typeof value === 'bigint') return this.mask(String(value))
    if (typeof value === 'number') return this.mask(String(value)) === String(value) ? value : MASK
    if (value instanceof Error) return this.mask(value.stack ?? value.message)
    if (typeof value !== 'object' || value === null) return value
    if (depth > 8) return '…'
    if (Array.isArray(value)) return value.map((member) => this.maskAll(member, depth + 1))
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [this.mask(key), this.maskAll(member, depth + 1)]),
    )
  }

  #collectNested(field: FieldSpecs[string], value: Raw): void {
    const nested = nestedFields(fieldShape(field))
    if (!nested || value === null || typeof value !== 'object' || isUnknown(value)) return
    const elements = nested.nesting === 'single' ? [value] : Object.values(value)
    for (const element of elements as Raw[]) if (isObject(element)) this.collect(nested.fields, element)
  }

  #collectAll(value: Raw): void {
    if (typeof value === 'string') this.add(value)
    else if (typeof value === 'number' || typeof value === 'bigint') this.add(numberText(value))
    else if (value instanceof Dynamic) this.#collectAll(value.value as Raw)
    else if (typeof value === 'object' && value !== null && !isUnknown(value)) {
      for (const member of Object.values(value) as Raw[]) this.#collectAll(member)
    }
  }
}
