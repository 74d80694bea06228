import { Changes } from '../encoding/changes.ts'
import { isObject, type Raw } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from './field-shape.ts'
import { constant } from './from-author.ts'
import { eachElement } from './nested-elements.ts'
import type { FieldSpecs } from './spec.ts'

/** What a user wrote with the defaults of what was left out, however deep: as if they were written too. */
export function completed(fields: FieldSpecs, config: Raw): Raw {
  if (!isObject(config)) return config
  const changes = new Changes(config)
  for (const [name, field] of Object.entries(fields)) {
    const written = config[name] ?? null
    if (written === null && 'attribute' in field && field.attribute.default) {
      changes.set(name, constant(field.attribute.shape, field.attribute.default.value, [name]))
      continue
    }
    const nested = nestedFields(fieldShape(field))
    if (nested && written !== null) {
      changes.set(
        name,
        eachElement(nested, written, (one) => completed(nested.fields, one)),
      )
    }
  }
  return changes.result
}
