import type { Json, RecordSet } from '../../engine/types.ts'
import { canonicalName } from '../../wire/names.ts'
import { parseRdata, stringsOf } from '../../wire/rdata.ts'
import { withDot } from '../dotted.ts'
import { isObject, type JsonObject } from '../shape.ts'

/** The types Azure DNS has, besides SOA. */
export const azureTypes = ['CNAME', 'A', 'AAAA', 'CAA', 'DS', 'MX', 'NAPTR', 'NS', 'PTR', 'SRV', 'TLSA', 'TXT'] as const

/** A record set as Azure gives it (`properties` of the resource), with everything needed to put it back. */
export function fromAzure(name: string, type: string, properties: JsonObject): RecordSet {
  // Computed by the service; the rest is what was put.
  const { fqdn: _fqdn, provisioningState: _state, ...kept } = properties
  return {
    name,
    type,
    ttl: Number(properties.TTL ?? 0),
    values: valuesOf(type, properties),
    native: kept as { [key: string]: Json },
  }
}

/** The `properties` to put. */
export function toAzure(set: RecordSet): JsonObject {
  if (isObject(set.native)) return set.native
  if (set.type === 'TXT') {
    const values = set.values.map((value) => stringsOf(parseRdata('TXT', value)).map((part) => part.toString('utf8')))
    return { TTL: set.ttl, TXTRecords: values.map((value) => ({ value })) }
  }
  return { TTL: set.ttl, CNAMERecord: { cname: canonicalName(set.values[0] ?? '') } }
}

function valuesOf(type: string, properties: JsonObject): string[] {
  const list = (field: string) => {
    const found = properties[field]
    return Array.isArray(found) ? found.filter(isObject) : []
  }
  const resource = isObject(properties.targetResource) ? properties.targetResource.id : undefined
  if (typeof resource === 'string') return [`ALIAS ${resource}`]
  switch (type) {
    case 'CNAME':
      return isObject(properties.CNAMERecord) ? [withDot(String(properties.CNAMERecord.cname))] : []
    case 'A':
      return list('ARecords').map((record) => String(record.ipv4Address))
    case 'AAAA':
      return list('AAAARecords').map((record) => String(record.ipv6Address))
    case 'CAA':
      return list('caaRecords').map((record) => `${record.flags} ${record.tag} "${record.value}"`)
    case 'MX':
      return list('MXRecords').map((record) => `${record.preference} ${withDot(String(record.exchange))}`)
    case 'NS':
      return list('NSRecords').map((record) => withDot(String(record.nsdname)))
    case 'PTR':
      return list('PTRRecords').map((record) => withDot(String(record.ptrdname)))
    case 'SRV':
      return list('SRVRecords').map(
        (record) => `${record.priority} ${record.weight} ${record.port} ${withDot(String(record.target))}`,
      )
    case 'DS':
      return list('DSRecords').map(
        ({ keyTag, algorithm, digest }) =>
          `${keyTag} ${algorithm} ${isObject(digest) ? `${digest.algorithmType} ${digest.value}` : ''}`,
      )
    case 'NAPTR':
      return list('NAPTRRecords').map(
        ({ order, preference, flags, services, regexp, replacement }) =>
          `${order} ${preference} ${[flags, services, regexp].map((text) => quote(String(text ?? ''))).join(' ')} ${withDot(String(replacement ?? ''))}`,
      )
    case 'TLSA':
      return list('TLSARecords').map(
        ({ usage, selector, matchingType, certAssociationData }) =>
          `${usage} ${selector} ${matchingType} ${certAssociationData}`,
      )
    case 'TXT':
      return list('TXTRecords').map((record) => strings(record.value).map(quote).join(' '))
    default:
      return []
  }
}

const strings = (value: unknown) => (Array.isArray(value) ? value.map(String) : [String(value)])
const quote = (text: string) => `"${text.replace(/(["\\])/g, '\\$1')}"`
