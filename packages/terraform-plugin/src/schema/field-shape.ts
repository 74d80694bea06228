import type { FieldSpec, FieldSpecs, Shape } from './spec.ts'

/** The shape of a field's value, whether it is an attribute or a block. */
export function fieldShape(field: FieldSpec): Shape {
  if ('attribute' in field) return field.attribute.shape
  let shape = blockShapes.get(field)
  if (!shape) {
    const { nesting, fields, elementKey } = field.block
    const object: Shape = { kind: 'object', fields }
    shape =
      nesting === 'single'
        ? object
        : { kind: nesting, element: object, ...(elementKey !== undefined && { elementKey }) }
    blockShapes.set(field, shape)
  }
  return shape
}

const blockShapes = new WeakMap<FieldSpec, Shape>()

export interface Nested {
  readonly nesting: 'single' | 'list' | 'set' | 'map'
  readonly fields: FieldSpecs
}

/** The nested attributes (or the content of a block) behind a shape, if it has any. */
export function nestedFields(shape: Shape): Nested | undefined {
  if (shape.kind === 'object') return { nesting: 'single', fields: shape.fields }
  if ((shape.kind === 'list' || shape.kind === 'set' || shape.kind === 'map') && shape.element.kind === 'object') {
    return { nesting: shape.kind, fields: shape.element.fields }
  }
  return undefined
}

/** The attribute by which the elements of a list are told apart, where its author named one. */
export function elementKeyOf(field: FieldSpec): string | undefined {
  return 'attribute' in field ? field.attribute.elementKey : field.block.elementKey
}

/** Whether the order of the elements means nothing: a set, or a list that says so. */
export const isInAnyOrder = (shape: Shape): boolean =>
  shape.kind === 'set' || ('unordered' in shape && shape.unordered === true)
