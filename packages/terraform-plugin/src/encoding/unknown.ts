declare const brand: unique symbol

/**
 * Stands for a value Terraform will only know after apply. It never appears in state. Being a symbol, it cannot be taken
 * for text or a number by accident: that does not compile, and throws.
 */
// No `unique symbol`: TypeScript widens those to `symbol` inside objects that functions return.
export type Unknown = symbol & { readonly [brand]: 'unknown' }
export const Unknown = Symbol.for('terraform-plugin.unknown') as Unknown

/** Whether a value is known (it may still be null). Narrows the type. */
export function isKnown<T>(value: T): value is Exclude<T, Unknown> {
  return value !== Unknown
}

/** Whether a value is known and not null. Narrows the type. */
export function isSet<T>(value: T): value is Exclude<T, Unknown | null | undefined> {
  return value !== Unknown && value !== null && value !== undefined
}
