import type { Dynamic } from '@dmarc-as-code/terraform-plugin'

interface Kinds {
  string: string
  bool: boolean
  number: number
  strings: string[]
}

const checks: { readonly [K in keyof Kinds]: (value: unknown) => boolean } = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  strings: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
}

const names: { readonly [K in keyof Kinds]: string } = {
  string: 'a string',
  bool: 'true or false',
  number: 'a number',
  strings: 'a list of strings',
}

/**
 * Reads an object that a function was given. Terraform's own object types would demand every member, so such parameters are
 * dynamic and their members are checked here. Throws on unknown members and wrong kinds; null counts as left out.
 */
export function readObject<const M extends { readonly [name: string]: keyof Kinds }>(
  given: Dynamic,
  members: M,
): { -readonly [K in keyof M]?: Kinds[M[K]] } {
  const { value } = given
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`Expected an object with ${Object.keys(members).join(', ')}.`)
  }
  const result: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const kind = Object.hasOwn(members, name) ? members[name] : undefined
    if (!kind) throw new Error(`Unknown attribute "${name}", expected one of ${Object.keys(members).join(', ')}.`)
    if (member === null) continue
    if (!checks[kind](member)) throw new Error(`"${name}" must be ${names[kind]}.`)
    result[name] = member
  }
  return result as { -readonly [K in keyof M]?: Kinds[M[K]] }
}
