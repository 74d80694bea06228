import { Changes } from '../encoding/changes.ts'
import { isObject, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from './field-shape.ts'
import { eachElement, member } from './nested-elements.ts'
import type { FieldSpecs } from './spec.ts'

/**
 * What Terraform proposes with each set as the user wrote it. Terraform knows no defaults: it gives one element what is stored of
 * another that differs from it by a default, and two that are then the same become one.
 */
export function setsAsConfigured(fields: FieldSpecs, config: RawObject, proposed: RawObject): RawObject {
  const changes = new Changes(proposed)
  for (const [name, field] of Object.entries(fields)) {
    const nested = nestedFields(fieldShape(field))
    const [written, planned] = [config[name] ?? null, proposed[name] ?? null]
    if (!nested || planned === null) continue
    if (nested.nesting === 'set') {
      if (Array.isArray(written) && Array.isArray(planned)) changes.set(name, written)
      continue
    }
    const inside = eachElement(nested, planned, (plan, key) => {
      const one = member(written, key)
      return isObject(one) && isObject(plan) ? setsAsConfigured(nested.fields, one, plan) : plan
    })
    changes.set(name, inside)
  }
  return changes.result
}
