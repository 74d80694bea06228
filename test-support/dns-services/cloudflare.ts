import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// Cloudflare's API v4 as its reference describes it: envelope, paging by page and per_page, batches in one transaction.

export interface CloudflareRecord {
  id: string
  type: string
  name: string
  content: string
  ttl: number
  proxied: boolean
  [field: string]: unknown
}

export interface CloudflareZone {
  name: string
  type?: string
  /** Default `active`. */
  status?: string
  records: Omit<CloudflareRecord, 'id'>[]
}

export interface CloudflareStandIn extends StandIn {
  token: string
  records(zone: string): CloudflareRecord[]
}

export async function startCloudflare(
  zones: CloudflareZone[],
  { ignoresFilters = false, pageLimit = 100 } = {},
): Promise<CloudflareStandIn> {
  const token = 'cf-example-token'
  let nextId = 1
  const withId = (record: Omit<CloudflareRecord, 'id'>) => ({ ...record, id: `r${nextId++}` }) as CloudflareRecord
  const state = zones.map((zone, index) => ({ id: `zone${index}`, ...zone, records: zone.records.map(withId) }))

  const handle = (request: StandInRequest): StandInAnswer => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      return refuse(
        request.headers.authorization ? 403 : 400,
        request.headers.authorization ? 9109 : 6003,
        'Invalid access token',
      )
    }
    const [, , , , zoneId, resource, action] = request.url.pathname.split('/')
    const query = request.url.searchParams
    const name = ignoresFilters ? undefined : query.get(zoneId ? 'name.exact' : 'name')
    if (!zoneId) {
      const found = state.filter((zone) => !name || zone.name === name)
      return page(
        found.map((zone) => ({
          id: zone.id,
          name: zone.name,
          type: zone.type ?? 'full',
          status: zone.status ?? 'active',
          name_servers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
        })),
        query,
      )
    }
    const zone = state.find((candidate) => candidate.id === zoneId)
    if (!zone || resource !== 'dns_records') return refuse(404, 7003, 'Could not route to it')
    if (request.method === 'GET')
      return page(
        zone.records.filter((record) => !name || record.name === name),
        query,
      )
    if (action !== 'batch') return refuse(405, 10405, 'Method not allowed')

    const batch = JSON.parse(request.body) as { deletes: { id: string }[]; posts: CloudflareRecord[] }
    let records = zone.records
    for (const { id } of batch.deletes) {
      if (!records.some((record) => record.id === id)) return refuse(404, 81044, 'Record does not exist.')
      records = records.filter((record) => record.id !== id)
    }
    for (const post of batch.posts) {
      const neighbours = records.filter((record) => record.name === post.name)
      if (post.type === 'CNAME' && neighbours.length > 0) {
        return refuse(400, 81053, 'An A, AAAA, or CNAME record with that host already exists.')
      }
      if (neighbours.some((record) => record.type === 'CNAME')) {
        return refuse(400, 81054, 'A CNAME record with that host already exists.')
      }
      if (neighbours.some((record) => record.type === post.type && record.content === post.content)) {
        return refuse(400, 81058, 'An identical record already exists.')
      }
      if (post.ttl !== 1 && post.ttl < 60) return refuse(400, 9021, 'TTL must be between 60 and 86400 seconds, or 1.')
      records = [...records, withId(post)]
    }
    zone.records = records
    return { status: 200, body: { success: true, errors: [], messages: [], result: {} } }
  }

  function page(all: unknown[], query: URLSearchParams): StandInAnswer {
    const size = Math.min(Number(query.get('per_page') ?? 20), pageLimit)
    const number = Number(query.get('page') ?? 1)
    const result = all.slice((number - 1) * size, number * size)
    const info = {
      page: number,
      per_page: size,
      count: result.length,
      total_count: all.length,
      total_pages: Math.ceil(all.length / size),
    }
    return { status: 200, body: { success: true, errors: [], messages: [], result, result_info: info } }
  }

  const standIn = await startStandIn(handle)
  return {
    ...standIn,
    url: `${standIn.url}/client/v4`,
    token,
    records: (name) => state.find((zone) => zone.name === name)?.records ?? [],
  }
}

const refuse = (status: number, code: number, message: string): StandInAnswer => ({
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
})
