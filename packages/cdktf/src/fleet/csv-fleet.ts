import { basename } from 'node:path'
import type { Shape } from '../shape.ts'
import type { DataFile } from './data-file.ts'
import { fleetShape } from './read-fleet.ts'

interface Cell {
  readonly text: string
  readonly line: number
  readonly column: number
}

/**
 * A fleet from a table: the first row names a setting for each column, such as `address`, `groups` or `hostedDmarc.policy`, each
 * further row is a domain. An empty cell says nothing; the items of a list are separated by semicolons.
 */
export function readCsvFleet(path: string, text: string): DataFile {
  const [header, ...rows] = cellsOf(text).filter((row) => row.some((cell) => cell.text !== ''))
  if (header === undefined) throw new Error(`${path} cannot be read: found no row, expected one with column names.`)
  const columns = header.map(({ text }) => text.trim().split('.'))
  const domains = rows.map((row) => {
    const domain = {}
    for (const [index, cell] of row.entries()) {
      const column = columns[index]
      if (column === undefined && cell.text.trim() !== '') {
        throw new Error(`${path}:${cell.line} cannot be read: found more cells than the ${header.length} columns.`)
      }
      if (column !== undefined && cell.text.trim() !== '')
        put(domain, column, cellValue(cell.text.trim(), shapeOf(column)))
    }
    return domain
  })
  return {
    data: { domains },
    locate: ([, index, ...place]) => {
      const row = typeof index === 'number' ? rows[index] : undefined
      const found = columns.findIndex((column) => column.every((step, depth) => place[depth] === step))
      const cell = (found === -1 ? undefined : row?.[found]) ?? row?.[0] ?? header[0]
      return `${basename(path)}:${cell?.line ?? 1}:${cell?.column ?? 1}`
    },
  }
}

function put(target: Record<string, unknown>, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    Object.defineProperty(target, step, { value, enumerable: true, configurable: true, writable: true })
    return
  }
  const own = Object.hasOwn(target, step) ? target[step] : undefined
  const nested = (typeof own === 'object' ? own : undefined) ?? {}
  put(target, [step], nested)
  put(nested as Record<string, unknown>, rest, value)
}

/** What the text of a cell stands for; text that does not fit is kept, and refused with the rest of the data. */
function cellValue(text: string, shape: Shape | undefined): unknown {
  if (typeof shape === 'object' && 'list' in shape) return text.split(';').map((item) => item.trim())
  if (shape === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  if (shape === 'number' && /^\d+$/.test(text)) return Number(text)
  return text
}

function shapeOf(column: readonly string[]): Shape | undefined {
  const { domains } = fleetShape.fields
  const list = typeof domains === 'object' && 'list' in domains ? domains.list : undefined
  const domain = typeof list === 'object' && 'oneOf' in list ? list.oneOf.at(-1) : undefined
  return column.reduce<Shape | undefined>((shape, step) => {
    const fields = typeof shape === 'object' && 'fields' in shape ? shape.fields : {}
    return Object.hasOwn(fields, step) ? fields[step] : undefined
  }, domain)
}

/** RFC 4180: cells may be quoted, quotes in them are doubled, and quoted cells may span lines. */
function cellsOf(text: string): Cell[][] {
  const rows: Cell[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/y
  const source = text.replace(/^\uFEFF/, '')
  let [line, lineStart] = [1, 0]
  while (cell.lastIndex < source.length) {
    const start = cell.lastIndex
    const found = cell.exec(source)
    if (found === null)
      throw new Error(`Line ${line} is no CSV: found a quote in a cell. Quote the whole cell, and double the quote.`)
    const [whole, content = '', end] = found
    const plain = content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content
    rows.at(-1)?.push({ text: plain, line, column: start - lineStart + 1 })
    const breaks = whole.split('\n').length - 1
    if (breaks > 0) [line, lineStart] = [line + breaks, start + whole.lastIndexOf('\n') + 1]
    if (end !== ',') rows.push([])
  }
  return rows
}
