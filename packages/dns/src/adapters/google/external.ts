import { readFile } from 'node:fs/promises'
import { pathText } from '../../path-text.ts'
import { type Fields, fieldsOf } from '../fields.ts'
import { createHttp } from '../http.ts'
import { requestToken, type TokenSource } from '../oauth.ts'
import { isObject, type JsonObject } from '../shape.ts'
import type { GoogleAuthContext } from './credentials.ts'
import { unusableCredentials } from './errors.ts'
import { impersonated } from './impersonation.ts'
import { platformScope } from './scopes.ts'

type SubjectToken = (signal: AbortSignal | undefined) => Promise<string>

/**
 * Workload identity federation (google.aip.dev/auth/4117): a token of another issuer, from a file or an address, is
 * exchanged for one of Google (RFC 8693), and that for one of a service account where the file names one.
 */
export function externalAccount(
  json: JsonObject,
  source: string,
  scopes: readonly string[],
  context: GoogleAuthContext,
): TokenSource {
  const fields = fieldsOf('google', json, `${source}: `)
  const url = fields.url('token_url') ?? 'https://sts.googleapis.com/v1/token'
  const audience = fields.requiredText('audience')
  const subjectType = fields.requiredText('subject_token_type')
  const clientId = fields.text('client_id')
  const userProject = fields.text('workforce_pool_user_project')
  const subject = subjectToken(json.credential_source, source, context)
  const impersonation = fields.url('service_account_impersonation_url')
  const headers = clientId ? { authorization: basic(clientId, fields.text('client_secret') ?? '') } : undefined
  const federated: TokenSource = async (signal) =>
    requestToken({
      service: 'google',
      label: 'Google (workload identity federation)',
      url,
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        audience,
        scope: impersonation ? platformScope : scopes.join(' '),
        subject_token: await subject(signal),
        subject_token_type: subjectType,
        // Whose quota a workforce uses, where no client tells it.
        ...(userProject && !headers ? { options: JSON.stringify({ userProject }) } : {}),
      },
      ...(headers ? { headers } : {}),
      fetch: context.fetch,
      clock: context.clock,
      signal,
    })
  if (!impersonation) return federated
  const lifetime = fields
    .object('service_account_impersonation')
    ?.integer('token_lifetime_seconds', { min: 600, max: 43_200 })
  return impersonated(federated, { url: impersonation, scopes, ...(lifetime ? { lifetime } : {}) }, context)
}

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`

function subjectToken(credentialSource: unknown, source: string, context: GoogleAuthContext): SubjectToken {
  if (!isObject(credentialSource)) throw unusableCredentials(`${source} lacks "credential_source"`)
  const fields = fieldsOf('google', credentialSource, `${source}: credential_source.`)
  const read = reader(fields, source)
  const file = fields.text('file')
  const url = fields.url('url', { plainHttp: true })
  if (credentialSource.environment_id !== undefined || (file === undefined) === (url === undefined)) {
    const given = Object.keys(credentialSource).join(', ')
    throw unusableCredentials(
      `The credential_source of ${source} has ${given || 'nothing'}; supported are a file or a url, and not those of AWS, executables and certificates`,
    )
  }
  // Read each time: whoever puts the token there renews it within the hour.
  if (file !== undefined) {
    return async () => {
      const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
        throw unusableCredentials(
          `The token file${pathText(file)}, which ${source} names, cannot be read (${cause.code})`,
          cause,
        )
      })
      return read(text, `the file${pathText(file)}`)
    }
  }
  const headers = isObject(credentialSource.headers) ? credentialSource.headers : {}
  const http = createHttp({
    service: 'google',
    label: `The token address of ${source}`,
    baseUrl: url as string,
    fetch: context.fetch,
    authorise: () => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    describeError: () => undefined,
  })
  return async (signal) => read(String((await http('', { text: true, signal })).body), 'the token address')
}

/** The token in what a file or an address holds: all of it, or a field of JSON. */
function reader(fields: Fields, source: string): (text: string, from: string) => string {
  const format = fields.object('format')
  const type = format?.oneOf('type', ['text', 'json']) ?? 'text'
  const name = type === 'json' ? format?.requiredText('subject_token_field_name') : undefined
  return (text, from) => {
    const token = name === undefined ? text.trim() : fieldOf(text, name)
    if (token) return token
    const where = name === undefined ? 'is empty' : `has no text "${name}"`
    throw unusableCredentials(`What ${source} expects a token from, ${from}, ${where}`)
  }
}

function fieldOf(text: string, name: string): string | undefined {
  try {
    const value = (JSON.parse(text) as JsonObject | null)?.[name]
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
