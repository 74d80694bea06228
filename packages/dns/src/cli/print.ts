import { mapLimited } from '@dmarc-as-code/primitives'
import type { WantedRecord } from '../engine/types.ts'
import { ZoneLookupError } from '../observe/find-zone.ts'
import { unregisteredDomain } from '../observe/registry-zone.ts'
import { isWithin } from '../wire/names.ts'
import type { Arguments } from './arguments.ts'
import { openResolver, readDomains } from './context.ts'
import { readRecords } from './inputs.ts'
import { type ExitCode, exitCodes, type Io, UsageError } from './io.ts'
import { parseDomain } from './names.ts'
import { recordFormats } from './record-formats.ts'

/** `print`: writes the CNAMEs in the form in which people keep their DNS. Changes nothing. */
export async function print(args: Arguments, io: Io): Promise<ExitCode> {
  const wanted = await readRecords({ cnames: args.cnames, file: args.records }, io)
  const domains = await readDomains(args, io)
  const records = wanted.filter(({ name }) => domains.length === 0 || domains.some((domain) => isWithin(name, domain)))
  if (records.length === 0)
    throw new UsageError('There are no CNAMEs to print; give --records FILE or --cname NAME=TARGET.')
  const zones = await zonesOf(records, args, io)
  const printed = records.map(({ name, value, ttl = args.ttl ?? 300 }, index) => ({
    zone: zones[index] ?? '',
    name,
    target: value,
    ttl,
  }))
  io.out(args.json ? `${JSON.stringify(printed, null, 2)}\n` : recordFormats[args.format](printed))
  return exitCodes.ok
}

/** The zone of each record: the longest one given with --zone, else as the DNS has it. */
async function zonesOf(records: readonly WantedRecord[], args: Arguments, io: Io): Promise<string[]> {
  const given = args.zones.map((zone) => parseDomain(zone, '--zone')).sort((left, right) => right.length - left.length)
  const { resolver, close } = openResolver(args, io)
  const run = resolver.begin({ signal: io.signal })
  try {
    return await mapLimited(records, 16, async ({ name }) => {
      const known = given.find((zone) => isWithin(name, zone))
      if (known !== undefined) return known
      try {
        const zone = await run.findZone(name)
        const unregistered = unregisteredDomain(name, zone.name, zone.nsNames)
        if (unregistered === undefined) return zone.name
        throw new UsageError(
          `${unregistered} is not registered, or its registration has expired, so no zone holds ${name}; name the zone to come with --zone ZONE.`,
        )
      } catch (error) {
        if (!(error instanceof ZoneLookupError)) throw error
        throw new UsageError(`The zone of ${name} could not be looked up; name it with --zone ZONE.`, { cause: error })
      }
    })
  } finally {
    close()
  }
}
