import type { AttributePath, MessageOf } from '../protobuf/tfplugin6-values.ts'
import { fieldShape } from './field-shape.ts'
import type { Path } from './path.ts'
import type { FieldSpecs, Shape } from './spec.ts'

type PathMessage = MessageOf<typeof AttributePath>
type Step = NonNullable<PathMessage['steps']>[number]

/**
 * A path as the protocol wants it, where attribute names, map keys and list indexes differ. It ends at a set, whose
 * elements have no address, and at anything the schema does not have.
 */
export function attributePath(fields: FieldSpecs, path: Path): PathMessage {
  const steps: Step[] = []
  let shape: Shape | undefined = { kind: 'object', fields }
  for (const key of path) {
    const next: ReturnType<typeof step> = shape && step(shape, key)
    if (!next) break
    steps.push(next.step)
    shape = next.shape
  }
  return { steps }
}

function step(shape: Shape, key: string | number): { step: Step; shape: Shape | undefined } | undefined {
  switch (shape.kind) {
    case 'object': {
      const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined
      return field && { step: { attribute_name: String(key) }, shape: fieldShape(field) }
    }
    case 'struct':
      return Object.hasOwn(shape.members, key)
        ? { step: { attribute_name: String(key) }, shape: shape.members[key] }
        : undefined
    case 'map':
      return { step: { element_key_string: String(key) }, shape: shape.element }
    case 'list':
      return typeof key === 'number' ? { step: { element_key_int: key }, shape: shape.element } : undefined
    case 'tuple':
      return typeof key === 'number' ? { step: { element_key_int: key }, shape: shape.elements[key] } : undefined
    default:
      return undefined
  }
}
