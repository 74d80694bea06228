import { basename } from 'node:path'
import { faultsOf, type Shape } from '../shape.ts'
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
  const [header, ...rows] = cellsOf(path, text).filter((row) => row.some((cell) => cell.text !== ''))
  if (header === undefined) throw new Error(`${path} cannot be read: found no row, expected one with column names.`)
  const columns = header.map(({ text }) => text.trim().split('.'))
  const faults = headerFaults(columns).map(([index, fault]) => {
    return `${basename(path)}:${header[index]?.line}:${header[index]?.column} ${fault}`
  })
  if (faults.length > 0) throw new Error(`${path} cannot be read:\n${faults.join('\n')}`)
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

/** What is wrong with the first row, once and not for each domain. A column without a name may stand for notes; its cells are empty. */
function headerFaults(columns: readonly (readonly string[])[]): [index: number, fault: string][] {
  const names = columns.map((column) => column.join('.'))
  return names.flatMap((name, index): [number, string][] => {
    if (name === '') return []
    const clash = names.findIndex((other, at) => at < index && overlap(other, name))
    if (clash !== -1) return [[index, `found ${name} beside ${names[clash]}, expected each setting once. Remove one.`]]
    const column = columns[index] ?? []
    if (shapeOf(column) !== undefined) return []
    const wanted = {}
    put(wanted, column, '')
    const faults = faultsOf(wanted, domainShape() ?? 'text').filter(({ missing }) => !missing)
    return faults.slice(0, 1).map(({ message }) => [index, `${name}: ${message}`])
  })
}

const overlap = (one: string, other: string) =>
  one !== '' && (one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`))

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

/** The settings of a domain. */
function domainShape(): Shape | undefined {
  const { domains } = fleetShape.fields
  const list = typeof domains === 'object' && 'list' in domains ? domains.list : undefined
  return typeof list === 'object' && 'oneOf' in list ? list.oneOf.at(-1) : undefined
}

function shapeOf(column: readonly string[]): Shape | undefined {
  const domain = domainShape()
  return column.reduce<Shape | undefined>((shape, step) => {
    const fields = typeof shape === 'object' && 'fields' in shape ? shape.fields : {}
    return Object.hasOwn(fields, step) ? fields[step] : undefined
  }, domain)
}

/** RFC 4180: cells may be quoted, quotes in them are doubled, and quoted cells may span lines. */
function cellsOf(path: string, text: string): Cell[][] {
  const rows: Cell[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/y
  const source = text.replace(/^\uFEFF/, '')
  let [line, lineStart] = [1, 0]
  while (cell.lastIndex < source.length) {
    const start = cell.lastIndex
    const found = cell.exec(source)
    if (found === null)
      throw new Error(
        `${path}:${line} cannot be read: found a quote in a cell. Quote the whole cell, and double the quote.`,
      )
    const [whole, content = '', end] = found
    const plain = content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content
    rows.at(-1)?.push({ text: plain, line, column: start - lineStart + 1 })
    const breaks = whole.split('\n').length - 1
    if (breaks > 0) [line, lineStart] = [line + breaks, start + whole.lastIndexOf('\n') + 1]
    if (end !== ',') rows.push([])
  }
  return rows
}
