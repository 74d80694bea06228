import type { RecordSet } from '@dmarc-as-code/dns/apply'

// The XML of Route 53's REST API of 2013-04-01, as its reference describes it.

const namespace = 'https://route53.amazonaws.com/doc/2013-04-01/'

export interface Answer {
  readonly status: number
  readonly body: string
}

export const ok = (name: string, inner: string): Answer => ({
  status: 200,
  body: `<?xml version="1.0"?>\n<${name} xmlns="${namespace}">${inner}</${name}>`,
})

export const failure = (status: number, code: string, message: string): Answer => ({
  status,
  body: `<?xml version="1.0"?>\n<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${encode(message)}</Message></Error><RequestId>stand-in</RequestId></ErrorResponse>`,
})

export const zoneXml = (id: string, name: string) =>
  `<HostedZone><Id>/hostedzone/${id}</Id><Name>${octal(name)}.</Name><CallerReference>stand-in</CallerReference>` +
  '<Config><PrivateZone>false</PrivateZone></Config><ResourceRecordSetCount>2</ResourceRecordSetCount></HostedZone>'

export const setXml = ({ name, type, ttl, values }: RecordSet) =>
  `<ResourceRecordSet><Name>${octal(name)}.</Name><Type>${type}</Type><TTL>${ttl}</TTL><ResourceRecords>` +
  values.map((value) => `<ResourceRecord><Value>${encode(value)}</Value></ResourceRecord>`).join('') +
  '</ResourceRecords></ResourceRecordSet>'

export const changeXml = (id: string) =>
  `<ChangeInfo><Id>/change/${id}</Id><Status>INSYNC</Status><SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>`

export interface RequestedChange {
  readonly action: string
  readonly set: RecordSet
  /** What makes the set more than a simple one: a routing policy, an alias, a health check. */
  readonly beyondSimple: readonly string[]
}

/** The changes of a ChangeResourceRecordSets request, in their order. */
export function parseChanges(body: string): RequestedChange[] {
  return [...body.matchAll(/<Change>(.*?)<\/Change>/gs)].map(([, change = '']) => ({
    action: element(change, 'Action') ?? '',
    set: {
      name: plainName(element(change, 'Name') ?? ''),
      type: element(change, 'Type') ?? '',
      ttl: Number(element(change, 'TTL') ?? 0),
      values: [...change.matchAll(/<Value>(.*?)<\/Value>/gs)].map(([, value = '']) => decode(value)),
    },
    beyondSimple: ['SetIdentifier', 'AliasTarget', 'HealthCheckId'].filter((name) => element(change, name)),
  }))
}

/** A name as it is in our form: lower case, without octal escapes and the final dot. */
export const plainName = (name: string) =>
  name
    .replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
    .replace(/\.$/, '')
    .toLowerCase()

/** Route 53 escapes all but letters, digits, hyphens, underscores and the dots between labels. */
export const octal = (name: string) =>
  name.replace(/[^\w.-]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)

const element = (xml: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1]

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const encode = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character)

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
// Go's encoder, which the AWS provider uses, writes a quotation mark by its number.
const decode = (text: string) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal ?? hex) return String.fromCodePoint(Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16))
    return named[name ?? ''] ?? whole
  })
