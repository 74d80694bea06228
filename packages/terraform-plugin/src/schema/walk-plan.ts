import { Changes, sameOr } from '../encoding/changes.ts'
import { isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import { completed } from './completed.ts'
import { elementKeyOf, fieldShape, isInAnyOrder, type Nested, nestedFields } from './field-shape.ts'
import { keyedPartners } from './keyed-partners.ts'
import type { Path } from './path.ts'
import { ruleAt } from './rule-error.ts'
import { setPartners } from './set-partners.ts'
import type { AttributeSpec, FieldSpec, FieldSpecs } from './spec.ts'

/** The three objects a plan is made from. */
export interface PlanObjects {
  readonly config: RawObject
  /** Null where nothing is stored yet. */
  readonly prior: RawObject | null
  readonly plan: RawObject
}

export interface PlanPlace {
  readonly path: Path
  readonly spec: AttributeSpec
  readonly config: Raw
  readonly prior: Raw
  readonly plan: Raw
}

/**
 * Goes through every attribute of a plan, outermost first, and replaces each planned value by what `visit` returns. Goes
 * into nested attributes and blocks the user wrote, each with the element of the configuration and of the stored state
 * that belongs to it. Where nothing is replaced, the plan itself is returned.
 */
export function walkPlan(
  fields: FieldSpecs,
  { config, prior, plan }: PlanObjects,
  visit: (place: PlanPlace) => Raw,
  path: Path = [],
): RawObject {
  const changes = new Changes(plan)
  for (const name of Object.keys(fields)) {
    const field = fields[name] as FieldSpec
    const at = [...path, name]
    const configured = config[name] ?? null
    const stored = prior?.[name] ?? null
    let planned = plan[name] ?? null
    if ('attribute' in field) {
      planned = visit({ path: at, spec: field.attribute, config: configured, prior: stored, plan: planned })
    }
    const nested = nestedFields(fieldShape(field))
    changes.set(name, nested ? walkNested(nested, field, configured, stored, planned, visit, at) : planned)
  }
  return changes.result
}

function walkNested(
  nested: Nested,
  field: FieldSpec,
  config: Raw,
  prior: Raw,
  plan: Raw,
  visit: (place: PlanPlace) => Raw,
  path: Path,
): Raw {
  if (nested.nesting === 'single') {
    if (!isObject(config) || !isObject(plan)) return plan
    return walkPlan(nested.fields, { config, prior: isObject(prior) ? prior : null, plan }, visit, path)
  }
  if (nested.nesting === 'map') {
    if (!isObject(config) || !isObject(plan)) return plan
    const changes = new Changes(plan)
    for (const [key, element] of Object.entries(plan)) {
      const stored = isObject(prior) ? prior[key] : null
      changes.set(key, walkElement(nested.fields, config[key], stored, element, visit, [...path, key]))
    }
    return changes.result
  }
  if (!Array.isArray(config) || !Array.isArray(plan)) return plan
  const configs: readonly Raw[] = config
  const priors: readonly Raw[] = Array.isArray(prior) ? prior : []
  const planned: readonly Raw[] = plan
  const elementKey = elementKeyOf(field)
  // Where the plan is what the user wrote, its elements are too.
  const inPlace = nested.nesting === 'list' || planned === configs
  const walked = ruleAt(path, () => {
    const partners = isInAnyOrder(fieldShape(field))
      ? setPartners(
          nested.fields,
          configs.map((one) => completed(nested.fields, one)),
          priors,
          planned,
          inPlace,
        )
      : undefined
    const keyed = elementKey === undefined ? undefined : keyedPartners(nested.fields, elementKey, planned, priors)
    return planned.map((_, index) => {
      const partner = partners?.[index] ?? { config: index, prior: priors[index] }
      return {
        config: partner.config === undefined ? undefined : configs[partner.config],
        prior: keyed ? keyed[index] : partner.prior,
      }
    })
  }).map((partner, index) =>
    walkElement(nested.fields, partner.config, partner.prior, planned[index] ?? null, visit, [...path, index]),
  )
  return sameOr(planned, walked)
}

function walkElement(
  fields: FieldSpecs,
  config: Raw | undefined,
  prior: Raw | undefined,
  plan: Raw,
  visit: (place: PlanPlace) => Raw,
  path: Path,
): Raw {
  if (!isObject(config) || !isObject(plan)) return plan
  return walkPlan(fields, { config, prior: isObject(prior) ? prior : null, plan }, visit, path)
}
