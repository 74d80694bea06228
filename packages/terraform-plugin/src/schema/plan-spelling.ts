import { Changes } from '../encoding/changes.ts'
import { valuesEqual } from '../encoding/equal.ts'
import { isObject, isUnknown, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, isInAnyOrder, nestedFields } from './field-shape.ts'
import { typeOf } from './implied-type.ts'
import { eachElement, member } from './nested-elements.ts'
import { ruleAt } from './rule-error.ts'
import { hasSpellings, sameValue } from './same-value.ts'
import { pairElements, setPartners } from './set-partners.ts'
import type { FieldSpec, FieldSpecs, Shape } from './spec.ts'
import type { PlanObjects } from './walk-plan.ts'

// Terraform allows a planned attribute to be as configured or as stored, each as a whole and at the same place; sets of nested
// attributes only as a whole, and blocks in a set only as configured.

/**
 * A plan with the stored spelling of what means the same, so that another spelling in the configuration is no change. `config` has
 * its defaults filled in.
 */
export function keepStoredSpelling(fields: FieldSpecs, objects: PlanObjects): RawObject {
  return respell(fields, objects, storedSpelling)
}

type Spelling = (shape: Shape, written: Raw, stored: Raw, planned: Raw) => Raw

/** A plan in which each field has the spelling that is chosen for it. */
function respell(fields: FieldSpecs, { config, prior, plan }: PlanObjects, spelling: Spelling): RawObject {
  if (prior === null || !hasSpellings({ kind: 'object', fields })) return plan
  const changes = new Changes(plan)
  for (const [name, field] of Object.entries(fields)) {
    if (isBlockSet(field)) continue
    const [written, stored, planned] = [config[name] ?? null, prior[name] ?? null, plan[name] ?? null]
    changes.set(
      name,
      ruleAt([name], () => spelling(fieldShape(field), written, stored, planned)),
    )
  }
  return changes.result
}

const isBlockSet = (field: FieldSpec): boolean => 'block' in field && field.block.nesting === 'set'

function storedSpelling(shape: Shape, written: Raw, stored: Raw, planned: Raw): Raw {
  if (stored === null || planned === null || isUnknown(planned) || !hasSpellings(shape)) return planned
  const nested = nestedFields(shape)
  if (!nested) return sameValue(shape, stored, planned) ? stored : planned
  if (isInAnyOrder(shape)) return sameElements(nested.fields, written, stored) ? stored : planned
  const inside = (config: Raw | undefined, prior: Raw | undefined, plan: Raw) =>
    isObject(config) && isObject(prior) && isObject(plan)
      ? keepStoredSpelling(nested.fields, { config, prior, plan })
      : plan
  return eachElement(nested, planned, (plan, key) => inside(member(written, key), member(stored, key), plan))
}

/** Whether the stored elements are what the user wrote, each once, in whatever order and spelling. */
function sameElements(fields: FieldSpecs, written: Raw, stored: Raw): boolean {
  if (!Array.isArray(written) || !Array.isArray(stored)) return false
  const [configs, priors] = [written as readonly Raw[], stored as readonly Raw[]]
  return configs.length === priors.length && pairElements(fields, configs, priors).size === configs.length
}

/**
 * A plan in which sets of nested attributes, and lists of them in any order, that are not as stored are as configured: in the
 * spelling, and the order, of the configuration.
 */
export function spellAsConfigured(fields: FieldSpecs, objects: PlanObjects): RawObject {
  return respell(fields, objects, configuredSpelling)
}

function configuredSpelling(shape: Shape, written: Raw, stored: Raw, planned: Raw): Raw {
  const nested = nestedFields(shape)
  if (!nested || written === null || planned === null || isUnknown(planned) || !hasSpellings(shape)) return planned
  if (isInAnyOrder(shape)) {
    return valuesEqual(typeOf(shape), stored, planned) ? planned : asWritten(shape, written, planned)
  }
  return eachElement(nested, planned, (plan, key) => {
    const [config, prior] = [member(written, key), member(stored, key)]
    return isObject(config) && isObject(prior) && isObject(plan)
      ? spellAsConfigured(nested.fields, { config, prior, plan })
      : plan
  })
}

/** A planned value in the words of the user, as far as there are any. */
function asWritten(shape: Shape, written: Raw, planned: Raw): Raw {
  const nested = nestedFields(shape)
  if (!nested || planned === null || isUnknown(planned) || isUnknown(written)) return written
  const element = (config: Raw | undefined, plan: Raw): Raw =>
    isObject(config) && isObject(plan) ? fieldsAsWritten(nested.fields, config, plan) : plan
  if (!isInAnyOrder(shape)) return eachElement(nested, planned, (plan, key) => element(member(written, key), plan))
  if (!Array.isArray(written) || !Array.isArray(planned)) return planned
  const [configs, plans] = [written as readonly Raw[], planned as readonly Raw[]]
  const partners = setPartners(nested.fields, configs, [], plans, nested.nesting === 'list')
  const spelled = plans.map((plan, index) => {
    const place = partners[index]?.config ?? configs.length
    return { place, value: element(configs[place], plan) }
  })
  if (nested.nesting === 'list') spelled.sort((left, right) => left.place - right.place)
  return spelled.map(({ value }) => value)
}

function fieldsAsWritten(fields: FieldSpecs, config: RawObject, plan: RawObject): RawObject {
  const changes = new Changes(plan)
  for (const [name, field] of Object.entries(fields)) {
    const written = config[name] ?? null
    if (written === null || ('attribute' in field && field.attribute.writeOnly)) continue
    changes.set(name, asWritten(fieldShape(field), written, plan[name] ?? null))
  }
  return changes.result
}
