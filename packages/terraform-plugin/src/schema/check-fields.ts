import { isObject, type Raw } from '../encoding/raw.ts'
import { checkElements, type WholeMethods } from './attribute-only.ts'
import { fieldShape, type Nested, nestedFields } from './field-shape.ts'
import { AuthorError, constant, withNestedDefaults } from './from-author.ts'
import { namedAttributes } from './named-attributes.ts'
import { formatPath } from './path.ts'
import { holdsSecrets } from './secret-fields.ts'
import type { AttributeSpec, BlockSpec, FieldSpecs, Shape, Validator } from './spec.ts'
import { isOfType } from './text-types.ts'
import { valueProblems } from './value-problems.ts'

/** Names Terraform keeps for itself in the blocks of resources and data sources (its meta-arguments). */
const META_ARGUMENTS: ReadonlySet<string> = new Set([
  'connection',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'locals',
  'provider',
  'provisioner',
])

/** The same for `provider` blocks. */
export const PROVIDER_META_ARGUMENTS: ReadonlySet<string> = new Set([...META_ARGUMENTS, 'alias', 'source', 'version'])
const NONE: ReadonlySet<string> = new Set()

/** Refuses what Terraform would refuse, or misunderstand, with a message for the author. */
export function checkFields(where: string, fields: FieldSpecs, reserved = META_ARGUMENTS): void {
  for (const [name, field] of Object.entries(fields)) {
    const at = `${where}.${name}`
    checkName(at, name)
    if (reserved.has(name) || ('block' in field && name === 'dynamic')) {
      throw new TypeError(`${at}: Terraform keeps the name "${name}" for itself.`)
    }
    if ('attribute' in field) {
      checkAttribute(at, field.attribute)
    } else {
      checkLimits(at, field.block)
      checkNamed(at, fieldShape(field), field.block.validators)
      checkFields(at, field.block.fields, NONE)
      checkNesting(at, field.block)
      checkElementKey(at, field.block, field.block.elementKey)
    }
  }
}

/** Refuses names that Terraform has no attributes and blocks of. */
export function checkName(at: string, name: string): void {
  if (/^[a-z_][a-z0-9_]*$/.test(name)) return
  throw new TypeError(`${at}: a name has lower-case letters, digits and underscores only, and starts with no digit.`)
}

function checkLimits(at: string, { nesting, min, max }: BlockSpec): void {
  if (![min, max].every((limit) => Number.isSafeInteger(limit) && limit >= 0)) {
    throw new TypeError(`${at}: min and max count blocks, found ${min} and ${max}, expected whole numbers from 0.`)
  }
  if (nesting !== 'single' && max > 0 && min > max) {
    throw new TypeError(
      `${at}: found min ${min} and max ${max}, so that no number of blocks is right. Raise max or lower min.`,
    )
  }
}

function checkAttribute(at: string, spec: AttributeSpec, checkMembers: CheckMembers = checkNamedFields): void {
  if (!spec.required && !spec.optional && !spec.computed) {
    throw new TypeError(`${at}: say who sets it with .required(), .optional() or .computed().`)
  }
  if (spec.required && (spec.optional || spec.computed)) {
    throw new TypeError(
      `${at}: it is required, so it is always set; it cannot be optional or computed or have a default as well.`,
    )
  }
  if (spec.writeOnly) checkWriteOnly(at, spec)
  refuseWithoutEffect(at, spec)
  checkValue(at, spec, checkMembers)
}

type CheckMembers = (at: string, fields: FieldSpecs) => void
const checkNamedFields: CheckMembers = (at, fields) => checkFields(at, fields, NONE)

/** Checks what every value has, of an attribute as of an argument or a result: its type, its default, and what is inside. */
export function checkValue(at: string, spec: AttributeSpec, checkMembers: CheckMembers, methods?: WholeMethods): void {
  const nested = nestedFields(spec.shape)
  if (!nested) checkPlain(at, spec.shape, false)
  checkElements(at, spec.shape, methods)
  checkNamed(at, spec.shape, spec.validators)
  if (nested) {
    checkMembers(at, nested.fields)
    checkNesting(at, nested)
    checkElementKey(at, nested, spec.elementKey)
  }
  if (spec.default) checkDefault(at, spec, spec.default.value)
}

/** The attributes of an object that is an argument or a result. Their names are those of a type, which Terraform takes as they are. */
export function checkMembersOfType(at: string, fields: FieldSpecs): void {
  for (const [name, field] of Object.entries(fields)) {
    // Nested attributes hold attributes only.
    if ('attribute' in field) checkAttribute(`${at}.${name}`, field.attribute, checkMembersOfType)
  }
}

/** Nothing of a write-only attribute is planned or stored, so nothing is computed in it and no change of it is ever seen. */
function checkWriteOnly(at: string, spec: AttributeSpec): void {
  if (spec.computed) {
    throw new TypeError(`${at}: a write-only attribute cannot be computed or have a default; it is never stored.`)
  }
  refusePlanning(at, spec)
  refuseInsideWriteOnly(at, nestedFields(spec.shape)?.fields ?? {})
}

