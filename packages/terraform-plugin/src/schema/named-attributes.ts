import type { Validator } from './spec.ts'

const names = new WeakMap<Validator<never>, readonly string[]>()

/** Notes which attributes of elements a check names. */
export function naming<V extends Validator<never>>(attributes: readonly string[], validator: V): V {
  if (attributes.length > 0) names.set(validator, attributes)
  return validator
}

/** The attributes of elements that a check names, which the schema must have. */
export const namedAttributes = (validator: Validator<never>): readonly string[] => names.get(validator) ?? []
