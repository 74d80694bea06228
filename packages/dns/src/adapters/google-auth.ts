import { createSign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { DnsServiceError } from '../engine/errors.ts'
import type { GoogleConfig } from './google-config.ts'
import { requestToken, type Token } from './oauth.ts'
import { isObject, type JsonObject } from './shape.ts'

export interface GoogleAuthContext {
  fetch?: typeof fetch | undefined
  clock: () => number
  env: Record<string, string | undefined>
}

export interface GoogleCredentials {
  project?: string
  token(signal: AbortSignal | undefined): Promise<Token>
}

const scope = 'https://www.googleapis.com/auth/ndev.clouddns.readwrite'

/**
 * Google's application default credentials (google.aip.dev/auth/4110): explicit ones, the file named by
 * GOOGLE_APPLICATION_CREDENTIALS, the file of `gcloud auth application-default login`, the metadata server.
 */
export async function googleCredentials(config: GoogleConfig, context: GoogleAuthContext): Promise<GoogleCredentials> {
  const { accessToken } = config
  if (accessToken) return { token: async () => ({ value: accessToken, expiresAt: context.clock() + 300_000 }) }
  if (config.credentials) return fromJson(config.credentials, 'credentials', context)
  const named = config.credentialsFile ?? context.env.GOOGLE_APPLICATION_CREDENTIALS
  if (named) {
    const text = await readFile(named, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      throw unusable(`The credentials file ${named} cannot be read (${cause.code})`, cause)
    })
    return fromJson(text, named, context)
  }
  const folder = context.env.CLOUDSDK_CONFIG ?? join(homedir(), '.config', 'gcloud')
  const file = join(folder, 'application_default_credentials.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? fromMetadata(context) : fromJson(text, file, context)
}

function fromJson(text: string, source: string, context: GoogleAuthContext): GoogleCredentials {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw unusable(`${source} is not JSON`)
  }
  if (!isObject(json)) throw unusable(`${source} is not a JSON object`)
  const field = (name: string): string => {
    const value = (json as JsonObject)[name]
    if (typeof value === 'string' && value !== '') return value
    throw unusable(`${source} lacks "${name}"`)
  }
  const exchange = (url: string, form: Record<string, string>, signal: AbortSignal | undefined) =>
    requestToken({
      service: 'google',
      label: 'Google (sign-in)',
      url,
      form,
      signal,
      fetch: context.fetch,
      clock: context.clock,
    })

  if (json.type === 'service_account') {
    const uri = field('token_uri')
    const assertion = () =>
      serviceAccountJwt(field('client_email'), field('private_key_id'), field('private_key'), uri, context.clock())
    return {
      project: field('project_id'),
      token: (signal) =>
        exchange(uri, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion() }, signal),
    }
  }
  if (json.type === 'authorized_user') {
    const uri = typeof json.token_uri === 'string' ? json.token_uri : 'https://oauth2.googleapis.com/token'
    const form = {
      grant_type: 'refresh_token',
      client_id: field('client_id'),
      client_secret: field('client_secret'),
      refresh_token: field('refresh_token'),
    }
    const quota = json.quota_project_id
    return { ...(typeof quota === 'string' ? { project: quota } : {}), token: (signal) => exchange(uri, form, signal) }
  }
  throw unusable(`${source} has the type "${String(json.type)}"; service_account and authorized_user are supported`)
}

// RFC 7523 section 2.1, as Google wants it for service accounts.
function serviceAccountJwt(email: string, keyId: string, privateKey: string, audience: string, now: number): string {
  const issued = Math.floor(now / 1000)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT', kid: keyId })}.${encode({ iss: email, scope, aud: audience, iat: issued, exp: issued + 3600 })}`
  try {
    return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')}`
  } catch {
    throw unusable('The private key of the service account cannot be used')
  }
}

function fromMetadata(context: GoogleAuthContext): GoogleCredentials {
  const host = context.env.GCE_METADATA_HOST ?? 'metadata.google.internal'
  const path = '/computeMetadata/v1/instance/service-accounts/default/token'
  return {
    token: (signal) =>
      requestToken({
        service: 'google',
        label: 'Google (metadata server)',
        url: `http://${host}${path}`,
        method: 'GET',
        headers: { 'metadata-flavor': 'Google' },
        fetch: context.fetch,
        clock: context.clock,
        // Off Google's machines the name does not resolve, or nobody answers.
        signal: AbortSignal.any([AbortSignal.timeout(3000), ...(signal ? [signal] : [])]),
      }).catch((cause) => {
        signal?.throwIfAborted()
        throw unusable('No Google credentials were found', cause)
      }),
  }
}

function unusable(message: string, cause?: unknown): DnsServiceError {
  return new DnsServiceError(
    {
      service: 'google',
      kind: 'unauthorised',
      message: `${message}.`,
      fix: 'Run "gcloud auth application-default login", or set GOOGLE_APPLICATION_CREDENTIALS to a key file.',
    },
    { cause },
  )
}
