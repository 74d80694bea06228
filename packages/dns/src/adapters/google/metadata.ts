import { DnsServiceError } from '../../engine/errors.ts'
import { createHttp } from '../http.ts'
import { isObject } from '../shape.ts'
import type { GoogleAuthContext, GoogleCredentials } from './credentials.ts'
import { dnsScope } from './scopes.ts'

/** The metadata server of Compute Engine, GKE and Cloud Run, which no machine outside Google can reach. */
const defaultHost = '169.254.169.254'
/** It answers within milliseconds; elsewhere nobody does. */
const probeTimeout = 1000
const flavor = { 'metadata-flavor': 'Google' }

/** The service account of the machine. `absent` makes the error for where there is none. */
export function metadataCredentials(
  context: GoogleAuthContext,
  absent: (problem: string) => DnsServiceError,
): GoogleCredentials {
  const { env, clock } = context
  const told = env.GCE_METADATA_IP || env.GCE_METADATA_HOST
  const detection = env.METADATA_SERVER_DETECTION?.trim().toLowerCase()
  const host = told || defaultHost
  const baseUrl = /^https?:\/\//.test(host) ? host.replace(/\/+$/, '') : `http://${host}`
  const http = createHttp({
    service: 'google',
    label: 'Google (metadata server)',
    baseUrl: `${baseUrl}/computeMetadata/v1`,
    fetch: context.fetch,
    timeout: 5000,
    authorise: () => flavor,
    describeError: () => undefined,
  })
  // Told where it is, nobody needs to find out first whether it is there.
  let isThere = told !== undefined && told !== '' ? true : detection === 'assume-present'

  async function ask(path: string, query: Record<string, string>, signal: AbortSignal | undefined): Promise<string> {
    if (detection === 'none' || env.NO_GCE_CHECK === 'true') throw absent('switched off in the environment')
    if (!isThere && !(await answers(baseUrl, context, signal))) throw absent(`nobody answers at ${host}`)
    isThere = true
    try {
      const { body, headers } = await http(path, { query, signal, text: true })
      if (headers.get('metadata-flavor') === 'Google') return String(body)
    } catch (error) {
      signal?.throwIfAborted()
      const isAnswer = error instanceof DnsServiceError && error.kind !== 'unavailable' && error.kind !== 'timed-out'
      if (isAnswer && error.kind === 'not-found') throw absent('no service account is attached to this machine')
      if (isAnswer || !(error instanceof DnsServiceError)) throw error
      throw absent(`${host} did not answer`)
    }
    throw absent(`what answers at ${host} is none`)
  }

  return {
    async project() {
      return (await ask('/project/project-id', {}, undefined)).trim()
    },
    async token(signal) {
      const text = await ask('/instance/service-accounts/default/token', { scopes: dnsScope }, signal)
      const answer = parse(text)
      if (typeof answer?.access_token === 'string') {
        return { value: answer.access_token, expiresAt: clock() + Number(answer.expires_in ?? 300) * 1000 }
      }
      throw new DnsServiceError({
        service: 'google',
        kind: 'bad-answer',
        message: 'Google (metadata server) gave no access token.',
        fix: '',
      })
    },
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether there is a metadata server. Anybody may answer at its address; only Google's says so in a header. */
async function answers(baseUrl: string, context: GoogleAuthContext, signal: AbortSignal | undefined): Promise<boolean> {
  const limit = AbortSignal.timeout(probeTimeout)
  try {
    const response = await (context.fetch ?? fetch)(`${baseUrl}/`, {
      headers: flavor,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    await response.text()
    return response.headers.get('metadata-flavor') === 'Google'
  } catch {
    signal?.throwIfAborted()
    return false
  }
}
