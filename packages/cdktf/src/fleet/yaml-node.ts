import type { Document } from 'yaml'
import type { DataPath } from '../data-path.ts'
import { loadYaml } from './load-yaml.ts'

/** The node at a place, through aliases and merge keys (`<<`): what an anchor says stands where the anchor is. */
export function nodeAt(document: Document, path: DataPath): unknown {
  return path.reduce<unknown>((node, step) => child(document, resolved(document, node), step), document.contents)
}

function child(document: Document, node: unknown, step: string | number): unknown {
  const { isMap, isScalar, isSeq } = loadYaml()
  if (isSeq(node)) return node.get(step, true)
  if (!isMap(node)) return undefined
  const own = node.get(step, true)
  if (own !== undefined) return own
  // The parser gives merge keys a value of their own, so that they are not found by name.
  const merge = node.items.find(({ key }) => isScalar(key) && key.source === '<<')
  const merged = resolved(document, merge?.value)
  // Of several, the first that says it counts, as for the data.
  const all = isSeq(merged) ? merged.items : [merged]
  for (const one of all) {
    const source = resolved(document, one)
    const found = isMap(source) ? child(document, source, step) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function resolved(document: Document, node: unknown): unknown {
  return loadYaml().isAlias(node) ? node.resolve(document) : node
}
