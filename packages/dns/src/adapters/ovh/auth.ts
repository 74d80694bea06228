import { createHash } from 'node:crypto'
import { DnsServiceError } from '../../engine/errors.ts'
import type { OvhConfig } from '../../services/ovh.ts'
import { createHttp, type OutgoingRequest, type Sleep } from '../http.ts'
import { cachedToken, requestToken } from '../oauth.ts'

export interface OvhContext {
  fetch?: typeof fetch | undefined
  sleep?: Sleep | undefined
  clock?: (() => number) | undefined
}

/** The APIs of OVHcloud's companies, and where their tokens come from. */
const endpoints = {
  'ovh-eu': { api: 'https://api.eu.ovhcloud.com/1.0', login: 'https://auth.eu.ovhcloud.com/oauth2/token' },
  'ovh-ca': { api: 'https://api.ca.ovhcloud.com/1.0', login: 'https://auth.ca.ovhcloud.com/oauth2/token' },
  'ovh-us': { api: 'https://api.us.ovhcloud.com/1.0', login: 'https://us.ovhcloud.com/auth/oauth2/token' },
} as const

export const apiOf = ({ baseUrl, endpoint = 'ovh-eu' }: OvhConfig): string => baseUrl ?? endpoints[endpoint].api

type Authorise = (signal: AbortSignal | undefined, request: OutgoingRequest) => Promise<Record<string, string>>

/**
 * The headers of a request, by what the settings hold: a ready token, a service account (OAuth 2.0 client credentials), or
 * an application with its consumer key, whose requests are signed.
 */
export function ovhAuthorisation(config: OvhConfig, context: OvhContext): Authorise {
  const { accessToken, clientId, clientSecret, applicationKey, applicationSecret, consumerKey } = config
  const { clock = Date.now } = context
  if (accessToken !== undefined) return async () => ({ authorization: `Bearer ${accessToken}` })
  if (clientId !== undefined && clientSecret !== undefined) {
    const current = cachedToken(
      (signal) =>
        requestToken({
          service: 'ovh',
          label: 'OVHcloud sign-in',
          url: config.loginUrl ?? endpoints[config.endpoint ?? 'ovh-eu'].login,
          form: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: 'all' },
          fetch: context.fetch,
          clock,
          signal,
        }),
      clock,
    )
    return async (signal) => ({ authorization: `Bearer ${(await current(signal)).value}` })
  }
  if (applicationKey !== undefined && applicationSecret !== undefined && consumerKey !== undefined) {
    const now = serverTime(config, context)
    return async (signal, { method, url, body }) => {
      const timestamp = await now(signal)
      const signed = [applicationSecret, consumerKey, method, url.href, body, timestamp].join('+')
      return {
        'x-ovh-application': applicationKey,
        'x-ovh-consumer': consumerKey,
        'x-ovh-timestamp': `${timestamp}`,
        'x-ovh-signature': `$1$${createHash('sha1').update(signed).digest('hex')}`,
      }
    }
  }
  throw new DnsServiceError({
    service: 'ovh',
    kind: 'configuration',
    message: 'The ovh settings hold no complete credentials.',
    fix: 'Set clientId and clientSecret (a service account), or applicationKey, applicationSecret and consumerKey, or accessToken.',
  })
}

/** Seconds since 1970 as the service counts them, because it refuses signatures of another time. Asked once. */
function serverTime(config: OvhConfig, context: OvhContext): (signal: AbortSignal | undefined) => Promise<number> {
  const { clock = Date.now } = context
  const http = createHttp({
    service: 'ovh',
    label: 'OVHcloud',
    baseUrl: apiOf(config),
    fetch: context.fetch,
    sleep: context.sleep,
    clock,
    timeout: config.timeout,
    authorise: () => ({}),
    describeError: () => undefined,
  })
  let offset: number | undefined
  return async (signal) => {
    if (offset === undefined) {
      const { body } = await http('/auth/time', { signal })
      if (typeof body !== 'number') {
        const message = 'OVHcloud did not say what time it is.'
        throw new DnsServiceError({ service: 'ovh', kind: 'bad-answer', message, fix: 'Check the address of the API.' })
      }
      offset = body - Math.floor(clock() / 1000)
    }
    return Math.floor(clock() / 1000) + offset
  }
}
