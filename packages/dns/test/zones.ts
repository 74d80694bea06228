import type { Answer } from 'dns-packet'
import { isWithin } from '../src/wire/names.ts'
import { rcode, type Script, type ScriptedAnswer } from './scripted-dns.ts'

/** Zones by name; each a list of `owner TYPE value`, the owner relative to the zone, `@` for the zone itself. */
export type Zones = Record<string, string[]>

const negativeTtl = 300
const ttl = 600

/** Serves zones as an authoritative server does: aliases, wildcards, referrals, negative answers with their SOA. */
export function authoritative(zones: Zones): Script {
  const served = parseZones(zones)
  return ({ name, type }) => {
    const zone = zoneOf(served, name)
    if (!zone) return { rcode: rcode.REFUSED, aa: false }
    const cut = cutBetween(zone, name)
    if (cut) {
      const ns = zone.records.filter((record) => record.name === cut && record.type === 'NS')
      const hosts = new Set(ns.map((record) => String((record as { data: string }).data)))
      const glue = zone.records.filter(
        (record) => hosts.has(record.name) && (record.type === 'A' || record.type === 'AAAA'),
      )
      return { aa: false, authorities: ns, additionals: glue }
    }
    return answerFrom(served, name, type)
  }
}

/** Answers as a recursive resolver does that knows all of these zones and nothing else. */
export function recursive(zones: Zones): Script {
  const served = parseZones(zones)
  return ({ name, type }) => {
    const answer = answerFrom(served, name, type)
    return answer === undefined ? { rcode: rcode.NXDOMAIN, aa: false } : { ...answer, aa: false }
  }
}

interface ServedZone {
  name: string
  records: Answer[]
}

function parseZones(zones: Zones): ServedZone[] {
  return Object.entries(zones)
    .map(([name, lines]) => ({ name, records: [soaOf(name), ...lines.map((line) => parseLine(line, name))] }))
    .sort((a, b) => b.name.length - a.name.length)
}

function soaOf(zone: string): Answer {
  const data = { mname: `ns1.${zone}`, rname: `host.${zone}`, serial: 1, refresh: 60, retry: 60, expire: 60 }
  return { name: zone, type: 'SOA', ttl: negativeTtl, data: { ...data, minimum: negativeTtl } }
}

/** `_dmarc CNAME k.hosted.test` */
function parseLine(line: string, zone: string): Answer {
  const [owner = '', type = '', ...rest] = line.split(' ')
  const value = rest.join(' ')
  const name = owner === '@' ? zone : zone === '' ? owner : `${owner}.${zone}`
  if (type === 'TXT') return { name, type, ttl, data: [value] }
  if (type === 'CAA') {
    const [tag = '', ...words] = rest
    return { name, type, ttl, data: { flags: 0, tag: tag as 'issue', value: words.join(' '), issuerCritical: false } }
  }
  return { name, type: type as 'CNAME', ttl, data: value }
}

function zoneOf(zones: ServedZone[], name: string): ServedZone | undefined {
  return zones.find((zone) => isWithin(name, zone.name))
}

function cutBetween(zone: ServedZone, name: string): string | undefined {
  return zone.records.find((r) => r.type === 'NS' && r.name !== zone.name && isWithin(name, r.name))?.name
}

function answerFrom(zones: ServedZone[], asked: string, type: string): ScriptedAnswer {
  const answers: Answer[] = []
  let name = asked
  for (let hop = 0; hop < 12; hop++) {
    const zone = zoneOf(zones, name)
    if (!zone) return hop === 0 ? { rcode: rcode.NXDOMAIN } : { answers }
    const own = recordsAt(zone, name)
    const matching = own.filter((record) => record.type === type)
    const alias = own.find((record) => record.type === 'CNAME')
    if (matching.length > 0) return { answers: [...answers, ...matching] }
    if (!alias) {
      const exists = own.length > 0 || zone.records.some((record) => isWithin(record.name, name))
      const authorities = [zone.records[0] as Answer]
      return { answers, authorities, rcode: exists ? rcode.NOERROR : rcode.NXDOMAIN }
    }
    answers.push(alias)
    name = String((alias as { data: string }).data)
  }
  return { answers }
}

function recordsAt(zone: ServedZone, name: string): Answer[] {
  const own = zone.records.filter((record) => record.name === name)
  if (own.length > 0 || zone.records.some((record) => isWithin(record.name, name))) return own
  for (let at = name; at.includes('.') && at !== zone.name; ) {
    at = at.slice(at.indexOf('.') + 1)
    const wild = zone.records.filter((record) => record.name === `*.${at}`)
    if (wild.length > 0) return wild.map((record) => ({ ...record, name }) as Answer)
    if (zone.records.some((record) => isWithin(record.name, at))) return []
  }
  return []
}
