import { linesOf, type ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'
import { isSignedBy } from './sigv4.ts'

// Route 53's REST API of 2013-04-01, as its reference describes it: names escaped in octal, lists paged by position in
// reversed-label order, batches all or nothing.

interface Zone {
  id: string
  name: string
  isPrivate: boolean
  /** XML of each set, by its identity, in the order of the service. */
  sets: Map<string, { name: string; type: string; identifier: string; xml: string; set: ZoneRecords }>
}

export interface Route53StandIn extends StandIn {
  credentials: { accessKeyId: string; secretAccessKey: string }
  dump(zone: string): string[]
  addZone(zone: { name: string; sets: ZoneRecords[] }): void
  addSet(zone: string, set: ZoneRecords): void
  /** How many requests were too many for a second. */
  refused(): number
}

export async function startRoute53(
  zones: { name: string; isPrivate?: boolean; sets: ZoneRecords[] }[],
  { zonesPerPage = 100, setsPerPage = 300, requestsPerSecond = Number.POSITIVE_INFINITY } = {},
): Promise<Route53StandIn> {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
  const state: Zone[] = []
  const addZone = ({ name, isPrivate = false, sets }: (typeof zones)[number]) => {
    const zone: Zone = { id: `Z${state.length}`, name, isPrivate, sets: new Map() }
    for (const set of sets) insert(zone, setXml(set))
    state.push(zone)
  }
  for (const zone of zones) addZone(zone)
  let changes = 0

  let second = 0
  let inSecond = 0
  let refused = 0
  const isTooMuch = () => {
    const now = Math.floor(performance.now() / 1000)
    inSecond = now === second ? inSecond + 1 : 1
    second = now
    if (inSecond > requestsPerSecond) refused++
    return inSecond > requestsPerSecond
  }

  const handle = (request: StandInRequest): StandInAnswer => {
    if (isTooMuch()) return failure(400, 'Throttling', 'Rate exceeded')
    const { accessKeyId, secretAccessKey } = credentials
    if (!isSignedBy(request, accessKeyId, secretAccessKey, 'route53')) {
      return failure(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match.')
    }
    const [, version, kind, id, tail] = request.url.pathname.split('/')
    const query = request.url.searchParams
    if (version !== '2013-04-01') return failure(404, 'UnknownOperation', 'unknown version')
    if (kind === 'hostedzonesbyname') return listZones(query)
    const zone = state.find((candidate) => candidate.id === id)
    if (kind !== 'hostedzone' || !zone) return failure(404, 'NoSuchHostedZone', `No hosted zone found with ID: ${id}`)
    if (!tail) {
      const servers = ['ns-1.awsdns-01.org', 'ns-2.awsdns-02.com'].map((name) => `<NameServer>${name}</NameServer>`)
      const delegation = `<DelegationSet><NameServers>${servers.join('')}</NameServers></DelegationSet>`
      return ok('GetHostedZoneResponse', zoneXml(zone) + delegation)
    }
    if (request.method === 'GET') return listSets(zone, query, setsPerPage)
    const change = changeSets(zone, request.body)
    if (change) return change
    return ok('ChangeResourceRecordSetsResponse', changeInfo(`C${++changes}`, 'PENDING'))
  }

  function listZones(query: URLSearchParams): StandInAnswer {
    const start = plain(query.get('dnsname') ?? '')
    const startId = query.get('hostedzoneid') ?? ''
    const order = [...state].sort((left, right) => compare(left.name, right.name))
    const from = order.findIndex((zone) => compare(zone.name, start) >= 0 && (!startId || zone.id === startId))
    const rest = from < 0 ? [] : order.slice(from)
    const page = rest.slice(0, zonesPerPage)
    const next = rest[zonesPerPage]
    return ok(
      'ListHostedZonesByNameResponse',
      `<HostedZones>${page.map(zoneXml).join('')}</HostedZones><MaxItems>${zonesPerPage}</MaxItems>` +
        `<IsTruncated>${next !== undefined}</IsTruncated>` +
        (next ? `<NextDNSName>${octal(next.name)}.</NextDNSName><NextHostedZoneId>${next.id}</NextHostedZoneId>` : ''),
    )
  }

  const standIn = await startStandIn(handle)
  return {
    ...standIn,
    credentials,
    addZone,
    addSet(name, set) {
      const zone = state.find((candidate) => candidate.name === name)
      if (!zone) throw new Error(`no zone ${name}`)
      insert(zone, setXml(set))
    },
    refused: () => refused,
    dump: (name) => linesOf([...(state.find((zone) => zone.name === name)?.sets.values() ?? [])].map(({ set }) => set)),
  }
}

function listSets(zone: Zone, query: URLSearchParams, setsPerPage: number): StandInAnswer {
  const order = [...zone.sets.values()].sort(
    (left, right) =>
      compare(left.name, right.name) ||
      compareText(left.type, right.type) ||
      compareText(left.identifier, right.identifier),
  )
  const name = plain(query.get('name') ?? '')
  const from = order.findIndex(
    (set) =>
      compare(set.name, name) > 0 ||
      (set.name === name &&
        set.type >= (query.get('type') ?? '') &&
        (set.type !== query.get('type') || set.identifier >= (query.get('identifier') ?? ''))),
  )
  const size = Math.min(Number(query.get('maxitems') ?? 300), setsPerPage)
  const rest = from < 0 ? [] : order.slice(from)
  const next = rest[size]
  return ok(
    'ListResourceRecordSetsResponse',
    `<ResourceRecordSets>${rest
      .slice(0, size)
      .map((set) => set.xml)
      .join('')}</ResourceRecordSets><IsTruncated>${next !== undefined}</IsTruncated><MaxItems>${size}</MaxItems>` +
      (next
        ? `<NextRecordName>${octal(next.name)}.</NextRecordName><NextRecordType>${next.type}</NextRecordType>` +
          (next.identifier ? `<NextRecordIdentifier>${next.identifier}</NextRecordIdentifier>` : '')
        : ''),
  )
}

function changeSets(zone: Zone, body: string): StandInAnswer | undefined {
  const before = new Map(zone.sets)
  for (const [, change = ''] of body.matchAll(/<Change>(.*?)<\/Change>/gs)) {
    const action = element(change, 'Action')
    const set = parseSet(element(change, 'ResourceRecordSet') ?? '')
    const label = `[name='${octal(set.name)}.', type='${set.type}']`
    let problem: string | undefined
    const existing = zone.sets.get(set.key)
    if (action === 'DELETE') {
      if (!existing) problem = `Tried to delete resource record set ${label} but it was not found`
      else if (existing.xml !== set.xml)
        problem = `Tried to delete resource record set ${label} but the values provided do not match the current values`
      else zone.sets.delete(set.key)
    } else if (action === 'CREATE') {
      const neighbours = [...zone.sets.values()].filter((other) => other.name === set.name)
      if (existing) problem = `Tried to create resource record set ${label} but it already exists`
      else if (neighbours.some((other) => (other.type === 'CNAME') !== (set.type === 'CNAME'))) {
        problem = `RRSet of type ${set.type} with DNS name ${octal(set.name)}. is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}.`
      } else insert(zone, set.xml)
    } else problem = `unexpected action ${action}`
    if (problem) {
      zone.sets = before
      return failure(400, 'InvalidChangeBatch', `[${problem}]`)
    }
  }
  return undefined
}

function insert(zone: Zone, xml: string): void {
  const { key, ...set } = parseSet(element(xml, 'ResourceRecordSet') ?? '')
  zone.sets.set(key, set)
}

function parseSet(inner: string) {
  const name = plain(element(inner, 'Name') ?? '')
  const type = element(inner, 'Type') ?? ''
  const identifier = element(inner, 'SetIdentifier') ?? ''
  const values = [...inner.matchAll(/<Value>(.*?)<\/Value>/gs)].map(([, value = '']) => decodeXml(value)).sort()
  const ttl = Number(element(inner, 'TTL') ?? 0)
  const alias = element(element(inner, 'AliasTarget') ?? '', 'DNSName')
  const extras = ['SetIdentifier', 'Weight', 'AliasTarget', 'HealthCheckId']
    .filter((field) => element(inner, field) !== undefined)
    .map((field) => `<${field}>${element(inner, field)}</${field}>`)
    .join('')
  const data = alias
    ? ''
    : `<TTL>${ttl}</TTL><ResourceRecords>${values.map((value) => `<ResourceRecord><Value>${encodeXml(value)}</Value></ResourceRecord>`).join('')}</ResourceRecords>`
  const xml = `<ResourceRecordSet><Name>${octal(name)}.</Name><Type>${type}</Type>${extras}${data}</ResourceRecordSet>`
  const set: ZoneRecords = {
    name,
    type,
    ttl,
    values: alias ? [`ALIAS ${alias} ${extras}`] : values.map((value) => `${value}${identifier && ` ${extras}`}`),
  }
  return { key: `${name} ${type} ${identifier}`, name, type, identifier, xml, set }
}

function setXml(set: ZoneRecords): string {
  const values = set.values
    .map((value) => `<ResourceRecord><Value>${encodeXml(value)}</Value></ResourceRecord>`)
    .join('')
  const native = (set.native ?? '') as string
  const data = native.includes('AliasTarget') ? '' : `<TTL>${set.ttl}</TTL><ResourceRecords>${values}</ResourceRecords>`
  return `<ResourceRecordSet><Name>${octal(set.name)}.</Name><Type>${set.type}</Type>${native}${data}</ResourceRecordSet>`
}

const element = (xml: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1]
const encodeXml = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
const decodeXml = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&')
const octal = (name: string) => name.replace(/\*/g, '\\052')
const plain = (name: string) => name.replace(/\\052/g, '*').replace(/\.$/, '').toLowerCase()
const reversed = (name: string) => octal(name).split('.').reverse().join('.')
const compareText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)
const compare = (left: string, right: string) => compareText(reversed(left), reversed(right))

const zoneXml = (zone: Zone) =>
  `<HostedZone><Id>/hostedzone/${zone.id}</Id><Name>${zone.name}.</Name><CallerReference>r</CallerReference>` +
  `<Config><PrivateZone>${zone.isPrivate}</PrivateZone></Config></HostedZone>`
const changeInfo = (id: string, status: string) =>
  `<ChangeInfo><Id>/change/${id}</Id><Status>${status}</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>`
const ok = (name: string, inner: string): StandInAnswer => ({
  status: 200,
  body: `<?xml version="1.0"?><${name} xmlns="https://route53.amazonaws.com/doc/2013-04-01/">${inner}</${name}>`,
})
/** The envelope of Route 53's errors. */
export const failure = (status: number, code: string, message: string): StandInAnswer => ({
  status,
  body: `<?xml version="1.0"?><ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${encodeXml(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
})
