import { withoutControlCharacters } from '../validation.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document as generators make it, of which a part is read
type Json = any

const prefix = '#/components/schemas/'

/** Says of every text in requests that has no narrower form that control characters are refused in it. */
export function refuseControlCharacters(document: Json): void {
  const seen = new Set<Json>()
  const visit = (schema: Json): void => {
    if (typeof schema !== 'object' || schema === null || seen.has(schema)) return
    seen.add(schema)
    if (typeof schema.$ref === 'string') visit(document.components.schemas[schema.$ref.slice(prefix.length)])
    const isText = schema.type === 'string' || (Array.isArray(schema.type) && schema.type.includes('string'))
    if (isText && !('pattern' in schema || 'enum' in schema || 'format' in schema)) {
      schema.pattern = withoutControlCharacters
    }
    for (const [key, inner] of Object.entries(schema)) if (key !== 'example') visit(inner)
  }
  for (const path of Object.values<Json>(document.paths)) {
    for (const { parameters = [], requestBody } of Object.values<Json>(path)) {
      for (const parameter of parameters) visit(parameter.schema)
      for (const content of Object.values<Json>(requestBody?.content ?? {})) visit(content.schema)
    }
  }
}
