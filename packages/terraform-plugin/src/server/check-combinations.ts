import type { CombinationRule } from '../provider/attribute-combinations.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import type { FieldSpec, FieldSpecs } from '../schema/spec.ts'

/** The parts of a check such as `exactlyOneOf` that its definition can be checked by. */
export interface Named {
  readonly rule: CombinationRule
  readonly attributes: readonly string[]
  readonly inside: readonly Named[]
}

export const isNamed = (check: object): check is Named => 'attributes' in check && 'inside' in check

/** Checks such as `exactlyOneOf` name attributes: a name that the schema lacks would make them silently true or false. */
export function checkCombinations(where: string, fields: FieldSpecs, checks: readonly object[]): void {
  for (const check of checks) {
    if (!isNamed(check)) continue
    for (const name of check.attributes) {
      const { nested, last } = resolve(where, fields, name)
      refuseNeverOrAlwaysSet(where, check.rule, name, last)
      if (check.inside.length === 0) continue
      if (!nested) throw new TypeError(`${where}.validate: "${name}" has no nested attributes for within() to check.`)
      checkCombinations(`${where}.${name}`, nested, check.inside)
    }
  }
}

/** What users cannot set, or must set anyway, makes a check fail for everybody. */
function refuseNeverOrAlwaysSet(where: string, rule: CombinationRule, name: string, field: FieldSpec): void {
  if (!('attribute' in field)) return
  const { required, optional, computed } = field.attribute
  if (computed && !optional) {
    throw new TypeError(
      `${where}.validate: ${rule} names "${name}", which only the provider sets. Leave it out, or make it .optional().computed().`,
    )
  }
  if (required && !name.includes('.') && (rule === 'exactlyOneOf' || rule === 'conflicting')) {
    throw new TypeError(
      `${where}.validate: ${rule} names "${name}", which is required and so always set. Make it .optional().`,
    )
  }
}

/** Follows a path, and returns what it leads to and the nested attributes behind it. */
function resolve(where: string, fields: FieldSpecs, name: string): { nested: FieldSpecs | undefined; last: FieldSpec } {
  let last: FieldSpec | undefined
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
    last = field
  }
  return { nested: inside, last: last as FieldSpec }
}
