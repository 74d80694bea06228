import type { Construct } from 'constructs'
import { isKnown, listed, Problems } from '../problems.ts'
import type { HostedRecord } from './target.ts'

/** A zone of each suffix, and one for all other names. */
export interface ZoneChoice<Zone> {
  /** By the zone's name: the longest that a record's name ends in is taken. */
  readonly zones?: Readonly<Record<string, Zone>> | undefined
  readonly defaultZone?: Zone | undefined
  /** The prop of the target that names the default, for errors. */
  readonly defaultProp: string
}

export interface Chosen<Zone> {
  /** The suffix the zone was chosen by; undefined for the default. */
  readonly suffix?: string
  readonly zone: Zone
}

/** The zone a record belongs to. Where there is none, synthesis fails at `scope` and the answer is undefined. */
export function chooseZone<Zone>(
  choice: ZoneChoice<Zone>,
  record: HostedRecord,
  scope: Construct,
): Chosen<Zone> | undefined {
  const { zones = {}, defaultZone, defaultProp } = choice
  if (isKnown(record.name)) {
    const suffix = longestSuffix(record.name, Object.keys(zones))
    const zone = suffix === undefined ? undefined : zones[suffix]
    if (suffix !== undefined && zone !== undefined) return { suffix: plain(suffix), zone }
  }
  if (defaultZone !== undefined) return { zone: defaultZone }
  const problems = new Problems()
  problems.add('dns', noZone(record, Object.keys(zones), defaultProp))
  problems.reportOn(scope)
  return undefined
}

function noZone(record: HostedRecord, suffixes: readonly string[], defaultProp: string): string {
  const has = suffixes.length === 0 ? 'no zone at all' : `only ${listed(suffixes)}`
  const fix = `Add the zone to \`zones\`, or set \`${defaultProp}\` for all other names.`
  if (isKnown(record.name)) return `found ${has}, expected a zone that ${record.name} is in. ${fix}`
  return `found ${has}, expected a zone for a domain whose address is known only while planning. Set \`${defaultProp}\`.`
}

/** Labels are compared, never text: `example.com` is no suffix of `badexample.com`. */
function longestSuffix(name: string, suffixes: readonly string[]): string | undefined {
  const fitting = suffixes.filter((suffix) => name === plain(suffix) || name.endsWith(`.${plain(suffix)}`))
  return fitting.sort((a, b) => b.length - a.length)[0]
}

const plain = (suffix: string) => suffix.toLowerCase().replace(/\.$/, '')

/** A record's name within its zone; `name` itself where the zone's name is not one of its endings. */
export function nameInZone(name: string, zone: string): string {
  const suffix = `.${plain(zone)}`
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

/** For services whose records are named relative to their zone: fails synthesis where the name is known only later. */
export function needsKnownName(record: HostedRecord, scope: Construct): boolean {
  if (isKnown(record.name)) return true
  const problems = new Problems()
  problems.add('dns', 'found an address known only while planning, expected one known now. Write it as text.')
  problems.reportOn(scope)
  return false
}
