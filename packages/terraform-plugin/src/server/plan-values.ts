import { valuesEqual } from '../encoding/equal.ts'
import { isObject, isUnknown, type Raw, type RawObject, rawObject, UnknownValue } from '../encoding/raw.ts'
import { Unknown } from '../encoding/unknown.ts'
import { completed } from '../schema/completed.ts'
import { elementKeyOf, fieldShape, isInAnyOrder, nestedFields } from '../schema/field-shape.ts'
import { AuthorError, constant, fromAuthor } from '../schema/from-author.ts'
import { typeOf } from '../schema/implied-type.ts'
import { keyedPartners } from '../schema/keyed-partners.ts'
import { formatPath, type Path } from '../schema/path.ts'
import { RuleError } from '../schema/rule-error.ts'
import { setPartners } from '../schema/set-partners.ts'
import type { AttributeSpec, FieldSpecs, PlanModifierRequest, Shape } from '../schema/spec.ts'
import { toAuthor } from '../schema/to-author.ts'
import { type PlanObjects, type PlanPlace, walkPlan } from '../schema/walk-plan.ts'

/** Defaults where the user wrote nothing; null for what is never stored. */
export function withDefaults(fields: FieldSpecs, objects: PlanObjects): RawObject {
  return walkPlan(fields, objects, (place) => (place.spec.writeOnly ? null : settled(place)))
}

/** A configuration with its defaults, for what is never stored: write-only values are among the others there. */
export function inputWithDefaults(fields: FieldSpecs, config: RawObject): RawObject {
  return walkPlan(fields, { config, prior: null, plan: config }, settled)
}

function settled({ spec, config, prior, plan, path }: PlanPlace): Raw {
  if (spec.default && config === null) return constant(spec.shape, spec.default.value, path)
  // Terraform proposes null for nested attributes that could have come from the user, even where they are computed.
  // Like any computed value the user does not set, they stay as they are.
  return spec.computed && config === null && plan === null ? prior : plan
}

/** Makes unknown what only apply can tell: every computed value the user did not write. `keep` names exceptions. */
export function markUnknown(
  fields: FieldSpecs,
  objects: PlanObjects,
  keep: (path: Path) => boolean = () => false,
): RawObject {
  return walkPlan(fields, objects, ({ spec, config, plan, path }) =>
    spec.computed && config === null && !spec.default && !keep(path)
      ? spec.nullable
        ? UnknownValue.plain
        : UnknownValue.notNull
      : plan,
  )
}

/** Applies the plan modifiers of all attributes. */
export function applyModifiers(fields: FieldSpecs, objects: PlanObjects): RawObject {
  return walkPlan(fields, objects, ({ spec, config, prior, plan, path }) => {
    let planned = plan
    for (const modifier of spec.planModifiers) {
      const change = modifier(
        modifierRequest(spec.shape, { path, config, prior, plan: planned }, objects.prior === null),
      )
      if (change !== undefined)
        planned = change.plan === Unknown ? UnknownValue.plain : fromModifier(spec.shape, change, planned, prior, path)
    }
    if (planned !== plan) refuseOtherThanWritten({ spec, config, prior, plan, path }, planned)
    return planned
  })
}

/** What the user set is planned as it is, or kept as it is stored: Terraform takes nothing else. */
function refuseOtherThanWritten({ spec, config, prior, plan, path }: PlanPlace, planned: Raw): void {
  if (spec.writeOnly || (spec.computed && config === null)) return
  const type = typeOf(spec.shape)
  if (valuesEqual(type, plan, planned) || valuesEqual(type, config, planned)) return
  if (prior !== null && valuesEqual(type, prior, planned)) return
  throw new AuthorError(
    path,
    `modifyPlan of "${formatPath(path)}" planned another value than the configuration sets. Only computed attributes that are not set there can be planned freely.`,
  )
}

/** What a modifier is told. Values are converted when it looks at them: most modifiers look at one. */
function modifierRequest(
  shape: Shape,
  { path, config, prior, plan }: Pick<PlanPlace, 'path' | 'config' | 'prior' | 'plan'>,
  creating: boolean,
): PlanModifierRequest<never> {
  return {
    path,
    creating,
    get config() {
      return toAuthor(shape, config) as never
    },
    get state() {
      return toAuthor(shape, prior) as never
    },
    get plan() {
      return toAuthor(shape, plan) as never
    },
  }
}

function fromModifier(shape: Shape, change: { readonly plan: unknown }, planned: Raw, prior: Raw, path: Path): Raw {
  return fromAuthor(shape, change.plan, isUnknown(planned) ? prior : planned, { known: false }, path)
}

