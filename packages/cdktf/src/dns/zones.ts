import { parseDomainName } from '@dmarc-as-code/records'
import type { Construct } from 'constructs'
import { isKnown, listed, Problems } from '../problems.ts'
import type { HostedRecord } from './hosted-record.ts'

/** A zone of each suffix, and one for all other names. */
interface ZoneChoice<Zone> {
  /** By the zone's name: the longest that a record's name ends in is taken. */
  readonly zones?: Readonly<Record<string, Zone>> | undefined
  readonly defaultZone?: Zone | undefined
  /** The prop of the target that names the default, for errors. */
  readonly defaultProp: string
  /** The DNS name of a zone, where the zone says it. */
  readonly dnsNameOf?: (zone: Zone) => string | undefined
}

/** Zones to choose from. */
export class Zones<Zone> {
  readonly #choice: ZoneChoice<Zone>
  readonly #byLabels: ReadonlyMap<string, Zone>

  constructor(choice: ZoneChoice<Zone>) {
    this.#choice = choice
    this.#byLabels = new Map(Object.entries(choice.zones ?? {}).map(([name, zone]) => [zoneLabels(name), zone]))
  }

  /** The zone a record belongs to. Where there is none, synthesis fails at `scope` and the answer is undefined. */
  of(record: HostedRecord, scope: Construct): Zone | undefined {
    const { defaultZone, dnsNameOf } = this.#choice
    const zone = (isKnown(record.name) ? this.#longestSuffix(record.name) : undefined) ?? defaultZone
    const dnsName = zone === undefined ? undefined : dnsNameOf?.(zone)
    const misplaced = isKnown(dnsName) && isKnown(record.name) && !isWithin(record.name, zoneLabels(dnsName))
    if (zone !== undefined && !misplaced) return zone
    const problems = new Problems()
    problems.add('dns', misplaced ? wrongZone(record, dnsName) : noZone(record, this.#choice))
    problems.reportOn(scope)
    return undefined
  }

  /** Labels are compared, never text: `example.com` is no suffix of `badexample.com`. */
  #longestSuffix(name: string): Zone | undefined {
    const labels = name.split('.')
    const suffixes = labels.map((_, index) => labels.slice(index).join('.'))
    const longest = suffixes.find((suffix) => this.#byLabels.has(suffix))
    return longest === undefined ? undefined : this.#byLabels.get(longest)
  }
}

/** Zones that go by their names alone. */
export function zonesNamed(names: readonly string[]): Zones<string> {
  return new Zones({
    zones: Object.fromEntries(names.map((name) => [name, zoneLabels(name)])),
    defaultProp: 'zoneNames',
  })
}

/** Two spellings of one zone, of which one would be taken and the other ignored. */
export function checkZoneNames(names: readonly string[], prop: string, problems: Problems): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const before = seen.get(zoneLabels(name))
    seen.set(zoneLabels(name), name)
    if (before !== undefined) problems.add(prop, `found ${before} and ${name}, expected each zone once. Remove one.`)
  }
}

const isWithin = (name: string, zone: string) => name === zone || name.endsWith(`.${zone}`)

function wrongZone({ name }: HostedRecord, zone: string): string {
  const fix = 'Add the zone of the name to `zones`, or give this domain another target.'
  return `found the zone ${zone} for ${name}, expected a zone that contains the name. ${fix}`
}

function noZone<Zone>(record: HostedRecord, { zones = {}, defaultProp }: ZoneChoice<Zone>): string {
  const suffixes = Object.keys(zones)
  const has = suffixes.length === 0 ? 'no zone at all' : `only ${listed(suffixes)}`
  const fix = `Add the zone to \`zones\`, or set \`${defaultProp}\` for all other names.`
  if (isKnown(record.name)) return `found ${has}, expected a zone that contains ${record.name}. ${fix}`
  return `found ${has}, expected a zone for a domain whose address is known only while planning. Set \`${defaultProp}\`.`
}

/** A zone's name as records have theirs: A-labels in lower case, without the final dot. */
export function zoneLabels(name: string): string {
  const parsed = parseDomainName(name)
  // Zones such as _dmarc.example.com are no domains of mail addresses.
  return parsed.ok ? parsed.ascii : name.toLowerCase().replace(/\.$/, '')
}

/** A record's name within its zone; `name` itself where the zone's name is not one of its endings. */
export function nameInZone(name: string, zone: string): string {
  const suffix = `.${zone}`
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

/** For services whose records are named relative to their zone: fails synthesis where the name is known only later. */
export function needsKnownName(record: HostedRecord, scope: Construct): boolean {
  if (isKnown(record.name)) return true
  const problems = new Problems()
  problems.add('dns', 'found an address known only while planning, expected one known now. Write it as a string.')
  problems.reportOn(scope)
  return false
}
