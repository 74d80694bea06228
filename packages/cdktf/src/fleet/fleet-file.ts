import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { readCsvFleet } from './csv-fleet.ts'
import type { DataFile } from './data-file.ts'
import { loadYaml } from './load-yaml.ts'
import { nodeAt } from './yaml-node.ts'

/**
 * Reads a file in YAML or JSON, which is YAML too, or in CSV where the name ends in `.csv`. Throws where it is none of
 * them.
 */
export function readFleetFile(path: string): DataFile {
  const text = readFileSync(path, 'utf8')
  if (extname(path).toLowerCase() === '.csv') return readCsvFleet(path, text)
  const { isNode, LineCounter, parseDocument } = loadYaml()
  const lines = new LineCounter()
  const unreadable = (error: unknown) =>
    new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error })
  let document: ReturnType<typeof parseDocument>
  let content: unknown
  try {
    document = parseDocument(text, { lineCounter: lines, merge: true })
    // Also fails, for aliases that multiply without end.
    content = document.toJS() ?? {}
  } catch (error) {
    throw unreadable(error)
  }
  const [error] = document.errors
  if (error) throw unreadable(error)
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
        const node = nodeAt(document, place.slice(0, length))
        if (!isNode(node) || !node.range) continue
        const { line, col } = lines.linePos(node.range[0])
        return `${basename(path)}:${line}:${col}`
      }
      return basename(path)
    },
  }
}
