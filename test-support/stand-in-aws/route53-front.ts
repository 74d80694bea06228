import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createAdapter, type Rfc2136Config } from '@dmarc-as-code/dns/adapters'
import { DnsServiceError, type RecordSet } from '@dmarc-as-code/dns/apply'
import { liveValues, readSets, writeSets } from './live-sets.ts'
import { changesOf, InvalidChangeBatch } from './route53-changes.ts'
import { type Answer, changeXml, failure, octal, ok, parseChanges, plainName, setXml, zoneXml } from './route53-xml.ts'
import { zoneIdOf } from './zone-id.ts'

/** Where the DNS server is that takes the changes, and the key it takes them with. */
export type LiveDns = Omit<Rfc2136Config, 'type'>

export interface Route53Front {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  close(): Promise<void>
}

/**
 * The part of Route 53's API that the AWS provider uses for records and zones, in front of a live DNS server that takes
 * dynamic updates. Simple records only; signatures are not looked at; every change is in sync at once. A list of record
 * sets ends with the name it was asked to start at, which is all that those who ask for one record look at. Asked for a
 * zone from its top it gives the top's sets and says that there are more, as for a zone too large for one answer; it
 * refuses to go on from there, as a dynamic update server is asked by names.
 */
export async function startRoute53Front(live: LiveDns, zones: readonly string[]): Promise<Route53Front> {
  const dns = await createAdapter({ type: 'rfc2136', ...live })
  const ordered = [...zones].sort((left, right) => compare(left, right))
  const spelling = new Map<string, string>()
  let changes = 0

  async function handle(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const call = `${request.method} ${url.pathname}`
    const [, version, kind, id = '', tail = ''] = url.pathname.replace(/\/$/, '').split('/')
    if (version === '2013-04-01' && request.method === 'GET') {
      if (kind === 'hostedzone' && id === '') return listZones('ListHostedZonesResponse', ordered)
      if (kind === 'hostedzonesbyname') return listZonesFrom(plainName(url.searchParams.get('dnsname') ?? ''))
      if (kind === 'tags' && id === 'hostedzone') return listTags(tail)
      if (kind === 'change') return ok('GetChangeResponse', changeXml(id))
    }
    const zone = ordered.find((name) => zoneIdOf(name) === id)
    if (kind === 'hostedzone' && zone === undefined)
      return failure(404, 'NoSuchHostedZone', `No hosted zone found with ID: ${id}`)
    if (version === '2013-04-01' && kind === 'hostedzone' && zone !== undefined) {
      if (request.method === 'GET' && tail === '') return getZone(zone)
      if (request.method === 'GET' && tail === 'rrset') return listSets(zone, url.searchParams)
      if (request.method === 'POST' && tail === 'rrset') return changeSets(zone, await text(request))
    }
    return failure(404, 'UnknownOperation', `The stand-in does not know ${call}.`)
  }

  function listZonesFrom(start: string): Answer {
    const rest = ordered.filter((name) => compare(name, start) >= 0)
    return listZones('ListHostedZonesByNameResponse', rest)
  }

  async function getZone(zone: string): Promise<Answer> {
    const { nameServers = [] } = (await dns.findZone(zone)) ?? {}
    const servers = nameServers.map((name) => `<NameServer>${name}</NameServer>`).join('')
    const delegation = `<DelegationSet><NameServers>${servers}</NameServers></DelegationSet>`
    return ok('GetHostedZoneResponse', zoneXml(zoneIdOf(zone), zone) + delegation)
  }

  async function listSets(zone: string, query: URLSearchParams): Promise<Answer> {
    const start = plainName(query.get('name') ?? '')
    const beyond = `beyond.${zone}`
    if (start === beyond) return failure(400, 'InvalidInput', 'The stand-in lists the record sets of one name only.')
    const name = start || zone
    const from = query.get('type') ?? ''
    const most = Number(query.get('maxitems') ?? 100)
    const sets = (await readSets(dns, zone, name))
      .filter((set) => set.type >= from)
      .sort((left, right) => (left.type < right.type ? -1 : 1))
    const more = sets[most]
    const next = more ? { name, type: more.type } : start === '' ? { name: beyond, type: 'A' } : undefined
    return ok(
      'ListResourceRecordSetsResponse',
      `<ResourceRecordSets>${sets
        .slice(0, most)
        .map((set) => setXml(asWritten(set)))
        .join('')}</ResourceRecordSets><IsTruncated>${next !== undefined}</IsTruncated><MaxItems>${most}</MaxItems>` +
        (next
          ? `<NextRecordName>${octal(next.name)}.</NextRecordName><NextRecordType>${next.type}</NextRecordType>`
          : ''),
    )
  }

  async function changeSets(zone: string, body: string): Promise<Answer> {
    const requested = parseChanges(body)
    if (requested.length === 0) return failure(400, 'InvalidInput', 'The batch has no changes.')
    await writeSets(dns, zone, await changesOf(requested, zone, (name) => readSets(dns, zone, name)))
    for (const { set } of requested) {
      liveValues(set.type, set.values).forEach((live, index) => {
        spelling.set(`${set.name} ${set.type} ${live}`, set.values[index] ?? live)
      })
    }
    return ok('ChangeResourceRecordSetsResponse', changeXml(`C${++changes}`))
  }

  // Route 53 gives values back letter by letter, with or without the final dot.
  const asWritten = (set: RecordSet): RecordSet => ({
    ...set,
    values: set.values.map((value) => spelling.get(`${set.name} ${set.type} ${value}`) ?? value),
  })

  const server = createServer(async (request, response) => {
    const { status, body } = await handle(request).catch(refusal)
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await dns.close?.()
    },
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof InvalidChangeBatch) return failure(400, 'InvalidChangeBatch', error.message)
  if (error instanceof DnsServiceError && error.kind === 'changed')
    return failure(400, 'PriorRequestNotComplete', error.message)
  return failure(500, 'InternalFailure', String(error))
}

function listZones(answer: string, zones: readonly string[]): Answer {
  const list = zones.map((name) => zoneXml(zoneIdOf(name), name)).join('')
  return ok(
    answer,
    `<HostedZones>${list}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>${zones.length}</MaxItems>`,
  )
}

const listTags = (id: string) =>
  ok(
    'ListTagsForResourceResponse',
    `<ResourceTagSet><ResourceType>hostedzone</ResourceType><ResourceId>${id}</ResourceId><Tags></Tags></ResourceTagSet>`,
  )

// Zones stand in the order of their reversed labels.
function compare(left: string, right: string): number {
  const [a, b] = [left, right].map((name) => name.split('.').reverse().join('.')) as [string, string]
  return a < b ? -1 : a > b ? 1 : 0
}
