/**
 * The types one schema field has in each place an author meets it:
 *
 * - `state`: what is stored. Nothing is unknown.
 * - `plan`: the plan at apply time. Only computed values can be unknown.
 * - `proposed`: the plan while it is made. Anything can be unknown.
 * - `config`: the configuration while it is validated or planned. Anything can be unknown; computed fields are null.
 * - `settings`: the configuration at apply time, all known. The only place where write-only values are seen.
 * - `result`: what an author returns. Only computed fields are required, the rest is taken from the plan.
 */
export interface Views {
  state: unknown
  plan: unknown
  proposed: unknown
  config: unknown
  settings: unknown
  result: unknown
}

/** Who sets a field. `unset` is the type of an element or a parameter, which has no role. */
export type Role =
  | 'unset'
  | 'required'
  | 'optional'
  | 'defaulted'
  | 'computed'
  | 'nullableComputed'
  | 'optionalComputed'
  | 'nullableOptionalComputed'
  | 'writeOnly'
  | 'requiredWriteOnly'

export type FieldRole = Exclude<Role, 'unset'>
