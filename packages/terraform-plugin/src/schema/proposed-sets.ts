import { Changes, sameOr } from '../encoding/changes.ts'
import { isObject, type Raw, type RawObject } from '../encoding/raw.ts'
import { fieldShape, nestedFields } from './field-shape.ts'
import type { FieldSpecs } from './spec.ts'

/**
 * What Terraform proposes with each set as the user wrote it. Terraform knows no defaults: it gives one element what is stored of
 * another that differs from it by a default, and two that are then the same become one.
 */
export function setsAsConfigured(fields: FieldSpecs, config: RawObject, proposed: RawObject): RawObject {
  const changes = new Changes(proposed)
  for (const [name, field] of Object.entries(fields)) {
    const nested = nestedFields(fieldShape(field))
    if (!nested) continue
    const [written, planned] = [config[name] ?? null, proposed[name] ?? null]
    const inside = (one: Raw | undefined, plan: Raw) =>
      isObject(one) && isObject(plan) ? setsAsConfigured(nested.fields, one, plan) : plan
    if (Array.isArray(written) && Array.isArray(planned)) {
      const plans: readonly Raw[] = planned
      changes.set(
        name,
        nested.nesting === 'set'
          ? written
          : sameOr(
              plans,
              plans.map((plan, index) => inside(written[index], plan)),
            ),
      )
    } else if (isObject(written) && isObject(planned)) {
      changes.set(name, nested.nesting === 'single' ? inside(written, planned) : members(written, planned, inside))
    }
  }
  return changes.result
}

function members(written: RawObject, planned: RawObject, inside: (one: Raw | undefined, plan: Raw) => Raw): RawObject {
  const changes = new Changes(planned)
  for (const [key, plan] of Object.entries(planned)) changes.set(key, inside(written[key], plan))
  return changes.result
}
