import { mapLimited } from '@dmarc-as-code/primitives'
import { relativeName } from '../../engine/names.ts'
import type { DnsAdapter, HostedZone } from '../../engine/types.ts'
import { type OvhConfig, ovh } from '../../services/ovh.ts'
import { canonicalName } from '../../wire/names.ts'
import { absoluteValue, quoteTxt, withDot } from '../dotted.ts'
import { createHttp } from '../http.ts'
import { recordService, type ServiceRecord } from '../record-service.ts'
import { isObject, type JsonObject, shapesOf } from '../shape.ts'
import { zoneWalk } from '../zone-walk.ts'
import { apiOf, type OvhContext, ovhAuthorisation } from './auth.ts'

const shape = shapesOf('ovh')
/** Of records that name no TTL, in seconds. */
const defaultTtl = 3600
/** Entries that the panel makes with forms of their own. In the DNS they are TXT. */
const textTypes = new Set(['SPF', 'DKIM', 'DMARC'])

/**
 * OVHcloud's API v1. Changes are kept back until the zone is refreshed, so that the DNS sees those of several names as one
 * step; what somebody else left unpublished in the zone is published with them.
 */
export function ovhAdapter(config: OvhConfig, context: OvhContext = {}): DnsAdapter {
  const http = createHttp({
    service: 'ovh',
    label: 'OVHcloud',
    baseUrl: apiOf(config),
    fetch: context.fetch,
    sleep: context.sleep,
    clock: context.clock,
    timeout: config.timeout,
    authorise: ovhAuthorisation(config, context),
    describeError(body) {
      if (!isObject(body) || typeof body.message !== 'string') return undefined
      return typeof body.errorCode === 'string' ? `${body.message} (${body.errorCode})` : body.message
    },
    // A signature of another time and unknown keys come with 400 and 403.
    classify(_, body) {
      const code = isObject(body) ? String(body.errorCode ?? '') : ''
      return /^(INVALID_(CREDENTIAL|KEY|SIGNATURE)|NOT_CREDENTIAL|QUERY_TIME_OUT)$/.test(code)
        ? 'unauthorised'
        : undefined
    },
  })
  return {
    service: 'ovh',
    label: 'OVHcloud',
    abilities: ovh.abilities,
    identity: `the API at ${apiOf(config)}`,
    findZone: zoneWalk(async (candidate, signal) => {
      const { status, body } = await http(`/domain/zone/${encodeURIComponent(candidate)}`, { accept: [404], signal })
      if (status === 404) return undefined
      const servers = shape.texts(shape.object(body, 'a JSON object').nameServers)
      const nameServers = servers.map(canonicalName)
      return { id: candidate, name: candidate, ...(nameServers.length > 0 ? { nameServers } : {}) }
    }),
    ...recordService({
      service: 'ovh',
      async list(zone, names, signal) {
        const ids = await mapLimited(names, 4, async (name) => {
          const query = { subDomain: relativeName(name, zone.name).replace(/^@$/, '') }
          const { body } = await http(recordPath(zone), { query, signal })
          return Array.isArray(body) ? body.filter((id) => typeof id === 'number') : []
        })
        return mapLimited([...new Set(ids.flat())], 4, async (id) => {
          const { body } = await http(`${recordPath(zone)}/${id}`, { signal })
          return toRecord(shape.object(body, 'a record'), zone)
        })
      },
      bodyOf: (zone, { name, type, ttl, value }) => ({
        fieldType: type,
        subDomain: relativeName(name, zone.name).replace(/^@$/, ''),
        target: type === 'TXT' ? value : withDot(value),
        ttl,
      }),
      async create(zone, body, signal) {
        await http(recordPath(zone), { method: 'POST', body, signal })
      },
      async update(zone, id, { fieldType: _, ...body }, signal) {
        await http(`${recordPath(zone)}/${id}`, { method: 'PUT', body, signal })
      },
      async remove(zone, { id }, signal) {
        await http(`${recordPath(zone)}/${id}`, { method: 'DELETE', signal })
      },
      async publish(zone, signal) {
        await http(`/domain/zone/${encodeURIComponent(zone.name)}/refresh`, { method: 'POST', signal })
      },
    }),
  }
}

const recordPath = (zone: HostedZone) => `/domain/zone/${encodeURIComponent(zone.name)}/record`

function toRecord(record: JsonObject, zone: HostedZone): ServiceRecord {
  const subDomain = typeof record.subDomain === 'string' ? record.subDomain : ''
  const fieldType = shape.text(record, 'fieldType')
  const type = textTypes.has(fieldType) ? 'TXT' : fieldType
  const target = shape.text(record, 'target')
  const ttl = typeof record.ttl === 'number' ? record.ttl : 0
  const value = type === 'TXT' ? quoteTxt(target) : absoluteValue(type, target, zone.name)
  return {
    id: shape.number(record, 'id'),
    name: canonicalName(subDomain === '' ? zone.name : `${subDomain}.${zone.name}`),
    type,
    ttl: ttl === 0 ? defaultTtl : ttl,
    value,
    // The API does not make entries of the panel's forms; they come back as the TXT they are in the DNS.
    native: { fieldType: type, subDomain, target: type === 'TXT' ? value : target, ttl },
    special: type !== fieldType,
  }
}
