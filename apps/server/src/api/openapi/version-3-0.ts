// biome-ignore lint/suspicious/noExplicitAny: a document as generators make it, of which a part is read
type Json = any

/**
 * The document in OpenAPI 3.0.3, for generators that do not know 3.1: null is `nullable`, an exclusive limit is a flag beside
 * the limit, and a constant is a list of one value.
 */
export function asVersion30(document: Json): Json {
  const { info, ...rest } = converted(document)
  const { identifier: _, ...license } = info.license
  return {
    ...rest,
    openapi: '3.0.3',
    info: { ...info, license: { ...license, url: 'https://opensource.org/license/mit' } },
  }
}

function converted(value: Json): Json {
  if (Array.isArray(value)) return value.map(converted)
  if (typeof value !== 'object' || value === null) return value
  const result: Json = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'example' || key === 'enum' ? inner : converted(inner)]),
  )
  return isSchema(result) ? schema30(result) : result
}

const isSchema = (value: Json): boolean =>
  'anyOf' in value ||
  'const' in value ||
  'exclusiveMinimum' in value ||
  'exclusiveMaximum' in value ||
  isType(value.type)

/** The keyword `type`, and not a property of that name. */
const isType = (type: unknown): boolean => typeof type === 'string' || Array.isArray(type)

function schema30(schema: Json): Json {
  const { anyOf, const: constant, exclusiveMinimum, exclusiveMaximum, propertyNames: _, ...rest } = schema
  if (typeof exclusiveMinimum === 'number') {
    rest.minimum = exclusiveMinimum
    rest.exclusiveMinimum = true
  }
  if (typeof exclusiveMaximum === 'number') {
    rest.maximum = exclusiveMaximum
    rest.exclusiveMaximum = true
  }
  if (constant !== undefined) rest.enum = [constant]
  if (Array.isArray(rest.type)) {
    const types = rest.type.filter((type: string) => type !== 'null')
    if (types.length < rest.type.length) rest.nullable = true
    rest.type = types[0]
  }
  if (!Array.isArray(anyOf)) return rest
  const choices = anyOf.filter((choice: Json) => choice.type !== 'null')
  const nullable = choices.length < anyOf.length
  const [only] = choices
  if (choices.length === 1 && only.$ref === undefined) return { ...rest, ...only, ...(nullable && { nullable }) }
  // A reference takes no keyword beside it, and what we refer to are objects.
  if (choices.length === 1) return { ...rest, allOf: [only], ...(nullable && { type: 'object', nullable }) }
  return { ...rest, anyOf: choices, ...(nullable && { nullable }) }
}
