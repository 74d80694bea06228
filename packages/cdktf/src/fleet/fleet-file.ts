import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { DataPath } from '../data-path.ts'
import { loadYaml } from './load-yaml.ts'

export interface FleetFile {
  readonly data: unknown
  /** Where a place of the data stands in the file, such as `domains.yaml:12:5`. */
  locate(path: DataPath): string
}

/** Reads a file in YAML or JSON, which is YAML too. Throws where it is neither. */
export function readFleetFile(path: string): FleetFile {
  const { isNode, LineCounter, parseDocument } = loadYaml()
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  const [error] = document.errors
  if (error) throw new Error(`${path} cannot be read: ${error.message}`)
  const content: unknown = document.toJS() ?? {}
  if (typeof content !== 'object') {
    throw new Error(`${path} cannot be read: found ${JSON.stringify(content)}, expected a fleet, or a list of domains.`)
  }
  // A bare list is one of domains.
  const isList = Array.isArray(content)
  return {
    data: isList ? { domains: content } : content,
    locate: (whole) => {
      const place = isList ? whole.slice(1) : whole
      for (let length = place.length; length >= 0; length -= 1) {
        const node = length === 0 ? document.contents : document.getIn(place.slice(0, length), true)
        if (!isNode(node) || !node.range) continue
        const { line, col } = lines.linePos(node.range[0])
        return `${basename(path)}:${line}:${col}`
      }
      return basename(path)
    },
  }
}
