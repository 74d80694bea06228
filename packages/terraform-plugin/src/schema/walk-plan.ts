import { isObject, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape, type Nested, nestedFields } from './field-shape.ts'
import type { Path } from './path.ts'
import { setPartners } from './set-partners.ts'
import type { AttributeSpec, FieldSpecs } from './spec.ts'

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
 * that belongs to it.
 */
export function walkPlan(
  fields: FieldSpecs,
  { config, prior, plan }: PlanObjects,
  visit: (place: PlanPlace) => Raw,
  path: Path = [],
): RawObject {
  return rawObject(
    Object.entries(fields).map(([name, field]): [string, Raw] => {
      const at = [...path, name]
      const configured = config[name] ?? null
      const stored = prior?.[name] ?? null
      let planned = plan[name] ?? null
      if ('attribute' in field) {
        planned = visit({ path: at, spec: field.attribute, config: configured, prior: stored, plan: planned })
      }
      const nested = nestedFields(fieldShape(field))
      return [name, nested ? walkNested(nested, configured, stored, planned, visit, at) : planned]
    }),
  )
}

function walkNested(
  nested: Nested,
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
    return rawObject(
      Object.entries(plan).map(([key, element]) => [
        key,
        walkElement(nested.fields, config[key], isObject(prior) ? prior[key] : null, element, visit, [...path, key]),
      ]),
    )
  }
  if (!Array.isArray(config) || !Array.isArray(plan)) return plan
  const configs: readonly Raw[] = config
  const priors: readonly Raw[] = Array.isArray(prior) ? prior : []
  const partners = nested.nesting === 'set' ? setPartners(nested.fields, configs, priors) : undefined
  return (plan as readonly Raw[]).map((element, index) => {
    const partner = partners?.(element) ?? { config: configs[index], prior: priors[index] }
    return walkElement(nested.fields, partner.config, partner.prior, element, visit, [...path, index])
  })
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
