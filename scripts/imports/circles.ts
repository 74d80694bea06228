import { posix } from 'node:path'
import { isProduct, type SourceFile } from './source-files.ts'

/** File to the files it imports by relative path; all of them are keys. */
export type Graph = Map<string, readonly string[]>

/** The graph of relative imports among `files`; imports of anything else are left out. */
export function importGraph(files: SourceFile[]): Graph {
  const paths = new Set(files.map((file) => file.path))
  return new Map(
    files.map((file) => {
      const targets = file.imports
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => posix.join(posix.dirname(file.path), specifier))
      return [file.path, targets.filter((target) => paths.has(target))]
    }),
  )
}

/**
 * One shortest circle through each file that lies on one, without repeating a circle: `[a, b]` means a imports b and b
 * imports a. Empty when the graph has no circle.
 */
export function importCircles(graph: Graph): string[][] {
  const circles = new Map<string, string[]>()
  for (const file of graph.keys()) {
    const circle = shortestCircle(graph, file)
    if (circle) circles.set([...circle].sort().join(' '), circle)
  }
  return [...circles.values()].sort((one, other) => one.length - other.length)
}

function shortestCircle(graph: Graph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  let reached = [start]
  while (reached.length > 0) {
    const next: string[] = []
    for (const file of reached) {
      for (const target of graph.get(file) ?? []) {
        if (target === start) return pathTo(file, cameFrom)
        if (cameFrom.has(target)) continue
        cameFrom.set(target, file)
        next.push(target)
      }
    }
    reached = next
  }
  return undefined
}

function pathTo(file: string, cameFrom: Map<string, string>): string[] {
  const before = cameFrom.get(file)
  return before === undefined ? [file] : [...pathTo(before, cameFrom), file]
}

/** Two folders beside each other, each with product files that import from the other; one example for each direction. */
export interface FolderPair {
  folders: [string, string]
  examples: [string, string]
}

/** The pairs of sibling folders whose product files import each other. */
export function folderPairs(graph: Graph): FolderPair[] {
  const examples = new Map<string, string>()
  for (const [from, targets] of graph) {
    if (!isProduct(from)) continue
    for (const to of targets) {
      const siblings = siblingFolders(from, to)
      if (siblings && !examples.has(siblings.join(' '))) examples.set(siblings.join(' '), `${from} imports ${to}`)
    }
  }
  return [...examples].flatMap(([pair, there]) => {
    const [one = '', other = ''] = pair.split(' ')
    const back = examples.get(`${other} ${one}`)
    return back && one < other ? [{ folders: [one, other], examples: [there, back] } satisfies FolderPair] : []
  })
}

/** The two folders in which the paths part, or undefined where one of them is a file there. */
function siblingFolders(from: string, to: string): [string, string] | undefined {
  const one = from.split('/')
  const other = to.split('/')
  const parting = one.findIndex((part, index) => part !== other[index])
  if (parting < 0 || parting >= one.length - 1 || parting >= other.length - 1) return undefined
  return [one.slice(0, parting + 1).join('/'), other.slice(0, parting + 1).join('/')]
}
