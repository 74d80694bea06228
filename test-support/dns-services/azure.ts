import { createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import { linesOf, type ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// Azure DNS 2018-05-01 and the token endpoint of Microsoft Entra, as their references describe them: one resource per
// name and type, ETags with If-Match and If-None-Match, lists with nextLink. Beside them the identity endpoints of a
// virtual machine (IMDS) and of App Service.

interface Resource {
  etag: string
  properties: Record<string, unknown>
}

export interface AzureStandIn extends StandIn {
  dump(zone: string): string[]
  resources(zone: string): Map<string, Resource>
}

/** What App Service puts into the environment; the stand-in's address goes before the path. */
export const appService = { path: '/msi/token', header: 'identity~header' }

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token as Kubernetes puts it into the file of a workload, which the application trusts. */
export function workloadToken(claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const said = {
    iss: 'https://oidc.cluster.test/',
    sub: 'system:serviceaccount:mail:dns',
    aud: ['api://AzureADTokenExchange'],
    iat: now,
    exp: now + 3600,
    ...claims,
  }
  const unsigned = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode(said)}`
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(keys.privateKey, 'base64url')}`
}

export const azurePrincipal = { tenantId: 'tenant-1', clientId: 'client-1', clientSecret: 'client~secret' }

export async function startAzure(
  zones: { name: string; group?: string; zoneType?: string; sets: ZoneRecords[] }[],
  { pageSize = 100, setPageSize = 500, linkHost = (url: string) => url, identities = ['system'] } = {},
): Promise<AzureStandIn> {
  let url = ''
  let nextTag = 1
  const state = zones.map((zone) => {
    const group = zone.group ?? 'rg'
    const id = `/subscriptions/sub-1/resourceGroups/${group}/providers/Microsoft.Network/dnszones/${zone.name}`
    const resources = new Map<string, Resource>()
    for (const set of zone.sets)
      resources.set(keyOf(set, zone.name), { etag: `e${nextTag++}`, properties: propertiesOf(set) })
    return { ...zone, id, group, resources }
  })

  const handle = (request: StandInRequest): StandInAnswer => {
    if (request.url.pathname === '/tenant-1/oauth2/v2.0/token') return token(request)
    if (request.url.pathname === '/metadata/identity/oauth2/token') return metadata(request, identities)
    if (request.url.pathname === appService.path) return appServiceToken(request, identities)
    if (request.headers.authorization !== 'Bearer eyJ.example')
      return refuse(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
    const path = decodeURIComponent(request.url.pathname)
    const query = request.url.searchParams
    if (!['2018-05-01', '2023-07-01-preview'].includes(query.get('api-version') ?? ''))
      return refuse(400, 'MissingApiVersionParameter', 'No api-version.')
    if (path.endsWith('/dnsZones')) {
      const from = Number(query.get('$skipToken') ?? 0)
      const list = state
        .filter((zone) => !path.includes('/resourceGroups/') || path.includes(`/resourceGroups/${zone.group}/`))
        .map((zone) => ({
          id: zone.id,
          name: zone.name,
          properties: { zoneType: zone.zoneType ?? 'Public', nameServers: ['ns1-01.azure-dns.com.'] },
        }))
      const more = from + pageSize < list.length
      const nextLink = `${linkHost(url)}${request.url.pathname}?api-version=2018-05-01&$skipToken=${from + pageSize}`
      return { status: 200, body: { value: list.slice(from, from + pageSize), ...(more ? { nextLink } : {}) } }
    }
    const zone = state.find((candidate) => path.startsWith(`${candidate.id}/`))
    if (!zone) return refuse(404, 'ResourceNotFound', 'The zone was not found.')
    const key = path.slice(zone.id.length + 1)
    if (key === 'recordsets' && request.method === 'GET') {
      const from = Number(query.get('$skipToken') ?? 0)
      const size = Math.min(Number(query.get('$top') ?? 100), setPageSize)
      const all = [...zone.resources].map(([place, { etag, properties }]) => {
        const [kind = '', owner = ''] = place.split('/')
        const fqdn = owner === '@' ? `${zone.name}.` : `${owner}.${zone.name}.`
        const id = `${zone.id}/${place}`
        return {
          id,
          name: owner,
          type: `Microsoft.Network/dnszones/${kind}`,
          etag,
          properties: { ...properties, fqdn },
        }
      })
      const more = from + size < all.length
      const nextLink = `${linkHost(url)}${request.url.pathname}?api-version=2023-07-01-preview&$skipToken=${from + size}`
      return { status: 200, body: { value: all.slice(from, from + size), ...(more ? { nextLink } : {}) } }
    }
    const [type, name] = key.split('/')
    const existing = zone.resources.get(key)
    const { 'if-match': match, 'if-none-match': noneMatch } = request.headers
    if (request.method === 'GET') {
      if (!existing) return refuse(404, 'NotFound', `The resource record '${name}' does not exist in resource group.`)
      return { status: 200, body: { id: path, name, type: `Microsoft.Network/dnszones/${type}`, ...existing } }
    }
    if ((match && match !== existing?.etag) || (noneMatch === '*' && existing)) {
      return refuse(412, 'PreconditionFailed', 'The condition was not met.')
    }
    if (!match && noneMatch !== '*') return refuse(400, 'Unguarded', 'the stand-in wants every write guarded')
    if (request.method === 'DELETE') {
      zone.resources.delete(key)
      return { status: 200 }
    }
    const neighbours = [...zone.resources.keys()].filter((other) => other.endsWith(`/${name}`) && other !== key)
    if (neighbours.some((other) => other.startsWith('CNAME/')) || (type === 'CNAME' && neighbours.length > 0)) {
      return refuse(
        409,
        'Conflict',
        type === 'CNAME'
          ? 'The CNAME record could not be created because another record with the same name already exists in this zone.'
          : 'The record could not be created because a CNAME record with the same name already exists in this zone.',
      )
    }
    const { properties } = JSON.parse(request.body) as Resource
    const made = { etag: `e${nextTag++}`, properties }
    zone.resources.set(key, {
      ...made,
      properties: { ...properties, fqdn: `${name}.${zone.name}.`, provisioningState: 'Succeeded' },
    })
    return { status: existing ? 200 : 201, body: made }
  }

  const standIn = await startStandIn(handle)
  url = standIn.url
  const resources = (name: string) => state.find((zone) => zone.name === name)?.resources ?? new Map<string, Resource>()
  return {
    ...standIn,
    resources,
    dump: (zone) =>
      linesOf(
        [...resources(zone)].map(([key, { properties }]) => {
          const [type = '', name = ''] = key.split('/')
          return { name: `${name}.${zone}`, type, ttl: Number(properties.TTL), values: textOf(type, properties) }
        }),
      ),
  }
}

function token(request: StandInRequest): StandInAnswer {
  const form = new URLSearchParams(request.body)
  const asked =
    request.method === 'POST' &&
    form.get('grant_type') === 'client_credentials' &&
    form.get('client_id') === azurePrincipal.clientId &&
    form.get('scope') === 'https://management.azure.com/.default'
  const proof = form.has('client_assertion')
    ? !form.has('client_secret') &&
      form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' &&
      isTrusted(form.get('client_assertion') ?? '')
    : form.get('client_secret') === azurePrincipal.clientSecret
  return asked && proof
    ? { status: 200, body: { access_token: 'eyJ.example', expires_in: 3599, token_type: 'Bearer' } }
    : {
        status: 401,
        body: {
          error: 'invalid_client',
          error_description: `AADSTS7000215: Invalid client secret ${form.get('client_secret')}, ${form.get('client_assertion')}`,
        },
      }
}

/** RFC 7523 section 3, for the one issuer and subject that the application trusts. */
function isTrusted(assertion: string): boolean {
  const [header = '', claims = '', signature = ''] = assertion.split('.')
  const valid = createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(keys.publicKey, signature, 'base64url')
  if (!valid) return false
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  return (
    said.iss === 'https://oidc.cluster.test/' &&
    said.sub === 'system:serviceaccount:mail:dns' &&
    [said.aud].flat().includes('api://AzureADTokenExchange') &&
    Number(said.exp) > Date.now() / 1000
  )
}

function metadata(request: StandInRequest, identities: readonly string[]): StandInAnswer {
  const query = request.url.searchParams
  if (request.headers.metadata !== 'true' || request.headers['x-forwarded-for'])
    return identityRefusal('Required metadata header not specified')
  if (request.method !== 'GET' || query.get('api-version') !== '2018-02-01') return identityRefusal('Bad api-version')
  const refusal = refuseIdentity(query, identities)
  return refusal ?? { status: 200, body: identityToken({ expires_in: '3599' }) }
}

function appServiceToken(request: StandInRequest, identities: readonly string[]): StandInAnswer {
  const query = request.url.searchParams
  if (request.headers['x-identity-header'] !== appService.header) return { status: 401, body: { statusCode: 401 } }
  if (request.method !== 'GET' || query.get('api-version') !== '2019-08-01') return identityRefusal('Bad api-version')
  return refuseIdentity(query, identities) ?? { status: 200, body: identityToken({}) }
}

function refuseIdentity(query: URLSearchParams, identities: readonly string[]): StandInAnswer | undefined {
  if (query.get('resource')?.replace(/\/$/, '') !== 'https://management.azure.com')
    return { status: 400, body: { error: 'invalid_resource', error_description: 'AADSTS500011: No such resource' } }
  if (!identities.includes(query.get('client_id') ?? 'system')) return identityRefusal('Identity not found')
  return undefined
}

const identityRefusal = (error_description: string): StandInAnswer => ({
  status: 400,
  body: { error: 'invalid_request', error_description },
})

/** Numbers come as text. */
const identityToken = (more: object) => ({
  access_token: 'eyJ.example',
  expires_on: `${Math.floor(Date.now() / 1000) + 3599}`,
  resource: 'https://management.azure.com',
  token_type: 'Bearer',
  ...more,
})

const keyOf = (set: ZoneRecords, zone: string) => `${set.type}/${set.name.slice(0, -zone.length - 1)}`

function propertiesOf(set: ZoneRecords): Record<string, unknown> {
  const bare = set.values.map((value) => value.replace(/\.$/, ''))
  const data: Record<string, unknown> = {
    A: { ARecords: bare.map((ipv4Address) => ({ ipv4Address })) },
    DS: {
      DSRecords: bare.map((value) => {
        const [keyTag, algorithm, algorithmType, digest] = value.split(' ')
        return {
          keyTag: Number(keyTag),
          algorithm: Number(algorithm),
          digest: { algorithmType: Number(algorithmType), value: digest },
        }
      }),
    },
    AAAA: { AAAARecords: bare.map((ipv6Address) => ({ ipv6Address })) },
    CNAME: { CNAMERecord: { cname: bare[0] } },
    NS: { NSRecords: bare.map((nsdname) => ({ nsdname })) },
    MX: {
      MXRecords: bare.map((value) => ({ preference: Number(value.split(' ')[0]), exchange: value.split(' ')[1] })),
    },
    TXT: {
      TXTRecords: set.values.map((value) => ({
        value: [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = '']) => part.replace(/\\(.)/g, '$1')),
      })),
    },
  }
  return { TTL: set.ttl, metadata: { owner: 'mail team' }, fqdn: `${set.name}.`, ...(data[set.type] as object) }
}

function textOf(type: string, properties: Record<string, unknown>): string[] {
  const { TTL: _, fqdn: __, provisioningState: ___, metadata, ...data } = properties
  if (type === 'CNAME') return [`${(data.CNAMERecord as { cname: string }).cname}.`]
  return [JSON.stringify({ data, metadata })]
}

const refuse = (status: number, code: string, message: string): StandInAnswer => ({
  status,
  body: { error: { code, message } },
})
