import type { ObjectType, Type } from '../encoding/type.ts'
import type { FieldSpecs, Shape } from './spec.ts'

const objectTypes = new WeakMap<FieldSpecs, ObjectType>()

/** The Terraform type of an object with these attributes and blocks. */
export function objectTypeOf(fields: FieldSpecs): ObjectType {
  let type = objectTypes.get(fields)
  if (!type) {
    type = [
      'object',
      Object.fromEntries(
        Object.entries(fields).map(([name, field]): [string, Type] => {
          if ('attribute' in field) return [name, typeOf(field.attribute.shape)]
          const block = objectTypeOf(field.block.fields)
          return [name, field.block.nesting === 'single' ? block : [field.block.nesting, block]]
        }),
      ),
    ]
    objectTypes.set(fields, type)
  }
  return type
}

/** The Terraform type of a shape. */
export function typeOf(shape: Shape): Type {
  switch (shape.kind) {
    case 'list':
    case 'set':
    case 'map':
      return [shape.kind, typeOf(shape.element)]
    case 'tuple':
      return ['tuple', shape.elements.map(typeOf)]
    case 'struct':
      return [
        'object',
        Object.fromEntries(Object.entries(shape.members).map(([name, member]) => [name, typeOf(member)])),
      ]
    case 'object':
      return objectTypeOf(shape.fields)
    default:
      return shape.kind
  }
}

/** The shape of a value inside a dynamic one, where only its Terraform type is known. */
export function shapeOf(type: Type): Shape {
  if (type === 'number') return { kind: 'number', form: 'number' }
  if (typeof type === 'string') return { kind: type }
  switch (type[0]) {
    case 'tuple':
      return { kind: 'tuple', elements: type[1].map(shapeOf) }
    case 'object':
      return {
        kind: 'struct',
        members: Object.fromEntries(Object.entries(type[1]).map(([name, member]) => [name, shapeOf(member)])),
      }
    default:
      return { kind: type[0], element: shapeOf(type[1]) } as Shape
  }
}
