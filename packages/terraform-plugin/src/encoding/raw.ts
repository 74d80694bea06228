import type { Dynamic } from './dynamic.ts'
import type { RawNumber } from './number.ts'

/** What Terraform says about a value it does not know yet, as the bytes of the refinement map; empty for nothing. */
export class UnknownValue {
  static readonly plain = new UnknownValue(new Uint8Array(0))
  /** Unknown, but not null: lets `x == null` be decided while planning. */
  static readonly notNull = new UnknownValue(Uint8Array.of(0x81, 0x01, 0xc2))

  readonly refinements: Uint8Array

  constructor(refinements: Uint8Array) {
    this.refinements = refinements
  }
}

/**
 * A Terraform value without loss, as the framework handles it between the wire and the author. Objects and maps inherit
 * nothing, so that `__proto__` is a key like any other. Sets are arrays whose order means nothing. Values never change once
 * made: the same one may be part of several others.
 */
export type Raw = null | boolean | string | RawNumber | UnknownValue | Dynamic | readonly Raw[] | RawObject
export type RawObject = { readonly [name: string]: Raw }

// An empty prototype instead of none: V8 keeps objects without one as hash tables, four times as slow and as large.
const nothing = Object.freeze(Object.create(null))
const RawRecord = function RawRecord() {} as unknown as { new (): Record<string, Raw>; prototype: object }
RawRecord.prototype = nothing

/** An empty object to be filled by whoever makes it. */
export const newRawObject = (): Record<string, Raw> => new RawRecord()

export function rawObject(entries: Iterable<readonly [string, Raw]>): RawObject {
  const object = newRawObject()
  for (const [name, value] of entries) object[name] = value
  return object
}

export const isObject = (value: Raw | undefined): value is RawObject =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === nothing

export const isUnknown = (value: Raw | undefined): value is UnknownValue => value instanceof UnknownValue

/** Whether anything inside is unknown. */
export function hasUnknown(value: Raw): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof UnknownValue) return true
  if (Array.isArray(value)) return value.some(hasUnknown)
  if (isObject(value)) return Object.values(value).some(hasUnknown)
  return 'type' in value && hasUnknown((value as Dynamic).value as Raw)
}
