import type { Path } from './path.ts'
import type { FieldSpecs } from './spec.ts'

/**
 * As much of a path as Terraform can show. It finds blocks, an attribute in them, and one element of that. Of anything
 * deeper it takes the last name for an attribute of the block, and would point at a line that has nothing to do with it.
 */
export function shownPath(fields: FieldSpecs, path: Path): Path {
  let inside: FieldSpecs | undefined = fields
  for (let at = 0; at < path.length && inside; at++) {
    const name = String(path[at])
    const field: FieldSpecs[string] | undefined = Object.hasOwn(inside, name) ? inside[name] : undefined
    if (!field) return path.slice(0, at)
    if ('attribute' in field) {
      const { kind } = field.attribute.shape
      const hasElements = kind === 'list' || kind === 'tuple' || kind === 'map'
      return path.slice(0, at + (hasElements ? 2 : 1))
    }
    inside = field.block.fields
    if (field.block.nesting !== 'single') at++
  }
  return path
}