/** The attributes whose change replaces the resource, as paths. Called for updates only. */
export function replacements(fields: FieldSpecs, { config, prior, plan }: PlanObjects, path: Path = []): Path[] {
  if (prior === plan) return []
  const found: Path[] = []
  for (const [name, field] of Object.entries(fields)) {
    const shape = fieldShape(field)
    const [configured, stored, planned] = [config[name] ?? null, prior?.[name] ?? null, plan[name] ?? null]
    if (valuesEqual(typeOf(shape), stored, planned)) continue
    const at = [...path, name]
    if ('attribute' in field) {
      const request = modifierRequest(shape, { path: at, config: configured, prior: stored, plan: planned }, false)
      if (asksToReplace(field.attribute, request)) {
        found.push(at)
        continue
      }
    }
    found.push(...nestedReplacements(field, configured, stored, planned, at))
  }
  return found
}

function asksToReplace({ replaceWhen }: AttributeSpec, request: PlanModifierRequest<never>): boolean {
  try {
    return replaceWhen.some((when) => when(request))
  } catch (error) {
    throw new RuleError('requiresReplaceIf', error, request.path)
  }
}

const nothing = rawObject([])

function nestedReplacements(field: FieldSpecs[string], config: Raw, prior: Raw, plan: Raw, path: Path): Path[] {
  const nested = nestedFields(fieldShape(field))
  if (!nested || isUnknown(plan)) return []
  const compare = (
    configured: Raw | undefined,
    stored: Raw | undefined,
    planned: Raw | undefined,
    at: Path,
  ): Path[] => {
    if (isUnknown(planned)) return []
    const inside = replacements(
      nested.fields,
      { config: object(configured), prior: object(stored), plan: object(planned) },
      at,
    )
    // A path must lead somewhere both before and after; where an element came or went it ends at the whole.
    return inside.length > 0 && !(isObject(stored) && isObject(planned)) ? [path] : inside
  }
  if (nested.nesting === 'single') return compare(config, prior, plan, path)
  const elementKey = elementKeyOf(field)
  if (elementKey === undefined && isInAnyOrder(fieldShape(field))) {
    return setReplacements(nested.fields, config, prior, plan, nested.nesting === 'list', path)
  }
  if (nested.nesting === 'list' && elementKey !== undefined) {
    const [stored, planned] = [elements(prior), elements(plan)]
    const before = keyedPartners(nested.fields, elementKey, planned, stored)
    const after = keyedPartners(nested.fields, elementKey, stored, planned)
    return [
      ...planned.flatMap((element, index) =>
        compare(member(config, String(index)), before[index], element, [...path, index]),
      ),
      ...stored.flatMap((element, index) =>
        after[index] === undefined ? compare(undefined, element, undefined, path) : [],
      ),
    ]
  }
  const keys = new Set([...Object.keys(prior ?? {}), ...Object.keys(plan ?? {})])
  return [...keys].flatMap((key) =>
    compare(member(config, key), member(prior, key), member(plan, key), [
      ...path,
      nested.nesting === 'list' ? Number(key) : key,
    ]),
  )
}

/**
 * Elements that have no place are new or gone where the user wrote them otherwise; either replaces when one of their attributes
 * would. What only the provider sets may change in one that stays.
 */
function setReplacements(fields: FieldSpecs, config: Raw, prior: Raw, plan: Raw, inPlace: boolean, path: Path): Path[] {
  const [stored, planned] = [elements(prior), elements(plan)]
  const configs = elements(config)
  const written = configs.map((one) => completed(fields, one))
  const partners = setPartners(fields, written, stored, planned, inPlace)
  const stayed = new Set<Raw>(partners.map((partner) => partner.prior))
  const replaces = planned.some((element, index) => {
    if (!isObject(element)) return false
    const { config: place, prior: before } = partners[index] ?? {}
    const configured = place === undefined ? element : object(configs[place])
    return replacements(fields, { config: configured, prior: before ?? nothing, plan: element }).length > 0
  })
  const gone = stored.filter((element) => !stayed.has(element))
  const went = gone.some(
    (element) =>
      isObject(element) && replacements(fields, { config: element, prior: nothing, plan: element }).length > 0,
  )
  return replaces || went ? [path] : []
}

const object = (value: Raw | undefined): RawObject => (isObject(value) ? value : nothing)
const elements = (value: Raw): readonly Raw[] => (Array.isArray(value) ? value : [])
const member = (value: Raw, key: string): Raw | undefined =>
  Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined
