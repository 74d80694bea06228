import { Unknown } from '../encoding/unknown.ts'
import type { ValidateRequest } from './resource.ts'

// Checks that span several attributes, for `validate` of a definition. Attributes that are unknown may turn out either
// way, so a check that depends on one stays silent.

type Check = (request: Pick<ValidateRequest<never>, 'diagnostics'> & { readonly config: object }) => void

/** Exactly one of these attributes must be set. */
export const exactlyOneOf =
  (...names: readonly string[]): Check =>
  ({ config, diagnostics }) => {
    const { set, unknown } = sort(config, names)
    if (set.length > 1) conflict(diagnostics, set)
    if (set.length === 0 && unknown.length === 0) {
      diagnostics.error('Missing attribute', `None of ${quoted(names)} is set, expected exactly one.`)
    }
  }

/** At least one of these attributes must be set. */
export const atLeastOneOf =
  (...names: readonly string[]): Check =>
  ({ config, diagnostics }) => {
    const { set, unknown } = sort(config, names)
    if (set.length + unknown.length === 0) {
      diagnostics.error('Missing attribute', `None of ${quoted(names)} is set, expected at least one.`)
    }
  }

/** At most one of these attributes may be set. */
export const conflicting =
  (...names: readonly string[]): Check =>
  ({ config, diagnostics }) => {
    const { set } = sort(config, names)
    if (set.length > 1) conflict(diagnostics, set)
  }

/** These attributes are set together or not at all. */
export const requiredTogether =
  (...names: readonly string[]): Check =>
  ({ config, diagnostics }) => {
    const { set, unset } = sort(config, names)
    if (set.length > 0 && unset.length > 0) {
      diagnostics.error(
        'Missing attribute',
        `${quoted(set)} is set without ${quoted(unset)}. Set all of ${quoted(names)}, or none.`,
        set.slice(0, 1),
      )
    }
  }

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