function refuseInsideWriteOnly(at: string, fields: FieldSpecs): void {
  for (const [name, field] of Object.entries(fields)) {
    const inside = `${at}.${name}`
    if ('attribute' in field) {
      if (field.attribute.computed) {
        throw new TypeError(
          `${inside}: nothing inside a write-only attribute can be computed or have a default; it is never planned. Use .optional(), and say what null means where you read it.`,
        )
      }
      refusePlanning(inside, field.attribute)
    }
    refuseInsideWriteOnly(inside, nestedFields(fieldShape(field))?.fields ?? {})
  }
}

function refusePlanning(at: string, { planModifiers, replaceWhen }: AttributeSpec): void {
  if (planModifiers.length === 0 && replaceWhen.length === 0) return
  const rule = planModifiers.length > 0 ? 'modifyPlan' : 'requiresReplace'
  throw new TypeError(
    `${at}: ${rule}() never sees a write-only value, which is neither planned nor stored. Add an attribute that says which version of it this is, and plan by that.`,
  )
}

/** Refuses what would never do anything. */
function refuseWithoutEffect(at: string, spec: AttributeSpec): void {
  const byProvider = spec.computed && !spec.default
  if (spec.keepsState && !byProvider) {
    throw new TypeError(
      `${at}: useStateForUnknown() is for computed attributes; what a user or a default sets is never unknown. Leave it out.`,
    )
  }
  if (spec.nullable && !spec.computed) {
    throw new TypeError(
      `${at}: nullable() is for computed attributes; an optional one may be null anyway. Leave it out.`,
    )
  }
  if (spec.unknownAllowed) {
    throw new TypeError(
      `${at}: acceptsUnknown() is for parameters of functions; attributes may be unknown while planning anyway. Leave it out.`,
    )
  }
  if (byProvider && !spec.optional && spec.validators.some((validator) => !isOfType(validator))) {
    throw new TypeError(
      `${at}: validate() checks what users write, but only the provider sets it. Leave it out, or make it .optional().computed().`,
    )
  }
  if (spec.elementKey !== undefined && nestedFields(spec.shape) === undefined) {
    throw new TypeError(`${at}: elementKey is for lists of nested attributes and blocks, found a list of other values.`)
  }
}

/** Refuses checks of elements by an attribute that they do not have, which would find nothing. */
function checkNamed(at: string, shape: Shape, validators: readonly Validator<never>[] = []): void {
  if (!('element' in shape)) return
  const { element } = shape
  const members = element.kind === 'object' ? element.fields : element.kind === 'struct' ? element.members : {}
  for (const name of validators.flatMap(namedAttributes)) {
    if (Object.hasOwn(members, name)) continue
    const has = Object.keys(members).join(', ') || 'no attributes'
    throw new TypeError(`${at}: uniqueBy("${name}") names no attribute of the elements, which have: ${has}.`)
  }
  checkNamed(`${at}[*]`, element, element.validators)
}

/** A default is checked as a value of the user would be: it must fit the type and pass the attribute's validators. */
function checkDefault(at: string, spec: AttributeSpec, value: unknown): void {
  refuseComputed(at, spec.shape, withNestedDefaults(spec.shape, value))
  const raw = defaultOf(at, spec.shape, value)
  if (raw === null) throw new TypeError(`${at}: the default is null, which is no value. Use .optional() instead.`)
  refuseMissing(at, spec.shape, raw)
  for (const { path, message, thrown } of valueProblems({ attribute: spec }, raw, [])) {
    const problem = message ?? (thrown instanceof Error ? thrown.message : String(thrown))
    const shown = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? String(member) : member))
    const what = holdsSecrets({ [at]: { attribute: spec } }) ? 'default' : `default ${shown}`
    const place = path.length > 0 ? `${formatPath(path)}: ` : ''
    throw new TypeError(`${at}: the ${what} does not pass the validators of the attribute. ${place}${problem}`)
  }
}

function defaultOf(at: string, shape: Shape, value: unknown): Raw {
  try {
    return constant(shape, value, [at.slice(at.lastIndexOf('.') + 1)])
  } catch (error) {
    if (!(error instanceof AuthorError)) throw error
    const place = [at, ...error.path.slice(1)].join('.')
    throw new TypeError(`${at}: the default does not fit the schema. ${place}: ${error.message}`, { cause: error })
  }
}

