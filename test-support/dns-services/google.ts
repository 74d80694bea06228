import { createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import { linesOf, type ZoneRecords } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// Google Cloud DNS v1, the token endpoint, the exchange of federated tokens (STS), the making of a service account's
// tokens (IAM), and the metadata server of a machine, as their references describe them.

interface Rrset {
  name: string
  type: string
  ttl: number
  rrdatas?: string[]
  routingPolicy?: unknown
}

export interface GoogleStandIn extends StandIn {
  /** A service account's key file. */
  credentials: string
  /** A file of workload identity federation, as gcloud makes it. */
  external(credentialSource: object, more?: object): Record<string, unknown>
  /** Where a token of a service account is made. */
  impersonationUrl: string
  /** Where a workload gets its subject token, with what it has to send along. */
  subjectTokenSource: { url: string; headers: Record<string, string> }
  dump(zone: string): string[]
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const issuerKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** The provider of a workload identity pool, which trusts one issuer and one subject. */
const provider = '//iam.googleapis.com/projects/123456/locations/global/workloadIdentityPools/ci/providers/issuer'
const robot = 'robot@my-project.iam.gserviceaccount.com'
const dnsScope = 'https://www.googleapis.com/auth/ndev.clouddns.readwrite'
const platformScope = 'https://www.googleapis.com/auth/cloud-platform'

/** A token of the issuer that the provider trusts. */
export function subjectToken(claims: Record<string, unknown> = {}): string {
  const now = Math.floor(Date.now() / 1000)
  const said = {
    iss: 'https://issuer.test',
    sub: 'repo:org/dns',
    aud: `https:${provider}`,
    iat: now,
    exp: now + 600,
    ...claims,
  }
  const unsigned = `${encode({ alg: 'RS256', kid: 'i1' })}.${encode(said)}`
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(issuerKeys.privateKey, 'base64url')}`
}

export async function startGoogle(
  zones: { name: string; visibility?: string; sets: ZoneRecords[]; routingPolicy?: unknown }[],
  { ignoresFilters = false, pageSize = 100 } = {},
): Promise<GoogleStandIn> {
  const state = zones.map((zone, index) => ({
    id: `zone-${index}`,
    visibility: 'public',
    ...zone,
    rrsets: zone.sets.map(
      (set): Rrset => ({ name: `${set.name}.`, type: set.type, ttl: set.ttl, rrdatas: [...set.values] }),
    ),
  }))
  let url = ''
  let changes = 0

  const handle = (request: StandInRequest): StandInAnswer => {
    if (request.url.pathname === '/token') return token(request)
    if (request.url.pathname === '/v1/token') return exchange(request)
    if (request.url.pathname === `/v1/projects/-/serviceAccounts/${robot}:generateAccessToken`)
      return impersonate(request)
    if (request.url.pathname === '/oidc') return giveSubjectToken(request)
    if (request.url.pathname === '/' || request.url.pathname.startsWith('/computeMetadata/v1')) return metadata(request)
    if (request.headers.authorization !== 'Bearer ya29.example') return refuse(401, 'authError', 'Invalid Credentials')
    const [, , , , project, , zoneId, resource, changeId] = request.url.pathname.split('/')
    if (project !== 'my-project') return refuse(404, 'notFound', `The project ${project} does not exist.`)
    const query = request.url.searchParams
    if (!zoneId) {
      const found = state.filter((zone) => ignoresFilters || `${zone.name}.` === query.get('dnsName'))
      const list = found.map((zone) => ({
        name: zone.id,
        dnsName: `${zone.name}.`,
        visibility: zone.visibility,
        nameServers: ['ns-cloud-a1.googledomains.com.'],
      }))
      return page('managedZones', list, query)
    }
    const zone = state.find((candidate) => candidate.id === zoneId)
    if (!zone) return refuse(404, 'notFound', 'The zone does not exist.')
    if (resource === 'rrsets') {
      return page(
        'rrsets',
        zone.rrsets.filter((set) => ignoresFilters || !query.has('name') || set.name === query.get('name')),
        query,
      )
    }
    if (changeId) return { status: 200, body: { id: changeId, status: 'done' } }

    const { deletions, additions } = JSON.parse(request.body) as Record<'deletions' | 'additions', Rrset[]>
    let rrsets = zone.rrsets
    for (const [index, gone] of deletions.entries()) {
      const found = rrsets.find((set) => identity(set) === identity(gone))
      if (!found) return refuse(412, 'conditionNotMet', `Precondition not met for 'entity.change.deletions[${index}]'`)
      rrsets = rrsets.filter((set) => set !== found)
    }
    for (const [index, added] of additions.entries()) {
      const here = rrsets.filter((set) => set.name === added.name)
      if (here.some((set) => set.type === added.type)) {
        return refuse(409, 'alreadyExists', `The resource 'entity.change.additions[${index}]' already exists`)
      }
      if (here.some((set) => set.type === 'CNAME') || (added.type === 'CNAME' && here.length > 0)) {
        return refuse(
          400,
          'cnameResourceRecordSetConflict',
          `The resource record set is invalid because the DNS name may have either one CNAME or other records`,
        )
      }
      const { name, type, ttl, rrdatas, routingPolicy } = added
      rrsets = [...rrsets, { name, type, ttl, ...(rrdatas ? { rrdatas } : { routingPolicy }) }]
    }
    zone.rrsets = rrsets
    return { status: 200, body: { id: `${++changes}`, status: 'pending' } }
  }

  /** Checks the assertion of RFC 7523: signature, issuer, audience, scope, times. */
  function token(request: StandInRequest): StandInAnswer {
    const form = new URLSearchParams(request.body)
    if (form.get('grant_type') === 'refresh_token') {
      const good = form.get('refresh_token') === 'refresh-1' && form.get('client_secret') === 'secret-1'
      // Somebody who may act as a service account, and has no rights of their own.
      if (good && form.get('client_id') === 'developer')
        return { status: 200, body: { access_token: 'ya29.federated', expires_in: 3599, token_type: 'Bearer' } }
      return good ? issued : { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } }
    }
    const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    const valid = createVerify('RSA-SHA256')
      .update(`${header}.${claims}`)
      .verify(keys.publicKey, signature, 'base64url')
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, number | string>
    const good =
      valid &&
      said.iss === 'robot@my-project.iam.gserviceaccount.com' &&
      said.aud === `${url}/token` &&
      String(said.scope).includes('clouddns') &&
      Number(said.exp) - Number(said.iat) <= 3600
    return good
      ? issued
      : { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } }
  }

  function page(field: string, all: unknown[], query: URLSearchParams): StandInAnswer {
    const from = Number(query.get('pageToken') ?? 0)
    const next = from + pageSize
    return {
      status: 200,
      body: { [field]: all.slice(from, next), ...(next < all.length ? { nextPageToken: `${next}` } : {}) },
    }
  }

  const standIn = await startStandIn(handle)
  url = standIn.url
  const credentials = JSON.stringify({
    type: 'service_account',
    project_id: 'my-project',
    private_key_id: 'key-1',
    private_key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: 'robot@my-project.iam.gserviceaccount.com',
    token_uri: `${url}/token`,
  })
  const impersonationUrl = `${url}/v1/projects/-/serviceAccounts/${robot}:generateAccessToken`
  return {
    ...standIn,
    credentials,
    impersonationUrl,
    subjectTokenSource: { url: `${url}/oidc?audience=pool`, headers: { Authorization: 'Bearer request~token' } },
    external: (credential_source, more = {}) => ({
      type: 'external_account',
      audience: provider,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${url}/v1/token`,
      credential_source,
      ...more,
    }),
    dump: (name) =>
      linesOf(
        (state.find((zone) => zone.name === name)?.rrsets ?? []).map((set) => ({
          name: set.name.slice(0, -1),
          type: set.type,
          ttl: set.ttl,
          values: set.rrdatas ?? [JSON.stringify(set.routingPolicy)],
        })),
      ),
  }
}

