import type { Type } from './type.ts'

/** A value whose type is part of it: what an attribute of type `dynamic` holds. */
export class Dynamic {
  readonly type: Type
  readonly value: unknown

  constructor(type: Type, value: unknown) {
    this.type = type
    this.value = value
  }
}

/**
 * Makes a dynamic value. Without a type it is worked out from the value: arrays become tuples, objects become objects,
 * as in Terraform's own literals.
 */
export function dynamic(value: unknown, type: Type = typeOf(value)): Dynamic {
  return new Dynamic(type, value)
}

function typeOf(value: unknown): Type {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
    case 'bigint':
      return 'number'
    case 'object':
      if (value === null) return 'dynamic'
      if (Array.isArray(value)) return ['tuple', value.map(typeOf)]
      return [
        'object',
        Object.fromEntries(Object.entries(value).map(([name, member]) => [name.normalize('NFC'), typeOf(member)])),
      ]
    default:
      return 'dynamic'
  }
}
