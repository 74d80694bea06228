import { fieldShape, nestedFields } from './field-shape.ts'
import type { FieldSpec, FieldSpecs } from './spec.ts'

const memory = new WeakMap<FieldSpecs, boolean>()

/** Whether a field is sensitive or write-only as a whole. */
export const isSecret = (field: FieldSpec): boolean =>
  'attribute' in field && (field.attribute.sensitive || field.attribute.writeOnly)

/** Whether any attribute, however deep, is sensitive or write-only. */
export function holdsSecrets(fields: FieldSpecs): boolean {
  let answer = memory.get(fields)
  if (answer === undefined) {
    answer = Object.values(fields).some((field) => {
      if (isSecret(field)) return true
      const nested = nestedFields(fieldShape(field))
      return nested !== undefined && holdsSecrets(nested.fields)
    })
    memory.set(fields, answer)
  }
  return answer
}
