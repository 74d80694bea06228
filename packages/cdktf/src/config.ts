import { isPlainObject } from './plain.ts'

/** The same values without those that are undefined. */
export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Leaves out what is undefined, which means "not given", at the first level. */
export function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>
}

/**
 * The arguments of an L1 resource as they go into Terraform's JSON: undefined means "not given" at every depth, and text
 * is literal. Only tokens of the framework refer to anything; `${` and `%{` of a literal are escaped, so that no text
 * becomes an expression, whatever file or service it comes from.
 */
export function configOf<T extends object>(values: T): Given<T> {
  return literal(values) as Given<T>
}

/** A text as a Terraform template that stands for exactly that text, except for the framework's tokens in it. */
export function literalText(text: string): string {
  // Of several `$` in a row only the last one needs another: `$${` is written `$$${`.
  return text.replace(/\$\{TfToken\[[\w:.-]+\]\}|[$%]\{/g, (found) =>
    found.length > 2 ? found : `${found[0]}${found}`,
  )
}

function literal(value: unknown): unknown {
  if (typeof value === 'string') return literalText(value)
  if (Array.isArray(value)) return value.map(literal)
  // Everything with a class is the framework's: constructs, tokens, providers.
  if (!isPlainObject(value)) return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries.map(([name, one]) => [literalText(name), literal(one)]))
}
