import { createVerify, generateKeyPairSync } from 'node:crypto'
import type { RecordSet } from '../../src/engine/types.ts'
import { linesOf } from '../zone-dump.ts'
import { type StandIn, type StandInAnswer, type StandInRequest, startStandIn } from './server.ts'

// Google Cloud DNS v1 and the token endpoint, as their references describe them.

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
  dump(zone: string): string[]
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })

export async function startGoogle(
  zones: { name: string; visibility?: string; sets: RecordSet[]; routingPolicy?: unknown }[],
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
        zone.rrsets.filter((set) => ignoresFilters || set.name === query.get('name')),
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
  return {
    ...standIn,
    credentials,
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