/** RFC 8693, for tokens that the provider trusts. Without a scope for DNS the token is good for impersonation only. */
function exchange(request: StandInRequest): StandInAnswer {
  const form = new URLSearchParams(request.body)
  const [header = '', claims = '', signature = ''] = (form.get('subject_token') ?? '').split('.')
  const valid = createVerify('RSA-SHA256')
    .update(`${header}.${claims}`)
    .verify(issuerKeys.publicKey, signature, 'base64url')
  const said = valid ? JSON.parse(Buffer.from(claims, 'base64url').toString()) : {}
  const asked =
    request.method === 'POST' &&
    form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:token-exchange' &&
    form.get('requested_token_type') === 'urn:ietf:params:oauth:token-type:access_token' &&
    form.get('subject_token_type') === 'urn:ietf:params:oauth:token-type:jwt' &&
    [dnsScope, platformScope].includes(form.get('scope') ?? '')
  if (!asked) return { status: 400, body: { error: 'invalid_request', error_description: 'Invalid arguments.' } }
  if (form.get('audience') !== provider) {
    return { status: 400, body: { error: 'invalid_target', error_description: 'The target service is not known.' } }
  }
  const trusted =
    said.iss === 'https://issuer.test' &&
    said.sub === 'repo:org/dns' &&
    said.aud === `https:${provider}` &&
    said.exp > Date.now() / 1000
  if (!trusted) {
    return {
      status: 400,
      body: { error: 'invalid_grant', error_description: `Cannot use ${form.get('subject_token')}` },
    }
  }
  return {
    status: 200,
    body: {
      access_token: form.get('scope') === dnsScope ? 'ya29.example' : 'ya29.federated',
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3599,
    },
  }
}

