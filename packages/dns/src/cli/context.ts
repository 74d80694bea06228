import { wordList } from '@dmarc-as-code/primitives'
import { createAdapter } from '../adapters/create.ts'
import { isObject } from '../adapters/shape.ts'
import type { DnsAdapter } from '../engine/types.ts'
import { DnsInputError } from '../errors.ts'
import { parseStubZones } from '../observe/parse-stub-zones.ts'
import { createResolver, type Resolver } from '../observe/resolver.ts'
import type { StubZone } from '../observe/types.ts'
import { dnsServices, findDnsService } from '../services/catalogue.ts'
import { createBulkDnsClient } from '../transport/bulk-client.ts'
import { createDnsClient } from '../transport/client.ts'
import type { Arguments } from './arguments.ts'
import { readFleet, readJson } from './inputs.ts'
import { type Io, UsageError } from './io.ts'
import { parseDomain } from './names.ts'
import { parseResolvers } from './resolvers.ts'

/**
 * The resolver of a command: that of the system, or those given. With stub zones nobody else is asked unless resolvers are
 * given, so nothing leaves a sandbox by accident.
 */
export function openResolver(args: Arguments, io: Io, bulk = false): { resolver: Resolver; close(): void } {
  const stubZones = readStubZones(args.stubZones)
  const given = parseResolvers(args.resolvers)
  const recursors = given.length > 0 || stubZones.length > 0 ? { recursors: given } : {}
  const bulkClient = bulk && !io.client ? createBulkDnsClient(io.fetch ? { fetch: io.fetch } : {}) : undefined
  const client = io.client ?? bulkClient ?? createDnsClient(io.fetch ? { fetch: io.fetch } : {})
  const resolver = createResolver({ client, stubZones, ...recursors })
  return { resolver, close: () => bulkClient?.close() }
}

function readStubZones(texts: readonly string[]): StubZone[] {
  try {
    return parseStubZones(texts)
  } catch (error) {
    if (!(error instanceof DnsInputError)) throw error
    throw new UsageError(`--stub-zone: ${error.message}`, { cause: error })
  }
}

export async function openAdapter(args: Arguments, io: Io, resolver: Resolver): Promise<DnsAdapter> {
  const setting = args.dns ?? io.env.DMARC_DNS ?? 'manual'
  const flag = args.dns === undefined ? 'DMARC_DNS' : '--dns'
  const isFile = setting === '-' || /[./\\]/.test(setting)
  if (!isFile && setting !== 'manual' && findDnsService(setting) === undefined) {
    const known = wordList([...dnsServices.map(({ id }) => id), 'manual'], { conjunction: 'or' })
    throw new UsageError(`${flag} names no known DNS service; expected a file with settings, or ${known}.`)
  }
  const config = isFile ? await readJson(setting, flag, io) : { type: setting }
  if (!isObject(config)) throw new UsageError(`The file given as ${flag} must hold a JSON object with "type".`)
  return createAdapter(config, {
    env: io.env,
    resolver,
    ...(io.fetch ? { fetch: io.fetch } : {}),
    ...(io.clock ? { clock: io.clock } : {}),
  })
}

/** The domains of a command: those named, then those of the file, each once. */
export async function readDomains(args: Arguments, io: Io): Promise<string[]> {
  const named = args.names.map((name, index) =>
    parseDomain(name, args.names.length === 1 ? 'The argument' : `Argument ${index + 1}`),
  )
  const listed = args.fleet === undefined ? [] : await readFleet(args.fleet, io)
  return [...new Set([...named, ...listed])]
}
