/**
 * Stands for a value Terraform will only know after apply. Compare with `isKnown`; it never appears in state.
 */
export const Unknown: unique symbol = Symbol.for('terraform-plugin.unknown')
export type Unknown = typeof Unknown

/** Whether a value is known (it may still be null). Narrows the type. */
export function isKnown<T>(value: T): value is Exclude<T, Unknown> {
  return value !== Unknown
}

/** Whether a value is known and not null. Narrows the type. */
export function isSet<T>(value: T): value is Exclude<T, Unknown | null | undefined> {
  return value !== Unknown && value !== null && value !== undefined
}