/** What is in a default is planned as it stands there: the provider is not asked for what is computed inside. */
function refuseComputed(at: string, shape: Shape, value: unknown): void {
  const nested = nestedFields(shape)
  if (!nested || typeof value !== 'object' || value === null) return
  for (const element of nested.nesting === 'single' ? [value] : Object.values(value)) {
    if (typeof element !== 'object' || element === null) continue
    for (const [name, field] of Object.entries(nested.fields)) {
      const member: unknown = Object.hasOwn(element, name) ? (element as Record<string, unknown>)[name] : undefined
      const spec = 'attribute' in field ? field.attribute : undefined
      if (spec?.computed && !spec.nullable && (member ?? null) === null) {
        throw new TypeError(
          `${at}: the default has no value for "${name}", which is computed: a default is planned as it stands, and the provider sets nothing inside. Give "${name}" a value there, declare it .nullable(), or replace the default by .optional().computed().`,
        )
      }
      refuseComputed(`${at}.${name}`, fieldShape(field), member)
    }
  }
}

/** A default takes the place of the whole value, so it must hold what the user would have to write. */
function refuseMissing(at: string, shape: Shape, value: Raw): void {
  const nested = nestedFields(shape)
  if (!nested || typeof value !== 'object' || value === null) return
  for (const element of (nested.nesting === 'single' ? [value] : Object.values(value)) as Raw[]) {
    if (!isObject(element)) continue
    for (const [name, field] of Object.entries(nested.fields)) {
      const member = element[name] ?? null
      if (member === null && 'attribute' in field && field.attribute.required && !field.attribute.writeOnly) {
        throw new TypeError(`${at}: the default has no value for "${name}", which is required.`)
      }
      refuseMissing(`${at}.${name}`, fieldShape(field), member)
    }
  }
}

function checkNesting(at: string, { nesting, fields }: Nested): void {
  if (nesting !== 'single') refuseDynamic(at, { kind: 'object', fields })
  if (nesting === 'set') refuseWriteOnly(at, fields)
}

/** Elements of a list that keep stored values need a key: by position they would get each other's when one is added. */
function checkElementKey(at: string, { nesting, fields }: Nested, key: string | undefined): void {
  if (key === undefined) {
    const keeping = nesting === 'list' ? keepsState(fields) : undefined
    if (keeping === undefined) return
    const [path, rule] = keeping
    throw new TypeError(
      `${at}.${path}: ${rule}() inside a list gives elements each other's values when one is added or moved. Name the attribute that tells elements apart with elementKey, or use a map.`,
    )
  }
  if (nesting !== 'list') throw new TypeError(`${at}: elementKey is for lists of nested attributes and blocks.`)
  const field = Object.hasOwn(fields, key) ? fields[key] : undefined
  const spec = field && 'attribute' in field ? field.attribute : undefined
  if (!spec?.required || !['string', 'number', 'bool'].includes(spec.shape.kind)) {
    throw new TypeError(`${at}: elementKey "${key}" is not a required string, number or bool of the elements.`)
  }
}

/**
 * The path of an attribute that is planned from its stored value, as far as this list decides which element it belongs to, and the
 * rule that does it. A rule of the author's sees the stored value, so it counts whether it looks at it or not.
 */
function keepsState(fields: FieldSpecs): [path: string, rule: string] | undefined {
  for (const [name, field] of Object.entries(fields)) {
    if ('attribute' in field && field.attribute.planModifiers.length > 0) {
      return [name, field.attribute.keepsState ? 'useStateForUnknown' : 'modifyPlan']
    }
    const nested = nestedFields(fieldShape(field))
    const below = nested && keepsState(nested.fields)
    if (below) return [`${name}.${below[0]}`, below[1]]
  }
  return undefined
}

/** Nested attributes exist right below an attribute only; dynamic values in no collection. */
function checkPlain(at: string, shape: Shape, inCollection: boolean): void {
  switch (shape.kind) {
    case 'object':
      throw new TypeError(`${at}: s.object() stands alone or right inside one list, set or map. Use s.struct() deeper.`)
    case 'dynamic':
      if (inCollection)
        throw new TypeError(`${at}: s.dynamic() cannot be inside a list, set or map: Terraform has no such type.`)
      return
    case 'list':
    case 'set':
    case 'map':
      checkPlain(at, shape.element, true)
      return
    case 'tuple':
      for (const element of shape.elements) checkPlain(at, element, inCollection)
      return
    case 'struct':
      for (const member of Object.values(shape.members)) checkPlain(at, member, inCollection)
  }
}

function refuseDynamic(at: string, shape: Shape): void {
  if (shape.kind === 'dynamic') checkPlain(at, shape, true)
  if (shape.kind === 'list' || shape.kind === 'set' || shape.kind === 'map') refuseDynamic(at, shape.element)
  if (shape.kind === 'object') {
    for (const [name, field] of Object.entries(shape.fields)) {
      refuseDynamic(`${at}.${name}`, fieldShape(field))
    }
  }
}

function refuseWriteOnly(at: string, fields: FieldSpecs): void {
  for (const [name, field] of Object.entries(fields)) {
    if ('attribute' in field && field.attribute.writeOnly) {
      throw new TypeError(
        `${at}.${name}: a write-only attribute cannot be inside a set, whose elements are told apart by their values.`,
      )
    }
    const nested = nestedFields(fieldShape(field))
    if (nested) refuseWriteOnly(`${at}.${name}`, nested.fields)
  }
}
