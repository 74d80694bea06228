import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect as connectTcp } from 'node:net'
import { Readable } from 'node:stream'
import { connect as connectTls, rootCertificates, type TLSSocket } from 'node:tls'
import { bypassesProxy, proxyUrl } from './proxy-settings.ts'

/** A response without a body; the constructor of `Response` refuses one. */
const bodiless = new Set([204, 205, 304])

/**
 * A `fetch` that also trusts the certificates of a file. Node's own TLS verifies; it only gets more authorities. Redirects
 * are not followed: callers of the app never want that, as it could carry a token to another host.
 */
export function caFetch(pem: string, env: NodeJS.ProcessEnv = process.env): typeof fetch {
  const ca = [...rootCertificates, pem]
  return async (input, init) => {
    const request = new Request(input, { ...init, redirect: 'manual' })
    const url = new URL(request.url)
    const body = Buffer.from(await request.arrayBuffer())
    const { signal } = request
    signal.throwIfAborted()
    const proxy = url.protocol === 'https:' && !bypassesProxy(url.hostname, env) ? proxyUrl(env) : undefined
    const socket = proxy ? await tunnel(proxy, url, ca, signal) : undefined
    return new Promise<Response>((resolve, reject) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest
      const outgoing = send(
        url,
        {
          method: request.method,
          headers: Object.fromEntries(request.headers),
          ca,
          signal,
          ...(socket ? { createConnection: () => socket } : {}),
        },
        (incoming) => {
          const status = incoming.statusCode ?? 500
          const headers = new Headers()
          for (let index = 0; index < incoming.rawHeaders.length; index += 2)
            headers.append(String(incoming.rawHeaders[index]), String(incoming.rawHeaders[index + 1]))
          const stream = bodiless.has(status) ? null : (Readable.toWeb(incoming) as ReadableStream)
          if (stream === null) incoming.resume()
          resolve(new Response(stream, { status, headers }))
        },
      )
      outgoing.once('error', reject)
      outgoing.end(body)
    })
  }
}

/** A TLS connection to the host through a proxy (RFC 9110 section 9.3.6). */
function tunnel(proxy: URL, { hostname, port }: URL, ca: string[], signal: AbortSignal): Promise<TLSSocket> {
  const authority = `${hostname}:${port || 443}`
  return new Promise((resolve, reject) => {
    const connecting = httpRequest({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      signal,
      createConnection: () => connectTcp(Number(proxy.port || 80), proxy.hostname),
    })
    connecting.once('error', reject)
    connecting.once('connect', ({ statusCode }, socket) => {
      if (statusCode !== 200) {
        socket.destroy()
        return reject(new Error(`The proxy ${proxy.host} refused the connection with status ${statusCode}.`))
      }
      const secured = connectTls({ socket, servername: hostname, ca }, () => resolve(secured))
      secured.once('error', reject)
    })
    connecting.end()
  })
}

function proxyAuthorization({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (!username) return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }
}
