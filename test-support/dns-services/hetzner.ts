import { linesOf, type ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// Zones and RRSets of Hetzner's Cloud API v1, as its SDK describes them: relative names, `@`, null for the zone's TTL, writes
// that answer with an action, creation only where there is no set.

interface Rrset {
  name: string
  type: string
  ttl: number | null
  labels: { [label: string]: string }
  protection: { change: boolean }
  records: { value: string; comment?: string }[]
}

export interface HetznerStandIn extends StandIn {
  token: string
  rrsets(zone: string): Rrset[]
  dump(zone: string): string[]
}

export async function startHetzner(
  zones: { name: string; mode?: string; sets: ZoneRecords[] }[],
  { pageLimit = 50, actionSteps = 1 } = {},
): Promise<HetznerStandIn> {
  const token = 'hetzner-example-token'
  const zoneTtl = 3600
  const state = new Map(
    zones.map(({ name, sets }) => [
      name,
      sets.map(
        (set): Rrset => ({
          name: set.name === name ? '@' : set.name.slice(0, -name.length - 1),
          type: set.type,
          ttl: set.ttl,
          labels: {},
          protection: { change: false },
          records: set.values.map((value) => ({ value })),
        }),
      ),
    ]),
  )
  const names = zones.map(({ name }) => name)
  const zoneOf = (idOrName: string) => (names.includes(idOrName) ? idOrName : names[Number(idOrName) - 1])
  const actions = new Map<number, number>()
  const act = (status: number, more: object = {}): StandInAnswer => {
    const id = actions.size + 1
    actions.set(id, actionSteps)
    return { status, body: { action: { id, status: actionSteps > 0 ? 'running' : 'success', error: null }, ...more } }
  }

  const handle = (request: StandInRequest): StandInAnswer => {
    if (request.headers.authorization !== `Bearer ${token}`)
      return refuse(401, 'unauthorized', 'unable to authenticate')
    const [, , kind, id = '', part, ownerText = '', typeText = '', , verb] = decodeURIComponent(
      request.url.pathname,
    ).split('/')
    if (kind === 'actions') {
      const left = (actions.get(Number(id)) ?? 1) - 1
      actions.set(Number(id), left)
      return {
        status: 200,
        body: { action: { id: Number(id), status: left > 0 ? 'running' : 'success', error: null } },
      }
    }
    const zone = zoneOf(id)
    if (kind !== 'zones' || zone === undefined) return refuse(404, 'not_found', 'zone not found')
    const sets = state.get(zone) ?? []
    if (part === undefined) {
      const mode = zones.find(({ name }) => name === zone)?.mode ?? 'primary'
      const assigned = ['hydrogen.ns.hetzner.com.', 'oxygen.ns.hetzner.com.', 'helium.ns.hetzner.de.']
      const about = {
        id: names.indexOf(zone) + 1,
        name: zone,
        ttl: zoneTtl,
        mode,
        authoritative_nameservers: { assigned },
      }
      return { status: 200, body: { zone: about } }
    }
    if (request.method === 'GET') {
      const query = request.url.searchParams
      const owner = query.get('name')
      const found = sets.filter(({ name }) => owner === null || name === owner)
      const size = Math.min(Number(query.get('per_page') ?? 25), pageLimit)
      const page = Number(query.get('page') ?? 1)
      const next_page = page * size < found.length ? page + 1 : null
      const shown = found
        .slice((page - 1) * size, page * size)
        .map((set) => ({ id: `${set.name}/${set.type}`, ...set }))
      return { status: 200, body: { rrsets: shown, meta: { pagination: { page, next_page } } } }
    }
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Partial<Rrset>)
    if (request.method === 'POST' && ownerText === '') {
      const { name = '', type = '', ttl = null, records = [], labels = {} } = body
      const here = sets.filter((set) => set.name === name)
      if (here.some((set) => set.type === type)) return refuse(409, 'uniqueness_error', 'RRSet already exists')
      if (here.some((set) => set.type === 'CNAME') || (type === 'CNAME' && here.length > 0)) {
        return refuse(422, 'invalid_input', 'CNAME must be the only record of its name')
      }
      if (name.endsWith('.') || name === '') return refuse(422, 'invalid_input', 'invalid name')
      const problem = problemOf(type, ttl, records)
      if (problem) return refuse(422, 'invalid_input', problem)
      state.set(zone, [...sets, { name, type, ttl, labels, protection: { change: false }, records }])
      return act(201)
    }
    const set = sets.find(({ name, type }) => name === ownerText && type === typeText)
    if (!set) return refuse(404, 'not_found', 'RRSet not found')
    if (set.protection.change) return refuse(423, 'protected', 'RRSet is protected')
    if (request.method === 'DELETE') {
      state.set(
        zone,
        sets.filter((other) => other !== set),
      )
      return act(200)
    }
    const problem = problemOf(
      set.type,
      verb === 'change_ttl' ? (body.ttl ?? null) : set.ttl,
      body.records ?? set.records,
    )
    if (problem) return refuse(422, 'invalid_input', problem)
    if (verb === 'set_records') set.records = body.records ?? []
    else if (verb === 'change_ttl') set.ttl = body.ttl ?? null
    else return refuse(404, 'not_found', 'no such action')
    return act(201)
  }

  const standIn = await startStandIn(handle)
  const rrsets = (zone: string) => state.get(zone) ?? []
  return {
    ...standIn,
    url: `${standIn.url}/v1`,
    token,
    rrsets,
    dump: (zone) =>
      linesOf(
        rrsets(zone).map((set) => ({
          name: set.name === '@' ? zone : `${set.name}.${zone}`,
          type: set.type,
          ttl: set.ttl ?? zoneTtl,
          values: set.records.map(({ value, comment }) => (comment ? `${value} ; ${comment}` : value)),
        })),
      ),
  }
}

function problemOf(type: string, ttl: number | null, records: readonly { value: string }[]): string | undefined {
  if (ttl !== null && ttl < 60) return 'ttl must be at least 60'
  if (records.length === 0) return 'records must not be empty'
  if (type === 'TXT' && records.some(({ value }) => !/^"/.test(value))) return 'TXT values must be quoted'
  // Without its dot a target lies in the zone.
  if (type === 'CNAME' && records.some(({ value }) => !value.endsWith('.')))
    return 'the stand-in wants absolute targets'
  return undefined
}

const refuse = (status: number, code: string, message: string): StandInAnswer => ({
  status,
  body: { error: { code, message } },
})
