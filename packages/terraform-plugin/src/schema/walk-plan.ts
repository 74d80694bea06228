import { encodeValue } from '../encoding/encode.ts'
import { isObject, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape, type Nested, nestedFields } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import type { Path } from './path.ts'
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
  const partner = nested.nesting === 'set' ? setPartner(nested.fields) : undefined
  return (plan as readonly Raw[]).map((element, index) => {
    const configured = partner ? partner(element, configs) : configs[index]
    const stored = partner ? (isObject(configured) ? partner.inverse(configured, priors) : null) : priors[index]
    return walkElement(nested.fields, configured, stored, element, visit, [...path, index])
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

/**
 * Elements of a set have no index: an element belongs to the one that agrees with it in everything the user wrote, as
 * Terraform itself matches them.
 */
function setPartner(fields: FieldSpecs) {
  const agrees = (config: RawObject, other: Raw): boolean =>
    isObject(other) &&
    Object.entries(fields).every(([name, field]) => {
      const written = config[name] ?? null
      if (written === null && 'attribute' in field && (field.attribute.computed || field.attribute.writeOnly))
        return true
      const nested = nestedFields(fieldShape(field))
      // What is nested deeper may hold computed values of its own; what the user wrote there is compared by size only.
      if (nested && written !== null) return sizeOf(written) === sizeOf(other[name] ?? null)
      const type = typeOf(fieldShape(field))
      return Buffer.compare(encodeValue(type, written), encodeValue(type, other[name] ?? null)) === 0
    })
  const partner = (element: Raw, configs: readonly Raw[]) =>
    configs.find((config) => isObject(config) && agrees(config, element))
  partner.inverse = (config: RawObject, priors: readonly Raw[]) => priors.find((prior) => agrees(config, prior))
  return partner
}

const sizeOf = (value: Raw) => (value === null || typeof value !== 'object' ? -1 : Object.keys(value).length)
