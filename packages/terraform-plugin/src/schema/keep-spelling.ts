import { isObject, isUnknown, type Raw, type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldShape } from './field-shape.ts'
import { keyedPartners } from './keyed-partners.ts'
import { ruleAt } from './rule-error.ts'
import { hasSpellings, matched, membersOf, sameValue } from './same-value.ts'
import type { FieldSpecs, Shape } from './spec.ts'

/** `after` with the spelling of `before` in every part that means the same. */
export function keepSpelling(shape: Shape, before: Raw, after: Raw): Raw {
  if (before === after || before === null || after === null || isUnknown(before) || isUnknown(after)) return after
  if (!hasSpellings(shape)) return after
  if (sameValue(shape, before, after)) return before
  switch (shape.kind) {
    case 'list':
    case 'set': {
      const [befores, afters] = [before as readonly Raw[], after as readonly Raw[]]
      if (shape.kind === 'list' && !shape.unordered) {
        const partners =
          shape.elementKey !== undefined && shape.element.kind === 'object'
            ? keyedPartners(shape.element.fields, shape.elementKey, afters, befores)
            : befores
        return afters.map((element, index) => keepSpelling(shape.element, partners[index] ?? null, element))
      }
      // What was there comes first, in its order and spelling; what is new comes after.
      const partners = matched(shape.element, befores, afters)
      const taken = new Set(partners.values())
      return [...befores.filter((_, index) => partners.has(index)), ...afters.filter((_, index) => !taken.has(index))]
    }
    case 'tuple':
      return shape.elements.map((element, index) =>
        keepSpelling(element, (before as readonly Raw[])[index] ?? null, (after as readonly Raw[])[index] ?? null),
      )
    case 'map':
      if (!isObject(before) || !isObject(after)) return after
      return rawObject(
        Object.entries(after).map(([key, member]) => [key, keepSpelling(shape.element, before[key] ?? null, member)]),
      )
    case 'struct':
    case 'object':
      if (!isObject(before) || !isObject(after)) return after
      return rawObject(
        Object.entries(membersOf(shape)).map(([name, member]) => [
          name,
          keepSpelling(member, before[name] ?? null, after[name] ?? null),
        ]),
      )
    default:
      return after
  }
}

/**
 * A plan with the stored spelling of what means the same, so that another spelling in the configuration is no change. Terraform
 * allows a planned attribute to be as configured or as stored, each as a whole and at the same place.
 */
export function keepStoredSpelling(fields: FieldSpecs, prior: RawObject, plan: RawObject): RawObject {
  if (!Object.values(fields).some((field) => hasSpellings(fieldShape(field)))) return plan
  return rawObject(
    Object.entries(fields).map(([name, field]) => {
      const [stored, planned] = [prior[name] ?? null, plan[name] ?? null]
      return [name, ruleAt([name], () => planAttribute(fieldShape(field), stored, planned))]
    }),
  )
}

function planAttribute(shape: Shape, stored: Raw, planned: Raw): Raw {
  if (stored === null || planned === null || isUnknown(planned) || !hasSpellings(shape)) return planned
  const nested =
    shape.kind === 'object' ? shape : 'element' in shape && shape.element.kind === 'object' ? shape : undefined
  if (!nested || shape.kind === 'set') return sameValue(shape, stored, planned) ? stored : planned
  if (shape.kind === 'object') {
    return isObject(stored) && isObject(planned) ? keepStoredSpelling(shape.fields, stored, planned) : planned
  }
  const element = (shape as { readonly element: Shape }).element
  if (Array.isArray(planned)) {
    const elements = stored as readonly Raw[]
    return (planned as readonly Raw[]).map((one, index) => planAttribute(element, elements[index] ?? null, one))
  }
  if (!isObject(planned) || !isObject(stored)) return planned
  return rawObject(Object.entries(planned).map(([key, one]) => [key, planAttribute(element, stored[key] ?? null, one)]))
}
