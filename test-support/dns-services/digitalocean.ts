import { linesOf, type ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// DigitalOcean's API v2, domain records, as its reference describes it: relative names, `@`, targets given back without
// their final dot, links to the next page.

interface DoRecord {
  id: number
  type: string
  name: string
  data: string
  priority: number | null
  port: number | null
  ttl: number
  weight: number | null
  flags: number | null
  tag: string | null
}

export interface DigitalOceanStandIn extends StandIn {
  token: string
  dump(zone: string): string[]
}

export async function startDigitalOcean(
  zones: { name: string; sets: ZoneRecords[] }[],
  { ignoresFilters = false, pageLimit = 200 } = {},
): Promise<DigitalOceanStandIn> {
  const token = 'dop_v1_example'
  let nextId = 1
  const state = new Map(zones.map((zone) => [zone.name, zone.sets.flatMap((set) => fromSet(set, zone.name))]))
  function fromSet(set: ZoneRecords, zone: string): DoRecord[] {
    return set.values.map((value) => {
      const [priority, exchange] = set.type === 'MX' ? value.split(' ') : []
      const [flags, tag, caa = ''] = set.type === 'CAA' ? value.split(' ') : []
      return {
        ...blank,
        id: nextId++,
        type: set.type,
        name: set.name === zone ? '@' : set.name.slice(0, -zone.length - 1),
        data: (exchange ?? (tag ? unquote(caa) : set.type === 'TXT' ? unquote(value) : value)).replace(/\.$/, ''),
        priority: priority ? Number(priority) : null,
        flags: flags ? Number(flags) : null,
        tag: tag ?? null,
        ttl: set.ttl,
      }
    })
  }

  const handle = (request: StandInRequest): StandInAnswer => {
    if (request.headers.authorization !== `Bearer ${token}`)
      return refuse(401, 'unauthorized', 'Unable to authenticate you')
    const [, , , zone = '', kind, id] = request.url.pathname.split('/')
    const records = state.get(zone)
    if (!records) return refuse(404, 'not_found', 'The resource you requested could not be found.')
    if (!kind) return { status: 200, body: { domain: { name: zone, ttl: 1800, zone_file: '' } } }
    const query = request.url.searchParams
    if (request.method === 'GET') {
      const full = (record: DoRecord) => (record.name === '@' ? zone : `${record.name}.${zone}`)
      const found = records.filter((record) => ignoresFilters || full(record) === query.get('name'))
      const size = Math.min(Number(query.get('per_page') ?? 20), pageLimit)
      const page = Number(query.get('page') ?? 1)
      const more = page * size < found.length
      const links = {
        pages: more ? { next: `https://api.digitalocean.com/v2/domains/${zone}/records?page=${page + 1}` } : {},
      }
      return {
        status: 200,
        body: { domain_records: found.slice((page - 1) * size, page * size), links, meta: { total: found.length } },
      }
    }
    if (request.method === 'DELETE') {
      if (!records.some((record) => record.id === Number(id)))
        return refuse(404, 'not_found', 'The resource was not found.')
      state.set(
        zone,
        records.filter((record) => record.id !== Number(id)),
      )
      return { status: 204 }
    }
    const record = { ...blank, ...(JSON.parse(request.body) as DoRecord) }
    const existing = id === undefined ? undefined : records.find((other) => other.id === Number(id))
    if (id !== undefined && !existing) return refuse(404, 'not_found', 'The resource was not found.')
    if (existing && record.type !== existing.type) return refuse(422, 'unprocessable_entity', 'Type cannot be changed')
    const neighbours = records.filter((other) => other.name === record.name && other !== existing)
    // A CAA that names a host wants its final dot too when written, and comes back without.
    const named = pointing.has(record.type) || (record.type === 'CAA' && record.tag !== 'iodef')
    if (named && !record.data.endsWith('.') && record.data !== '@') {
      return refuse(422, 'unprocessable_entity', 'Data needs to end with a dot (.)')
    }
    if (neighbours.some((other) => other.type === 'CNAME') || (record.type === 'CNAME' && neighbours.length > 0)) {
      return refuse(422, 'unprocessable_entity', 'CNAME records cannot share a name with other records')
    }
    const data = named ? record.data.replace(/\.$/, '') : record.data
    if (existing) {
      Object.assign(existing, record, { id: existing.id, data })
      return { status: 200, body: { domain_record: existing } }
    }
    const made = { ...record, id: nextId++, data }
    state.set(zone, [...records, made])
    return { status: 201, body: { domain_record: made } }
  }

  const standIn = await startStandIn(handle)
  return {
    ...standIn,
    url: `${standIn.url}/v2`,
    token,
    dump: (zone) =>
      linesOf(
        (state.get(zone) ?? []).map((record) => ({
          name: record.name === '@' ? zone : `${record.name}.${zone}`,
          type: record.type,
          ttl: record.ttl,
          values: [`${record.priority ?? ''} ${record.data}`.trim() + (pointing.has(record.type) ? '.' : '')],
        })),
      ),
  }
}

const pointing = new Set(['CNAME', 'NS', 'MX', 'SRV'])
const blank = { priority: null, port: null, weight: null, flags: null, tag: null }
const unquote = (value: string) =>
  [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = '']) => part.replace(/\\(.)/g, '$1')).join('')
const refuse = (status: number, id: string, message: string): StandInAnswer => ({ status, body: { id, message } })
