import { Changes, sameOr } from '../encoding/changes.ts'
import { isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from './field-shape.ts'
import { constant } from './from-author.ts'
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
    if (!nested) continue
    if (Array.isArray(written)) {
      changes.set(
        name,
        sameOr(
          written,
          (written as readonly Raw[]).map((one) => completed(nested.fields, one)),
        ),
      )
    } else if (isObject(written)) {
      changes.set(
        name,
        nested.nesting === 'single' ? completed(nested.fields, written) : eachMember(nested.fields, written),
      )
    }
  }
  return changes.result
}

function eachMember(fields: FieldSpecs, map: RawObject): RawObject {
  const changes = new Changes(map)
  for (const [key, one] of Object.entries(map)) changes.set(key, completed(fields, one))
  return changes.result
}
