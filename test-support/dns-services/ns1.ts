import type { ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, startStandIn } from './server.ts'
import { dotless, isNamed, quoted, type StateRecord, unquoted, ZoneState } from './zone-state.ts'

// NS1 Connect's API v1: a zone that lists its sets in short, sets with answers, filters, regions and metadata, PUT that
// creates only, `filters` that has to be a list, unquoted TXT, and a bucket of requests for each period.

export interface Ns1StandIn extends StandIn {
  apiKey: string
  dump(zone: string): string[]
}

export async function startNs1(
  zones: { name: string; sets: ZoneRecords[]; secondary?: boolean; link?: string }[],
): Promise<Ns1StandIn> {
  const apiKey = 'ns1-example-key'
  const state = new ZoneState(zones)
  const answerOf = ({ type, value }: StateRecord) => {
    if (type === 'TXT') return [unquoted(value)]
    const words = value.split(' ')
    return isNamed(type) ? words.map(dotless) : words
  }
  const valueFrom = (type: string, answer: readonly unknown[]) => {
    const words = answer.map(String)
    if (type === 'TXT') return quoted(words.join(''))
    return isNamed(type) ? `${words.join(' ')}.` : words.join(' ')
  }
  const full = (zone: string, group: readonly StateRecord[]) => {
    const [{ name, type, ttl, extra }] = group as [StateRecord]
    const answers = group.map((record) => ({ id: `answer-${record.id}`, answer: answerOf(record) }))
    return {
      id: `id-${name}-${type}`,
      zone,
      domain: name,
      type,
      ttl,
      tier: 1,
      answers,
      filters: [],
      regions: {},
      meta: {},
      use_client_subnet: true,
      ...extra,
    }
  }
  const standIn = await startStandIn((request) => {
    const headers = { 'x-ratelimit-limit': '900', 'x-ratelimit-remaining': '899', 'x-ratelimit-period': '300' }
    const answer = (status: number, body?: object): StandInAnswer => ({ status, headers, ...(body ? { body } : {}) })
    if (request.headers['x-nsone-key'] !== apiKey) return answer(401, { message: 'Unauthorized' })
    const [, , kind, zone = '', domain, type = ''] = decodeURIComponent(request.url.pathname).split('/')
    if (kind !== 'zones' || !state.has(zone)) return answer(404, { message: 'zone not found' })
    if (domain === undefined) {
      const { secondary, link } = zones.find(({ name }) => name === zone) ?? {}
      const groups = [...Map.groupBy(state.records(zone), (record) => `${record.name} ${record.type}`).values()]
      const records = groups.map((group) => {
        const { name, type: kindOf, ttl } = group[0] as StateRecord
        return {
          domain: name,
          type: kindOf,
          ttl,
          tier: 1,
          short_answers: group.map((record) => answerOf(record).join(' ')),
        }
      })
      const generated = [{ domain: zone, type: 'DNSKEY', ttl: 3600, tier: 1, short_answers: ['257 3 13 AAAA'] }]
      const about = {
        id: '1',
        zone,
        dns_servers: ['dns1.p01.nsone.net', 'dns2.p01.nsone.net'],
        ...(secondary ? { secondary: { enabled: true } } : {}),
        ...(link ? { link } : {}),
      }
      return answer(
        200,
        request.url.searchParams.get('records') === 'false' ? about : { ...about, records: [...records, ...generated] },
      )
    }
    if (type === 'DNSKEY' || type === 'RRSIG') return answer(405, { message: 'method not allowed' })
    const here = state.at(zone, domain, type)
    if (request.method === 'GET')
      return here.length > 0 ? answer(200, full(zone, here)) : answer(404, { message: 'record not found' })
    if (request.method === 'DELETE') {
      if (here.length === 0) return answer(404, { message: 'record not found' })
      state.remove(zone, ...here)
      return answer(200, {})
    }
    if (request.method === 'PUT' && here.length > 0) return answer(400, { message: 'record already exists' })
    if (request.method === 'POST' && here.length === 0) return answer(404, { message: 'record not found' })
    const body = JSON.parse(request.body) as { [field: string]: unknown; answers: { answer: unknown[] }[]; ttl: number }
    if (!Array.isArray(body.filters))
      return answer(400, { message: "Input validation failed (Value for 'filters' is not a list)" })
    const neighbours = state.at(zone, domain).filter((record) => record.type !== type)
    if (neighbours.some((record) => record.type === 'CNAME' || type === 'CNAME')) {
      return answer(400, { message: `record ${domain} ${type} conflicts with a CNAME` })
    }
    if (type === 'TXT' && body.answers.some(({ answer: text }) => text.join('') === ''))
      return answer(400, { message: 'TXT answer is empty' })
    const extra = {
      ...((body.filters as unknown[]).length > 0 ? { filters: body.filters } : {}),
      ...(Object.keys((body.regions ?? {}) as object).length > 0 ? { regions: body.regions } : {}),
      ...(Object.keys((body.meta ?? {}) as object).length > 0 ? { meta: body.meta } : {}),
    }
    state.remove(zone, ...here)
    for (const { answer: words } of body.answers)
      state.add(zone, { name: domain, type, ttl: body.ttl, value: valueFrom(type, words), extra })
    return answer(200, full(zone, state.at(zone, domain, type)))
  })
  return { ...standIn, url: `${standIn.url}/v1`, apiKey, dump: (zone) => state.dump(zone) }
}
