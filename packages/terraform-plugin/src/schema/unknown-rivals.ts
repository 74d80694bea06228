import { hasUnknown, isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { agreement, type Comparison, comparisonsFor, exactly, isOpen, keyWithout, openIn } from './agreement.ts'
import { fieldShape, nestedFields } from './field-shape.ts'
import type { FieldSpec, FieldSpecs } from './spec.ts'

/**
 * Pairs of what the user wrote and what is stored, without those that may be others once all is known: Terraform plans again then,
 * and takes nothing back. An element with an unknown value may turn out to be the one that another element, which leaves more to
 * the provider, has been given.
 */
export function withoutRivals(
  fields: FieldSpecs,
  written: readonly Raw[],
  priors: readonly Raw[],
  pairs: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const unknown = [...written.keys()].filter((index) => hasUnknown(written[index] ?? null))
  if (unknown.length === 0 || pairs.size === 0) return pairs
  const certain = new Map(pairs)
  for (const { configs, stored } of rivalries(fields, written, priors, unknown)) {
    const left = new Set(configs.map((index) => openness(fields, written[index] ?? null)))
    for (const index of configs) {
      const prior = pairs.get(index)
      if (prior === undefined || !stored.has(prior)) continue
      // All who leave the same open would be the same where they agree with the same one.
      const settled =
        left.size === 1 && agreement(fields, written[index] as RawObject, priors[prior], exactly) !== undefined
      if (!settled) certain.delete(index)
    }
  }
  return certain
}

interface Rivalry {
  readonly configs: readonly number[]
  readonly stored: ReadonlySet<number>
}

/** Who may be given the same stored elements as one that is not known, directly or over others. */
function rivalries(
  fields: FieldSpecs,
  written: readonly Raw[],
  priors: readonly Raw[],
  unknown: readonly number[],
): readonly Rivalry[] {
  const comparisons = comparisonsFor(fields)
  const finders = comparisons.map((comparison) => findersFor(fields, written, priors, comparison))
  const seen = new Set<number>()
  return unknown.flatMap((start) => {
    if (seen.has(start)) return []
    const configs = [start]
    const stored = new Set<number>()
    seen.add(start)
    for (const index of configs) {
      const fitting = hasUnknown(written[index] ?? null)
        ? mayBecome(fields, written[index] ?? null, priors, comparisons)
        : finders.flatMap(({ priorsOf }) => priorsOf(index))
      for (const prior of fitting) {
        if (stored.has(prior)) continue
        stored.add(prior)
        const others = [
          ...finders.flatMap(({ configsOf }) => configsOf(prior)),
          ...unknown.filter(
            (one) => mayBecome(fields, written[one] ?? null, [priors[prior] ?? null], comparisons).length,
          ),
        ]
        for (const other of others) {
          if (seen.has(other)) continue
          seen.add(other)
          configs.push(other)
        }
      }
    }
    return [{ configs, stored }]
  })
}

/** The places of the stored elements that one with unknown values may turn out to be. */
function mayBecome(fields: FieldSpecs, config: Raw, priors: readonly Raw[], comparisons: readonly Comparison[]) {
  if (!isObject(config)) return [...priors.keys()]
  return [...priors.keys()].filter((index) =>
    comparisons.some((one) => agreement(fields, config, priors[index], { ...one, mayBecome: true }) !== undefined),
  )
}

/** Looks up who agrees with whom, in both directions. */
function findersFor(fields: FieldSpecs, written: readonly Raw[], priors: readonly Raw[], comparison: Comparison) {
  const known = [...written.keys()].filter((index) => isObject(written[index]) && !hasUnknown(written[index] ?? null))
  const groups = [...Map.groupBy(known, (index) => openIn(fields, written[index] as RawObject, comparison).join())].map(
    ([, configs]) => {
      const keyOf = keyWithout(
        fields,
        openIn(fields, written[configs[0] as number] as RawObject, comparison),
        comparison,
      )
      const objects = [...priors.keys()].filter((index) => isObject(priors[index]))
      return {
        keyOf,
        configs: new Set(configs),
        byConfig: Map.groupBy(configs, (index) => keyOf(written[index] as RawObject)),
        byPrior: Map.groupBy(objects, (index) => keyOf(priors[index] as RawObject)),
      }
    },
  )
  const agree = (config: number, prior: number) =>
    agreement(fields, written[config] as RawObject, priors[prior], comparison) !== undefined
  return {
    priorsOf: (config: number): readonly number[] =>
      groups
        .filter(({ configs }) => configs.has(config))
        .flatMap(({ keyOf, byPrior }) => byPrior.get(keyOf(written[config] as RawObject)) ?? [])
        .filter((prior) => agree(config, prior)),
    configsOf: (prior: number): readonly number[] =>
      groups
        .flatMap(({ keyOf, byConfig }) => byConfig.get(keyOf(priors[prior] as RawObject)) ?? [])
        .filter((config) => agree(config, prior)),
  }
}

/** What an element leaves to the provider, as a text; what may still turn out to be left is no one's like. */
function openness(fields: FieldSpecs, value: Raw): string {
  if (!isObject(value)) return 'unknown'
  return JSON.stringify(
    Object.entries(fields).map(([name, field]) => {
      const member = value[name] ?? null
      if (isOpen(field) && (member === null || isUnknown(member))) return member === null ? 'open' : 'unknown'
      return inside(field, member)
    }),
  )
}

function inside(field: FieldSpec, value: Raw): unknown {
  const nested = nestedFields(fieldShape(field))
  if (!nested || value === null || typeof value !== 'object') return ''
  if (isUnknown(value)) return 'unknown'
  if (nested.nesting === 'single') return openness(nested.fields, value)
  const elements = Object.entries(value).map(([key, one]) => [
    nested.nesting === 'map' ? key : '',
    openness(nested.fields, one as Raw),
  ])
  return nested.nesting === 'set' ? elements.map(String).sort() : elements
}
