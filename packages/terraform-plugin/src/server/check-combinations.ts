import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import type { FieldSpecs } from '../schema/spec.ts'

/** The parts of a check such as `exactlyOneOf` that its definition can be checked by. */
interface Named {
  readonly attributes: readonly string[]
  readonly inside: readonly Named[]
}

const isNamed = (check: object): check is Named => 'attributes' in check && 'inside' in check

/** Checks such as `exactlyOneOf` name attributes: a name that the schema lacks would make them silently true or false. */
export function checkCombinations(where: string, fields: FieldSpecs, checks: readonly object[]): void {
  for (const check of checks) {
    if (!isNamed(check)) continue
    for (const name of check.attributes) {
      const nested = resolve(where, fields, name)
      if (check.inside.length === 0) continue
      if (!nested) throw new TypeError(`${where}.validate: "${name}" has no nested attributes for within() to check.`)
      checkCombinations(`${where}.${name}`, nested, check.inside)
    }
  }
}

/** Follows a path, and returns the nested attributes behind it. */
function resolve(where: string, fields: FieldSpecs, name: string): FieldSpecs | undefined {
  const steps = name.split('.')
  let inside: FieldSpecs | undefined = fields
  for (const [index, step] of steps.entries()) {
    const field: FieldSpecs[string] | undefined = inside && Object.hasOwn(inside, step) ? inside[step] : undefined
    if (!field) {
      const known = Object.keys(inside ?? {}).join(', ') || 'nothing'
      throw new TypeError(`${where}.validate: "${name}" is not in the schema, which has: ${known}.`)
    }
    const nested = nestedFields(fieldShape(field))
    if (index < steps.length - 1 && nested && nested.nesting !== 'single') {
      throw new TypeError(
        `${where}.validate: "${name}" leads through a ${nested.nesting}. Check its elements with within("${steps.slice(0, index + 1).join('.')}", ...).`,
      )
    }
    inside = nested?.fields
  }
  return inside
}
