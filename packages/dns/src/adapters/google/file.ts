import { createSign } from 'node:crypto'
import { fieldsOf } from '../fields.ts'
import { requestToken, type TokenSource } from '../oauth.ts'
import { isObject, type JsonObject } from '../shape.ts'
import type { GoogleAuthContext, GoogleCredentials } from './credentials.ts'
import { unusableCredentials } from './errors.ts'
import { externalAccount } from './external.ts'
import { impersonated } from './impersonation.ts'
import { dnsScope, platformScope } from './scopes.ts'

/** What the text of a credentials file stands for. `source` is how messages call it. */
export function credentialsFromJson(text: string, source: string, context: GoogleAuthContext): GoogleCredentials {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw unusableCredentials(`${source} is not JSON`)
  }
  return fromObject(json, source, [dnsScope], context)
}

function fromObject(
  json: unknown,
  source: string,
  scopes: readonly string[],
  context: GoogleAuthContext,
): GoogleCredentials {
  if (!isObject(json)) throw unusableCredentials(`${source} is not a JSON object`)
  const type = String(json.type)
  const make = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (make) return make({ json, source, scopes, context, field: (name) => fieldOf(json, source, name) })
  throw unusableCredentials(
    `${source} has a type that is not supported; supported are ${Object.keys(kinds).join(', ')}`,
  )
}

interface Kind {
  json: JsonObject
  source: string
  scopes: readonly string[]
  context: GoogleAuthContext
  /** A text that must be there. */
  field(name: string): string
}

const kinds: Record<string, (kind: Kind) => GoogleCredentials> = {
  service_account({ field, scopes, context }) {
    const uri = field('token_uri')
    const project = field('project_id')
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
    const assertion = () =>
      serviceAccountJwt({
        email: field('client_email'),
        keyId: field('private_key_id'),
        privateKey: field('private_key'),
        audience: uri,
        scope: scopes.join(' '),
        now: context.clock(),
      })
    return {
      project: async () => project,
      token: (signal) => exchange(uri, { grant_type, assertion: assertion() }, context, signal),
    }
  },

  authorized_user({ json, field, context }) {
    const uri = typeof json.token_uri === 'string' ? json.token_uri : 'https://oauth2.googleapis.com/token'
    const form = {
      grant_type: 'refresh_token',
      client_id: field('client_id'),
      client_secret: field('client_secret'),
      refresh_token: field('refresh_token'),
    }
    return { project: quotaProject(json), token: (signal) => exchange(uri, form, context, signal) }
  },

  external_account({ json, source, scopes, context }) {
    return { project: quotaProject(json), token: externalAccount(json, source, scopes, context) }
  },

  impersonated_service_account({ json, source, scopes, context, field }) {
    field('service_account_impersonation_url')
    const url = fieldsOf('google', json, `${source}: `).url('service_account_impersonation_url') as string
    const from = fromObject(json.source_credentials, `source_credentials of ${source}`, [platformScope], context)
    const delegates = Array.isArray(json.delegates) ? json.delegates.map(String) : undefined
    return {
      project: quotaProject(json),
      token: impersonated(from.token, { url, scopes, ...(delegates ? { delegates } : {}) }, context),
    }
  },
}

const quotaProject = (json: JsonObject) => async () =>
  typeof json.quota_project_id === 'string' ? json.quota_project_id : undefined

function fieldOf(json: JsonObject, source: string, name: string): string {
  const value = json[name]
  if (typeof value === 'string' && value !== '') return value
  throw unusableCredentials(`${source} lacks "${name}"`)
}

function exchange(
  url: string,
  form: Record<string, string>,
  { fetch, clock }: GoogleAuthContext,
  signal: AbortSignal | undefined,
): ReturnType<TokenSource> {
  return requestToken({ service: 'google', label: 'Google (sign-in)', url, form, signal, fetch, clock })
}

// RFC 7523 section 2.1, as Google wants it for service accounts.
function serviceAccountJwt(claims: {
  email: string
  keyId: string
  privateKey: string
  audience: string
  scope: string
  now: number
}): string {
  const { email, keyId, privateKey, audience, scope, now } = claims
  const issued = Math.floor(now / 1000)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT', kid: keyId })}.${encode({ iss: email, scope, aud: audience, iat: issued, exp: issued + 3600 })}`
  try {
    return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`
  } catch {
    throw unusableCredentials('The private key of the service account cannot be used')
  }
}
