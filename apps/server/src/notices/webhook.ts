import { createHmac, randomBytes } from 'node:crypto'
import { lookup as systemLookup } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPrivateName } from '../network/private-names.ts'
import { isPublicAddress } from '../network/public-address.ts'

/** A message as the Standard Webhooks specification 1.0 describes it. */
export interface WebhookMessage {
  /** The same for each attempt, so that a receiver can leave out repetitions. */
  id: string
  body: string
}

export interface WebhookOptions {
  url: string
  /** `whsec_` and the key in base64. */
  secret: string
  /** Whether private networks may be reached, and plain HTTP used. */
  allowPrivate: boolean
  /** Milliseconds since 1970. */
  now: number
  /** PEM of further authorities. Default: the public ones. */
  ca?: string
  /** Default: the resolver of the system. */
  lookup?: typeof systemLookup
  signal: AbortSignal
}

/** Milliseconds for one attempt. */
const timeout = 10_000

/** What a secret begins with that lies in the store unencrypted. */
export const plainSecret = 'whsec_'
export const newWebhookSecret = (): string => `${plainSecret}${randomBytes(32).toString('base64')}`

/** The headers of a message: `webhook-signature` is an HMAC-SHA256 over id, timestamp and body. */
function signedHeaders({ id, body }: WebhookMessage, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

/** Why a URL cannot receive notices, as a sentence; undefined where it can. */
export function webhookFault(text: string, allowPrivate: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return `${text} is no URL of a web server.`
  if (url.username !== '' || url.password !== '') return 'The URL must carry no user and password: messages are signed.'
  if (allowPrivate) return undefined
  if (url.protocol !== 'https:') return 'The URL must begin with https://.'
  const host = url.hostname.replace(/^\[|\]$|\.$/g, '')
  if (isIP(host) !== 0) return isPublicAddress(host) ? undefined : `${host} is not a public address.`
  // The resolver of the system may know them, and is not asked.
  return host.includes('.') && !isPrivateName(host)
    ? undefined
    : `${host} is a name of private networks, without a public address.`
}

/**
 * Sends a message once. Resolves when the receiver answers with 2xx; its answer is not read, and redirects are not followed.
 * Connects to public addresses only, whatever the name resolves to at that moment.
 *
 * @throws {Error} with one sentence about what happened
 */
export async function sendWebhook(message: WebhookMessage, options: WebhookOptions): Promise<void> {
  const { url, secret, allowPrivate, now, ca, signal } = options
  const fault = webhookFault(url, allowPrivate)
  if (fault !== undefined) throw new Error(fault)
  const begin = url.startsWith('https:') ? overHttps : overHttp
  const status = await new Promise<number>((resolve, reject) => {
    const request = begin(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(message.body),
        'user-agent': 'dmarc-server',
        ...signedHeaders(message, secret, now),
      },
      // A connection of its own: a kept one would pass the check of the address by.
      agent: false,
      lookup: allowPrivate ? options.lookup : publicLookup(options.lookup ?? systemLookup),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      ...(ca === undefined ? {} : { ca }),
    })
    request.on('response', (response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', (error) =>
      reject(error.name === 'TimeoutError' ? new Error(`It did not answer within ${timeout / 1000} s.`) : error),
    )
    request.end(message.body)
  })
  if (status >= 200 && status < 300) return
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : ''
  throw new Error(`It answered with HTTP status ${status}${redirect}.`)
}

/** Looks names up as `lookup` does, and leaves out addresses that are not public. */
function publicLookup(lookup: typeof systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const allowed = addresses.filter(({ address }) => isPublicAddress(address))
      const [first] = allowed
      if (!first) return callback(new Error(`${hostname} resolves to no public address.`), '', 0)
      if (options.all) return callback(null, allowed)
      return callback(null, first.address, first.family)
    })
  }
}
