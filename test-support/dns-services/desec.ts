import { linesOf, type ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// deSEC's API v1 as its documentation describes it: lists all or none, a minimum TTL for each domain, paths that end in a
// slash, pages only with a cursor.

export interface DesecStandIn extends StandIn {
  token: string
  dump(zone: string): string[]
}

interface Rrset {
  subname: string
  type: string
  ttl: number
  records: string[]
}

export async function startDesec(
  zones: { name: string; sets: ZoneRecords[] }[],
  { pageSize = 500, minimumTtl = 3600 } = {},
): Promise<DesecStandIn> {
  const token = 'desec-example-token'
  const state = new Map(
    zones.map(({ name, sets }) => [
      name,
      sets.map(
        (set): Rrset => ({
          subname: set.name === name ? '' : set.name.slice(0, -name.length - 1),
          type: set.type,
          ttl: set.ttl,
          records: [...set.values],
        }),
      ),
    ]),
  )
  const shown = (zone: string, set: Rrset) => ({
    domain: zone,
    name: `${set.subname === '' ? '' : `${set.subname}.`}${zone}.`,
    created: '2026-01-01T00:00:00Z',
    touched: '2026-01-01T00:00:00Z',
    ...set,
  })

  const handle = (request: StandInRequest): StandInAnswer => {
    if (request.headers.authorization !== `Token ${token}`) return { status: 401, body: { detail: 'Invalid token.' } }
    const { pathname, searchParams } = request.url
    if (!pathname.endsWith('/')) return { status: 301, headers: { location: `${pathname}/` } }
    const [, , , kind, zone = '', what] = pathname.split('/')
    if (kind !== 'domains') return { status: 404, body: { detail: 'Not found.' } }
    if (zone === '') {
      const name = searchParams.get('owns_qname') ?? ''
      const [owner] = [...state.keys()]
        .filter((each) => name === each || name.endsWith(`.${each}`))
        .sort((left, right) => right.length - left.length)
      return { status: 200, body: owner === undefined ? [] : [{ name: owner, minimum_ttl: minimumTtl }] }
    }
    const sets = state.get(zone)
    if (!sets || what !== 'rrsets') return { status: 404, body: { detail: 'Not found.' } }
    if (request.method === 'GET') {
      const subname = searchParams.get('subname')
      const found = sets.filter((set) => subname === null || set.subname === subname)
      if (found.length > pageSize) {
        const link = '<https://desec.test/?cursor=>; rel="first"'
        return { status: 400, headers: { link }, body: { detail: 'Pagination required.' } }
      }
      return { status: 200, body: found.map((set) => shown(zone, set)) }
    }
    const wanted = JSON.parse(request.body) as Partial<Rrset>[]
    const next = [...sets]
    const problems = wanted.map((set): object => {
      const { subname = '', type = '', ttl, records = [] } = set
      const index = next.findIndex((other) => other.subname === subname && other.type === type)
      if (subname === '@') return { subname: ['Invalid subname.'] }
      if (request.method === 'POST' && index >= 0) {
        const text = 'Another RRset with the same subdomain and type exists for this domain.'
        return { non_field_errors: [text] }
      }
      if (records.length === 0) {
        if (index >= 0) next.splice(index, 1)
        return {}
      }
      if (ttl === undefined || ttl < minimumTtl)
        return { ttl: [`Ensure this value is greater than or equal to ${minimumTtl}.`] }
      if (type === 'TXT' && records.some((value) => !/^"/.test(value)))
        return { records: ['Data for TXT records must be quoted.'] }
      if (type === 'CNAME' && records.some((value) => !value.endsWith('.')))
        return { records: ['Hostname must be fully qualified.'] }
      next.splice(index >= 0 ? index : next.length, index >= 0 ? 1 : 0, { subname, type, ttl, records })
      return {}
    })
    for (const [index, { subname = '' }] of wanted.entries()) {
      const here = next.filter((set) => set.subname === subname)
      if (here.length > 1 && here.some(({ type }) => type === 'CNAME')) {
        const text = `RRset with conflicting type present at same subname: database (${here.map(({ type }) => type).join(', ')}). (No other RRsets are allowed alongside CNAME.)`
        problems[index] = { non_field_errors: [text] }
      }
    }
    if (problems.some((problem) => Object.keys(problem).length > 0)) return { status: 400, body: problems }
    state.set(zone, next)
    return { status: request.method === 'POST' ? 201 : 200, body: wanted }
  }

  const standIn = await startStandIn(handle)
  return {
    ...standIn,
    url: `${standIn.url}/api/v1`,
    token,
    dump: (zone) =>
      linesOf(
        (state.get(zone) ?? []).map((set) => ({
          name: set.subname === '' ? zone : `${set.subname}.${zone}`,
          type: set.type,
          ttl: set.ttl,
          values: set.records,
        })),
      ),
  }
}
