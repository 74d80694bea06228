import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * The policy of a host name such as `mta-sts.example.com`; undefined when there is none to serve (yet). `serving` is true
 * when the text is sent to a client that may cache it, false when only its existence matters.
 */
export type LookUpPolicy = (hostname: string, options: { serving: boolean }) => Promise<{ text: string } | undefined>

const POLICY_PATH = '/.well-known/mta-sts.txt'

/** `mta-sts.example.com` of a Host header, lower case and without port; undefined when it is not the name of a policy host. */
export function policyHostName(host: string | undefined): string | undefined {
  const name = host?.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  return name !== undefined && /^mta-sts(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+$/.test(name) ? name : undefined
}

/**
 * Answers exactly as RFC 8461 section 3.3 requires: 200, `text/plain`, CRLF, no redirect; 404 for everything else.
 * `servername` is the name of the TLS handshake, where there was one.
 */
export async function answerPolicyRequest(
  request: IncomingMessage,
  response: ServerResponse,
  lookUpPolicy: LookUpPolicy,
  servername?: string,
): Promise<void> {
  const hostname = policyHostName(request.headers.host)
  if (servername !== undefined && hostname !== servername) return plain(response, 421, 'Misdirected request')
  if (request.url !== POLICY_PATH || hostname === undefined) return plain(response, 404, 'Not found')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return plain(response, 405, 'Method not allowed')
  }
  let policy: { text: string } | undefined
  try {
    policy = await lookUpPolicy(hostname, { serving: request.method === 'GET' })
  } catch {
    return plain(response, 503, 'Not available now')
  }
  if (!policy) return plain(response, 404, 'Not found')
  const body = Buffer.from(policy.text.replace(/\r?\n/g, '\r\n'))
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    // Senders must not use HTTP caches (section 3.3); this keeps intermediaries from caching.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${text}\r\n`)
}