function impersonate(request: StandInRequest): StandInAnswer {
  if (request.headers.authorization !== 'Bearer ya29.federated')
    return refuse(403, 'forbidden', "Permission 'iam.serviceAccounts.getAccessToken' denied on resource.")
  const { scope, lifetime } = JSON.parse(request.body) as { scope: string[]; lifetime: string }
  const seconds = Number(/^(\d+)s$/.exec(lifetime)?.[1])
  if (request.method !== 'POST' || !scope.includes(dnsScope) || !(seconds > 0 && seconds <= 3600))
    return refuse(400, 'badRequest', 'Request contains an invalid argument.')
  const expireTime = new Date(Date.now() + seconds * 1000).toISOString()
  return { status: 200, body: { accessToken: 'ya29.example', expireTime } }
}

function giveSubjectToken(request: StandInRequest): StandInAnswer {
  return request.method === 'GET' && request.headers.authorization === 'Bearer request~token'
    ? { status: 200, body: { value: subjectToken() } }
    : { status: 401, body: 'Unauthorized' }
}

function metadata(request: StandInRequest): StandInAnswer {
  const headers = { 'metadata-flavor': 'Google', 'content-type': 'application/text' }
  if (request.headers['metadata-flavor'] !== 'Google' || request.headers['x-forwarded-for'])
    return { status: 403, headers, body: 'Missing Metadata-Flavor:Google header.' }
  const { pathname, searchParams } = request.url
  if (pathname === '/') return { status: 200, headers, body: 'computeMetadata/\n' }
  if (pathname === '/computeMetadata/v1/project/project-id') return { status: 200, headers, body: 'my-project' }
  if (pathname !== '/computeMetadata/v1/instance/service-accounts/default/token') return { status: 404, headers }
  if (searchParams.get('scopes') !== dnsScope) return { status: 400, headers, body: 'bad scopes' }
  return { ...issued, headers: { 'metadata-flavor': 'Google' } }
}

const issued: StandInAnswer = {
  status: 200,
  body: { access_token: 'ya29.example', expires_in: 3599, token_type: 'Bearer' },
}
const identity = (set: Rrset) =>
  JSON.stringify([set.name, set.type, set.ttl, [...(set.rrdatas ?? [])].sort(), set.routingPolicy])
const refuse = (code: number, reason: string, message: string): StandInAnswer => ({
  status: code,
  body: { error: { code, message, errors: [{ domain: 'global', reason, message }] } },
})
