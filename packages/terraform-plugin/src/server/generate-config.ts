import { valuesEqual } from '../encoding/equal.ts'
import { isObject, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from '../schema/field-shape.ts'
import { constant } from '../schema/from-author.ts'
import { typeOf } from '../schema/implied-type.ts'
import type { FieldSpec, FieldSpecs } from '../schema/spec.ts'
import { Call } from './call.ts'
import { isNamed } from './check-combinations.ts'
import type { Handler } from './handler.ts'
import { objectFromWire, toWire } from './values.ts'
import { withoutRivals } from './without-rivals.ts'

/** The configuration that gives an imported state: without what the provider computes, and without defaults. */
export const generateResourceConfig: Handler<'GenerateResourceConfig'> = async (session, request, signal) => {
  const resource = session.provider.resources.get(request.type_name)
  const call = new Call(session, `Writing the configuration of ${resource.name}`, resource.fields, signal)
  const state = objectFromWire(resource.type, request.state)
  session.secrets.collect(resource.fields, state)
  if (state === null) return { config: toWire(resource.type, null) }
  const config = withoutRivals(
    resource.fields,
    (resource.checks as readonly object[]).filter(isNamed),
    configFrom(resource.fields, state),
  )
  return { config: toWire(resource.type, config), diagnostics: call.diagnostics.messages }
}

function configFrom(fields: FieldSpecs, state: RawObject): RawObject {
  return rawObject(Object.entries(fields).map(([name, field]) => [name, valueFrom(field, state[name] ?? null)]))
}

function valueFrom(field: FieldSpec, value: Raw): Raw {
  if ('attribute' in field) {
    const { attribute } = field
    const { shape } = attribute
    if (value === null || attribute.writeOnly) return null
    if (!attribute.required && !attribute.optional) return null
    if (attribute.deprecated && !attribute.required) return null
    if (attribute.default && valuesEqual(typeOf(shape), value, constant(shape, attribute.default.value, [])))
      return null
  } else if (field.block.deprecated && field.block.min === 0) {
    return field.block.nesting === 'single' ? null : []
  }
  const nested = nestedFields(fieldShape(field))
  if (!nested || value === null) return value
  if (nested.nesting === 'single') return isObject(value) ? configFrom(nested.fields, value) : value
  const element = (member: Raw) => (isObject(member) ? configFrom(nested.fields, member) : member)
  if (Array.isArray(value)) return (value as readonly Raw[]).map(element)
  return isObject(value) ? rawObject(Object.entries(value).map(([key, member]) => [key, element(member)])) : value
}
