import type { ProviderDefinition } from '../provider/provider.ts'
import { Attribute } from '../schema/attribute.ts'
import { attributeOnly, checkElements, type WholeMethods } from '../schema/attribute-only.ts'
import { checkMembersOfType, checkName, checkValue } from '../schema/check-fields.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import type { AttributeSpec, FieldSpecs, Shape } from '../schema/spec.ts'
import type { Fields } from '../schema/views.ts'
import { checkDefinition } from './definition-members.ts'

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/

const PARTS = ['resources', 'dataSources', 'ephemeralResources', 'listResources', 'actions', 'functions'] as const

/** Refuses a provider that could not work as its author means it, as far as its definition tells, with the fix in the message. */
export function checkProvider(definition: ProviderDefinition<unknown, Fields>): void {
  checkDefinition('provider', 'provider', definition)
  const { name, resources, listResources = {} } = definition
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(name)) {
    throw new TypeError(`provider.name: found "${name}", expected lower-case letters, digits and dashes.`)
  }
  for (const part of PARTS) {
    for (const [typeName, entry] of Object.entries(definition[part] ?? {})) {
      checkDefinition(part, `${part}.${typeName}`, (entry as { readonly definition?: unknown } | undefined)?.definition)
      if (part !== 'functions') checkTypeName(`${part}.${typeName}`, name, typeName)
    }
  }
  checkFunctions(definition.functions)
  for (const [typeName, list] of Object.entries(listResources)) {
    const resource = resources?.[typeName]
    if (!resource?.definition.identity) {
      throw new TypeError(
        `listResources.${typeName}: Terraform lists resources by their identity. Add a resource "${typeName}" with an \`identity\`.`,
      )
    }
    if (list.definition.resource.definition?.schema !== resource.definition.schema) {
      throw new TypeError(
        `listResources.${typeName}: it finds another resource than resources.${typeName}. List it under the name of its own.`,
      )
    }
  }
}

function checkTypeName(where: string, provider: string, typeName: string): void {
  if (typeName !== provider && !typeName.startsWith(`${provider}_`)) {
    throw new TypeError(
      `${where}: "${typeName}" must start with "${provider}_": Terraform finds the provider of a type by its name.`,
    )
  }
  if (!/^[a-z0-9_]*$/.test(typeName.slice(provider.length))) {
    throw new TypeError(`${where}: a type's name has lower-case letters, digits and underscores only.`)
  }
}

/** Refuses functions that Terraform could not call, with a message for the author. */
function checkFunctions(functions: ProviderDefinition<unknown, Fields>['functions'] = {}): void {
  for (const [name, { definition }] of Object.entries(functions)) {
    if (!IDENTIFIER.test(name)) {
      throw new TypeError(
        `functions.${name}: a function's name has lower-case letters, digits and underscores only, and starts with no digit.`,
      )
    }
    for (const [parameter, type] of Object.entries(definition.parameters ?? {})) {
      const at = `functions.${name}.${parameter}`
      if (!IDENTIFIER.test(parameter)) {
        throw new TypeError(
          `${at}: a parameter's name has lower-case letters, digits and underscores only, and starts with no digit.`,
        )
      }
      if (parameter === 'rest') {
        throw new TypeError(`${at}: Terraform shows variadic arguments under the name "rest". Choose another name.`)
      }
      refuseNoType(at, type)
      checkParameter(at, type.spec)
    }
    if (definition.variadic) {
      refuseNoType(`functions.${name}.variadic`, definition.variadic)
      checkParameter(`functions.${name}.rest`, definition.variadic.spec)
    }
    const at = `functions.${name}.returns`
    refuseNoType(at, definition.returns)
    if (definition.returns.spec.default) {
      throw new TypeError(`${at}: a result has no default; return the value instead.`)
    }
    refuseAttributeOnly(at, definition.returns.spec, [...ROLES, 'sensitive', 'writeOnly'])
    checkType(at, definition.returns.spec, { of: 'result', methods: ['nullable'] })
    refuseInside(at, definition.returns.spec.shape, 'sensitive')
  }
}

/** Arguments and results have a type of `s` that is no block. */
function refuseNoType(at: string, type: unknown): void {
  if (type instanceof Attribute) return
  throw new TypeError(
    `${at} is ${typeof type === 'function' ? 'a function that was not called' : 'no type'}. Write it as s.string() or the like; blocks are for configurations.`,
  )
}

const ROLES = [
  'required',
  'optional',
  'computed',
  'deprecated',
  'useStateForUnknown',
  'modifyPlan',
  'requiresReplace',
  'elementKey',
]

