import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseDomainName } from '@dmarc-as-code/records'
import { isObject } from '../adapters/shape.ts'
import type { WantedRecord } from '../engine/types.ts'
import { pathText } from '../path-text.ts'
import { type Io, UsageError } from './io.ts'
import { parseRecordName, recordNameForm } from './names.ts'

/** The largest TTL a record may have (RFC 2181 section 8). */
export const maximumTtl = 0x7fffffff

// Messages about a file name the flag and the place in the file, and never quote what it holds: whoever swaps two flags
// gives a file with credentials where another one is expected.

/** The text of the file given with a flag; `-` is standard input. */
async function readText(path: string, flag: string, io: Io): Promise<string> {
  if (path === '-') return io.readInput()
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`The file given as ${flag} cannot be read (${cause.code})${pathText(path, ': ')}`, { cause })
  })
}

export async function readJson(path: string, flag: string, io: Io): Promise<unknown> {
  const text = await readText(path, flag, io)
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own words quote the text.
    throw new UsageError(`${sourceOf(path, flag)} is not JSON.`)
  }
}

const sourceOf = (path: string, flag: string) =>
  path === '-' ? `Standard input, given as ${flag}` : `The file given as ${flag}`

/** One domain a line; empty lines and what follows `#` are skipped, repetitions too. */
export async function readFleet(path: string, io: Io): Promise<string[]> {
  const source = sourceOf(path, '--fleet')
  const lines = (await readText(path, '--fleet', io)).split(/\r?\n/)
  const domains = lines.flatMap((line, index) => {
    const text = line.replace(/#.*/, '').trim()
    if (text === '') return []
    const parsed = parseDomainName(text)
    if (parsed.ok) return [parsed.ascii]
    throw new UsageError(`${source} has no domain name in line ${index + 1}; expected one domain a line.`)
  })
  if (domains.length === 0) throw new UsageError(`${source} names no domain; expected one a line.`)
  return [...new Set(domains)]
}

/**
 * Wanted CNAMEs: from `--cname NAME=TARGET`, and from a JSON file with a list of `{ name, value, ttl? }` or an object (or
 * a list of objects) whose `cname_records` is such a list, as the API's hosted services and domain lists have it.
 */
export async function readRecords(
  options: { cnames: readonly string[]; file: string | undefined },
  io: Io,
): Promise<WantedRecord[]> {
  const given = options.cnames.map((text, index) => {
    const where = options.cnames.length === 1 ? '--cname' : `--cname number ${index + 1}`
    const [name, value, ...rest] = text.split('=')
    if (!name || !value || rest.length > 0) throw new UsageError(`${where} cannot be read; expected NAME=TARGET.`)
    return toRecord({ name, value }, where)
  })
  if (options.file === undefined) return given
  const source = sourceOf(options.file, '--records')
  const found = collect(await readJson(options.file, '--records', io))
  const records = [...given, ...found.map((item, index) => toRecord(item, `${source}, entry ${index + 1},`))]
  if (records.length === 0) throw new UsageError(`${source} holds no records; expected a list of { "name", "value" }.`)
  return records
}

function collect(json: unknown): unknown[] {
  if (Array.isArray(json))
    return json.flatMap((item) => (isObject(item) && 'cname_records' in item ? collect(item) : [item]))
  if (isObject(json) && Array.isArray(json.cname_records)) return json.cname_records
  if (isObject(json) && Array.isArray(json.domains)) return collect(json.domains)
  if (isObject(json) && Array.isArray(json.records)) return json.records
  return [json]
}

function toRecord(item: unknown, where: string): WantedRecord {
  const { name, value, type = 'CNAME', ttl } = isObject(item) ? item : {}
  if (typeof name !== 'string' || typeof value !== 'string' || type !== 'CNAME') {
    throw new UsageError(`${where} is no CNAME; expected { "name", "value", "ttl"? }, with texts for name and value.`)
  }
  if (ttl !== undefined && ttl !== null && !(Number.isInteger(ttl) && Number(ttl) >= 0 && Number(ttl) <= maximumTtl)) {
    throw new UsageError(`${where} has a TTL that is not a whole number of seconds from 0 to ${maximumTtl}.`)
  }
  const parsed = { name: parseRecordName(name), value: parseRecordName(value) }
  const lacks = parsed.name === undefined ? 'name' : parsed.value === undefined ? 'target' : undefined
  if (lacks) throw new UsageError(`${where} has no usable ${lacks}; expected ${recordNameForm}.`)
  const record = { name: parsed.name as string, type: 'CNAME' as const, value: parsed.value as string }
  return typeof ttl === 'number' ? { ...record, ttl } : record
}

/** Where journals are kept: `--journal`, or the place for an application's state on this system. */
export function journalFolder(option: string | undefined, env: Io['env']): string {
  if (option) return option
  const base =
    process.platform === 'win32'
      ? (env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : (env.XDG_STATE_HOME ?? join(env.HOME ?? homedir(), '.local', 'state'))
  return join(base, 'dmarc-as-code', 'dns-journal')
}
