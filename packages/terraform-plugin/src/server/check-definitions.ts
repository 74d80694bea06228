import type { ProviderDefinition } from '../provider/provider.ts'
import { checkElements } from '../schema/attribute-only.ts'
import { nestedFields } from '../schema/field-shape.ts'
import type { AttributeSpec, FieldSpecs, Shape } from '../schema/spec.ts'

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/

/** Refuses functions that Terraform could not call, with a message for the author. */
export function checkFunctions(functions: ProviderDefinition<unknown, never>['functions'] = {}): void {
  for (const [name, { definition }] of Object.entries(functions)) {
    if (!IDENTIFIER.test(name)) {
      throw new TypeError(
        `functions.${name}: a function's name has lower-case letters, digits and underscores only, and starts with no digit.`,
      )
    }
    for (const [parameter, { spec }] of Object.entries(definition.parameters ?? {})) {
      const at = `functions.${name}.${parameter}`
      if (!IDENTIFIER.test(parameter)) {
        throw new TypeError(
          `${at}: a parameter's name has lower-case letters, digits and underscores only, and starts with no digit.`,
        )
      }
      checkParameter(at, spec)
    }
    if (definition.variadic) checkParameter(`functions.${name}.rest`, definition.variadic.spec)
    const { default: value, shape } = definition.returns.spec
    checkElements(`functions.${name}.returns`, shape)
    if (value) throw new TypeError(`functions.${name}.returns: a result has no default; return the value instead.`)
  }
}

function checkParameter(at: string, spec: AttributeSpec): void {
  checkElements(at, spec.shape)
  const computed = computedBelow(spec.shape)
  if (computed !== undefined) {
    throw new TypeError(
      `${at}.${computed}: nothing computes the attributes of an argument. Make it optional or required.`,
    )
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

const SIMPLE = new Set(['string', 'number', 'bool'])

/** Terraform knows simple identity attributes only: strings, numbers, bools and lists of them, which the user may name. */
export function checkIdentity(where: string, fields: FieldSpecs): void {
  for (const [name, field] of Object.entries(fields)) {
    const at = `${where}.identity.${name}`
    const shape = 'attribute' in field ? field.attribute.shape : undefined
    if (shape) checkElements(at, shape)
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