/** Refuses methods that say something of attributes that is never true of an argument or a result. */
function refuseAttributeOnly(at: string, spec: AttributeSpec, methods: readonly string[]): void {
  const method = attributeOnly(spec).find((one) => methods.includes(one))
  if (method === 'sensitive') {
    throw new TypeError(
      `${at}: .sensitive() has no effect on a result, which Terraform treats as sensitive where an argument is. Leave it out.`,
    )
  }
  if (method !== undefined) {
    throw new TypeError(`${at}: .${method}() is for attributes; a function has arguments and a result. Leave it out.`)
  }
}

function checkParameter(at: string, spec: AttributeSpec): void {
  refuseAttributeOnly(at, spec, [...ROLES, 'writeOnly'])
  checkType(at, spec, { of: 'parameter', methods: ['nullable', 'default', 'sensitive', 'acceptsUnknown'] })
  const computed = computedBelow(spec.shape)
  if (computed !== undefined) {
    throw new TypeError(
      `${at}.${computed}: nothing computes the attributes of an argument. Make it optional or required.`,
    )
  }
}

/** An argument or a result keeps what its type promises as an attribute does, so its type is checked as that of one. */
function checkType(at: string, spec: AttributeSpec, methods: WholeMethods): void {
  checkValue(at, spec, checkMembersOfType, methods)
  const nested = nestedFields(spec.shape)
  if (nested) refusePlanRules(at, nested.fields, false)
  refuseInside(at, spec.shape, 'deprecated')
}

function refuseInside(at: string, shape: Shape, method: 'sensitive' | 'deprecated'): void {
  for (const [name, field] of Object.entries(nestedFields(shape)?.fields ?? {})) {
    if ('attribute' in field) refuseAttributeOnly(`${at}.${name}`, field.attribute, [method])
    refuseInside(`${at}.${name}`, fieldShape(field), method)
  }
}

/** The path of a nested attribute that only a provider could set. */
function computedBelow(shape: Shape): string | undefined {
  const nested = nestedFields(shape)
  for (const [name, field] of Object.entries(nested?.fields ?? {})) {
    if (!('attribute' in field)) continue
    if (field.attribute.computed && !field.attribute.default) return name
    const below = computedBelow(field.attribute.shape)
    if (below !== undefined) return `${name}.${below}`
  }
  return undefined
}

/** Only resources are planned, and only they and actions are configured with values that nothing stores. */
export function refusePlanRules(where: string, fields: FieldSpecs, isAction: boolean): void {
  for (const [name, field] of Object.entries(fields)) {
    const at = `${where}.${name}`
    if ('attribute' in field) {
      const { planModifiers, replaceWhen, keepsState, writeOnly } = field.attribute
      const rule = keepsState ? 'useStateForUnknown' : planModifiers.length > 0 ? 'modifyPlan' : 'requiresReplace'
      if (planModifiers.length > 0 || replaceWhen.length > 0) {
        throw new TypeError(`${at}: ${rule}() is for resources; nothing else is planned. Leave it out.`)
      }
      if (writeOnly && !isAction) {
        throw new TypeError(
          `${at}: writeOnly() is for resources and actions; nothing of this is stored by it. Use .optional().sensitive().`,
        )
      }
    }
    const nested = nestedFields(fieldShape(field))
    if (nested) refusePlanRules(at, nested.fields, isAction)
  }
}

const SIMPLE = new Set(['string', 'number', 'bool'])

/** Terraform knows simple identity attributes only: strings, numbers, bools and lists of them, which the user may name. */
export function checkIdentity(where: string, fields: FieldSpecs): void {
  for (const [name, field] of Object.entries(fields)) {
    const at = `${where}.identity.${name}`
    checkName(at, name)
    const shape = 'attribute' in field ? field.attribute.shape : undefined
    if (shape) checkElements(at, shape)
    if ('attribute' in field) {
      const method = attributeOnly(field.attribute).find(
        (one) => !['required', 'optional', 'computed', 'default'].includes(one),
      )
      if (method !== undefined) {
        throw new TypeError(
          `${at}: .${method}() has no effect on an identity, which Terraform only stores and shows. Leave it out.`,
        )
      }
    }
    const simple = shape?.kind === 'list' ? shape.element : shape
    if (!simple || !SIMPLE.has(simple.kind)) {
      throw new TypeError(
        `${at}: an identity holds strings, numbers, bools and lists of them, found ${shape?.kind ?? 'a block'}.`,
      )
    }
    if (!('attribute' in field) || field.attribute.computed) {
      throw new TypeError(`${at}: users name an identity to import by, so it is .required() or .optional().`)
    }
  }
}
