import { Unknown } from '../encoding/unknown.ts'
import type { Path } from '../schema/path.ts'
import type { Diagnostics } from './request.ts'
import type { ValidateRequest } from './resource.ts'

// Checks that span several attributes, for `validate` of a definition. Attributes that are unknown may turn out either
// way, so a check that depends on one stays silent.

/** The attribute at the head of a path such as `login.user`. */
type Head<Name extends string> = Name extends `${infer First}.${string}` ? First : Name

/**
 * A check that knows which attributes it is about, so that a misspelled one is found when the provider is defined. Nested ones
 * are named by their path: `login.user`.
 */
export interface CombinationCheck<Name extends string = string> {
  (
    request: Pick<ValidateRequest<never>, 'diagnostics'> & { readonly config: { readonly [K in Head<Name>]: unknown } },
  ): void
  readonly attributes: readonly Name[]
  /** What the check is, for what asks it questions instead of running it. */
  readonly rule: CombinationRule
  /** Checks of the objects inside these attributes. */
  readonly inside: readonly CombinationCheck[]
}

export type CombinationRule =
  | 'exactlyOneOf'
  | 'atLeastOneOf'
  | 'conflicting'
  | 'conflictsWith'
  | 'alsoRequires'
  | 'requiredTogether'
  | 'within'

type Sorted = ReturnType<typeof sort>

function check<Name extends string>(
  rule: CombinationRule,
  attributes: readonly Name[],
  judge: (sorted: Sorted, diagnostics: Diagnostics, config: object) => void,
  inside: readonly CombinationCheck[] = [],
): CombinationCheck<Name> {
  const fewest = rule === 'within' || rule === 'atLeastOneOf' ? 1 : 2
  if (attributes.length < fewest) {
    throw new TypeError(`${rule}: found ${attributes.length} attributes, expected at least ${fewest}.`)
  }
  const twice = attributes.find((name, index) => attributes.indexOf(name) !== index)
  if (twice !== undefined) throw new TypeError(`${rule}: "${twice}" is named twice.`)
  if (rule === 'within' && inside.length === 0) {
    throw new TypeError('within: found no checks, expected at least one after the name, such as exactlyOneOf(...).')
  }
  return Object.assign(
    ({ config, diagnostics }: Parameters<CombinationCheck<Name>>[0]) =>
      judge(sort(config, attributes), diagnostics, config),
    { attributes, rule, inside },
  )
}

/** Exactly one of these attributes must be set. */
export const exactlyOneOf = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check('exactlyOneOf', names, ({ set, unknown }, diagnostics) => {
    if (set.length > 1) conflict(diagnostics, set)
    if (set.length === 0 && unknown.length === 0) {
      diagnostics.error('Missing attribute', `None of ${quoted(names)} is set, expected exactly one.`)
    }
  })

/** At least one of these attributes must be set. */
export const atLeastOneOf = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check('atLeastOneOf', names, ({ set, unknown }, diagnostics) => {
    if (set.length + unknown.length === 0) {
      diagnostics.error('Missing attribute', `None of ${quoted(names)} is set, expected at least one.`)
    }
  })

/** At most one of these attributes may be set. */
export const conflicting = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check('conflicting', names, ({ set }, diagnostics) => {
    if (set.length > 1) conflict(diagnostics, set)
  })

/** The first attribute cannot be set together with any of the others, which may be set together. */
export const conflictsWith = <const Name extends string>(
  name: Name,
  ...others: readonly Name[]
): CombinationCheck<Name> =>
  check('conflictsWith', [name, ...others], ({ set }, diagnostics) => {
    const [first, rival] = set
    if (first === name && rival !== undefined) conflict(diagnostics, [first, rival])
  })

/** Where the first attribute is set, the others must be set too. */
export const alsoRequires = <const Name extends string>(
  name: Name,
  ...others: readonly Name[]
): CombinationCheck<Name> =>
  check('alsoRequires', [name, ...others], ({ set, unset }, diagnostics) => {
    if (set.includes(name) && unset.length > 0) {
      diagnostics.error(
        'Missing attribute',
        `"${name}" is set without ${quoted(unset)}, which it requires.`,
        pathOf(name),
      )
    }
  })

/** These attributes are set together or not at all. */
export const requiredTogether = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check('requiredTogether', names, ({ set, unset }, diagnostics) => {
    const [first] = set
    if (first !== undefined && unset.length > 0) {
      diagnostics.error(
        'Missing attribute',
        `${quoted(set)} is set without ${quoted(unset)}. Set all of ${quoted(names)}, or none.`,
        pathOf(first),
      )
    }
  })

/** Checks inside each object of a nested attribute or block: `within('rule', exactlyOneOf('port', 'range'))`. */
export const within = <const Name extends string>(
  name: Name,
  ...inside: readonly CombinationCheck[]
): CombinationCheck<Name> =>
  check(
    'within',
    [name],
    (_, diagnostics, config) => {
      for (const [path, object] of objectsIn(valueAt(config, name), pathOf(name))) {
        const located: Diagnostics = {
          error: (title, detail, at = []) => diagnostics.error(title, detail, [...path, ...at]),
          warning: (title, detail, at = []) => diagnostics.warning(title, detail, [...path, ...at]),
        }
        for (const one of inside) one({ config: object, diagnostics: located })
      }
    },
    inside,
  )

type Values = { readonly [name: string]: unknown }

/** The known objects of a value: itself, or the elements of a list, set or map. */
function objectsIn(value: unknown, path: Path): [Path, Values][] {
  if (typeof value !== 'object' || value === null) return []
  // Maps have no prototype, objects of a schema have one.
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== null) return [[path, value as Values]]
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.flatMap(([key, element]): [Path, Values][] =>
    typeof element === 'object' && element !== null ? [[[...path, key], element as Values]] : [],
  )
}

const pathOf = (name: string): Path => name.split('.')

function valueAt(config: object, name: string): unknown {
  let value: unknown = config
  for (const step of name.split('.')) {
    if (value === Unknown || value === null || value === undefined) return value ?? null
    value = (value as Values)[step]
  }
  return value ?? null
}

function sort(config: object, names: readonly string[]) {
  const values = new Map(names.map((name) => [name, valueAt(config, name)]))
  const isUnset = (name: string) => {
    const value = values.get(name)
    return value === null || (Array.isArray(value) && value.length === 0)
  }
  return {
    unknown: names.filter((name) => values.get(name) === Unknown),
    unset: names.filter(isUnset),
    set: names.filter((name) => values.get(name) !== Unknown && !isUnset(name)),
  }
}

function conflict(diagnostics: Diagnostics, set: readonly string[]): void {
  diagnostics.error(
    'Conflicting attributes',
    `${quoted(set)} are set together, expected only one of them.`,
    pathOf(set[1] ?? ''),
  )
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')
