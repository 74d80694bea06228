import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseDomainName } from '@dmarc-as-code/records'
import { isObject } from '../adapters/shape.ts'
import type { WantedRecord } from '../engine/types.ts'
import { canonicalName, encodeName } from '../wire/names.ts'
import { type Io, UsageError } from './io.ts'

/** A file's text; `-` is standard input. */
export async function readText(path: string, io: Io): Promise<string> {
  if (path === '-') return io.readInput()
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`${path} cannot be read (${cause.code}).`, { cause })
  })
}

export async function readJson(path: string, io: Io): Promise<unknown> {
  const text = await readText(path, io)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${path === '-' ? 'Standard input' : path} is not JSON.`, { cause })
  }
}

/** Domains as people write them, as A-labels. */
export function parseDomain(text: string, where = ''): string {
  const parsed = parseDomainName(text)
  if (parsed.ok) return parsed.ascii
  throw new UsageError(`${where}"${text}" is not a domain name: ${parsed.finding.message}`)
}

/** One domain a line; empty lines and what follows `#` are skipped, repetitions too. */
export async function readFleet(path: string, io: Io): Promise<string[]> {
  const lines = (await readText(path, io)).split(/\r?\n/)
  const domains = lines.flatMap((line, index) => {
    const text = line.replace(/#.*/, '').trim()
    return text === '' ? [] : [parseDomain(text, `${path}, line ${index + 1}: `)]
  })
  if (domains.length === 0) throw new UsageError(`${path} names no domain; expected one a line.`)
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
  const given = options.cnames.map((text) => {
    const [name, value, ...rest] = text.split('=')
    if (!name || !value || rest.length > 0) {
      throw new UsageError(`--cname "${text}" cannot be read; expected NAME=TARGET.`)
    }
    return toRecord({ name, value }, '--cname')
  })
  if (options.file === undefined) return given
  const found = collect(await readJson(options.file, io))
  const records = [...given, ...found.map((item) => toRecord(item, options.file ?? ''))]
  if (records.length === 0)
    throw new UsageError(`${options.file} holds no records; expected a list of { "name", "value" }.`)
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
    throw new UsageError(
      `${where} has an entry that is no CNAME: expected { "name", "value", "ttl"? }, found ${JSON.stringify(item)?.slice(0, 100)}.`,
    )
  }
  if (ttl !== undefined && ttl !== null && typeof ttl !== 'number') {
    throw new UsageError(`${where}: the TTL of ${name} must be a number of seconds.`)
  }
  try {
    encodeName(name)
    encodeName(value)
  } catch (cause) {
    throw new UsageError(`${where}: ${(cause as Error).message}.`, { cause })
  }
  return { name: canonicalName(name), type: 'CNAME', value, ...(typeof ttl === 'number' ? { ttl } : {}) }
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
