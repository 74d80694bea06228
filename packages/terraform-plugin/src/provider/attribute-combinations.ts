import { Unknown } from '../encoding/unknown.ts'
import type { ValidateRequest } from './resource.ts'

// Checks that span several attributes, for `validate` of a definition. Attributes that are unknown may turn out either
// way, so a check that depends on one stays silent.

/** A check that knows which attributes it is about, so that a misspelled one is found when the provider is defined. */
export interface CombinationCheck<Name extends string = string> {
  (request: Pick<ValidateRequest<never>, 'diagnostics'> & { readonly config: { readonly [K in Name]: unknown } }): void
  readonly attributes: readonly Name[]
  /** Whether two of them must not be set together. */
  readonly atMostOne: boolean
}

type Sorted = ReturnType<typeof sort>
type Report = ValidateRequest<never>['diagnostics']

function check<Name extends string>(
  attributes: readonly Name[],
  judge: (sorted: Sorted, diagnostics: Report) => void,
  atMostOne = false,
): CombinationCheck<Name> {
  return Object.assign(
    ({ config, diagnostics }: Parameters<CombinationCheck<Name>>[0]) => judge(sort(config, attributes), diagnostics),
    { attributes, atMostOne },
  )
}

/** Exactly one of these attributes must be set. */
export const exactlyOneOf = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check(
    names,
    ({ set, unknown }, diagnostics) => {
      if (set.length > 1) conflict(diagnostics, set)
      if (set.length === 0 && unknown.length === 0) {
        diagnostics.error('Missing attribute', `None of ${quoted(names)} is set, expected exactly one.`)
      }
    },
    true,
  )

/** At least one of these attributes must be set. */
export const atLeastOneOf = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check(names, ({ set, unknown }, diagnostics) => {
    if (set.length + unknown.length === 0) {
      diagnostics.error('Missing attribute', `None of ${quoted(names)} is set, expected at least one.`)
    }
  })

/** At most one of these attributes may be set. */
export const conflicting = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check(
    names,
    ({ set }, diagnostics) => {
      if (set.length > 1) conflict(diagnostics, set)
    },
    true,
  )

/** These attributes are set together or not at all. */
export const requiredTogether = <const Name extends string>(...names: readonly Name[]): CombinationCheck<Name> =>
  check(names, ({ set, unset }, diagnostics) => {
    if (set.length > 0 && unset.length > 0) {
      diagnostics.error(
        'Missing attribute',
        `${quoted(set)} is set without ${quoted(unset)}. Set all of ${quoted(names)}, or none.`,
        set.slice(0, 1),
      )
    }
  })

function sort(config: object, names: readonly string[]) {
  const values = config as Record<string, unknown>
  const isUnset = (name: string) => values[name] === null || (Array.isArray(values[name]) && values[name].length === 0)
  return {
    unknown: names.filter((name) => values[name] === Unknown),
    unset: names.filter(isUnset),
    set: names.filter((name) => values[name] !== Unknown && !isUnset(name)),
  }
}

function conflict(
  diagnostics: { error(title: string, detail: string, path: string[]): void },
  set: readonly string[],
): void {
  diagnostics.error(
    'Conflicting attributes',
    `${quoted(set)} are set together, expected only one of them.`,
    set.slice(1, 2),
  )
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')
