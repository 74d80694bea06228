import { DnsServiceError } from '../../engine/errors.ts'
import { createHttp } from '../http.ts'
import type { TokenSource } from '../oauth.ts'
import { isObject } from '../shape.ts'
import type { GoogleAuthContext } from './credentials.ts'

/** The token of a service account, by the right of another identity to act as it (iamcredentials.generateAccessToken). */
export function impersonated(
  from: TokenSource,
  account: { url: string; scopes: readonly string[]; delegates?: readonly string[]; lifetime?: number },
  { fetch }: GoogleAuthContext,
): TokenSource {
  const { url, scopes, delegates, lifetime = 3600 } = account
  return async (signal) => {
    const http = createHttp({
      service: 'google',
      label: 'Google (service account)',
      baseUrl: url,
      fetch,
      authorise: async () => ({ authorization: `Bearer ${(await from(signal)).value}` }),
      describeError: (body) =>
        isObject(body) && isObject(body.error) && typeof body.error.message === 'string'
          ? body.error.message
          : undefined,
    })
    const body = { scope: scopes, lifetime: `${lifetime}s`, ...(delegates ? { delegates } : {}) }
    const { body: answer } = await http('', { method: 'POST', body, signal })
    const expiresAt = isObject(answer) ? Date.parse(String(answer.expireTime)) : Number.NaN
    if (!isObject(answer) || typeof answer.accessToken !== 'string' || Number.isNaN(expiresAt)) {
      throw new DnsServiceError({
        service: 'google',
        kind: 'bad-answer',
        message: 'Google gave no token for the service account.',
        fix: '',
      })
    }
    return { value: answer.accessToken, expiresAt }
  }
}
