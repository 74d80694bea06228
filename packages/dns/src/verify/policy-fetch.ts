import { request } from 'node:https'
import { isIPv6 } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { parseMtaStsPolicy } from '@dmarc-as-code/records'
import { DnsError } from '../errors.ts'
import { networkReason } from '../transport/network-reason.ts'
import { withTimeout } from '../transport/with-timeout.ts'
import { identityProblem } from './certificate-identity.ts'
import type { PolicyFileReason } from './types.ts'

/** What came of fetching a policy file, before anybody judges its content. */
export type PolicyAnswer =
  | { ok: true; address: string; status: number; contentType: string; location?: string; body: string }
  | { ok: false; address?: string; reason: PolicyFileReason; message: string }

/** Statuses below 500 that tell to come again, not that there is nothing. */
const comeAgain = new Set([408, 425, 429])

/**
 * Whether an answer says nothing about the policy of a host: it could not be reached, or cannot serve the file at the moment.
 * Senders then go on by the policy that they know (RFC 8461 section 3.3), so that it is no sign that there is none.
 */
export function saysNothing(answer: PolicyAnswer): boolean {
  return answer.ok
    ? answer.status >= 500 || comeAgain.has(answer.status)
    : answer.reason === 'connect' || answer.reason === 'unknown'
}

/** The policy that senders read in an answer; null where they cannot use it (RFC 8461 section 3.3). */
export function usablePolicy(answer: PolicyAnswer): string | null {
  if (!answer.ok || answer.status !== 200) return null
  const isText = answer.contentType.split(';')[0]?.trim().toLowerCase() === 'text/plain'
  return isText && parseMtaStsPolicy(answer.body).ok ? answer.body : null
}

export interface PolicyFetcher {
  /**
   * GETs https://<host>/.well-known/mta-sts.txt from the given addresses, tried in turn while none can be connected to.
   * Rejects only when the signal aborts.
   */
  fetch(
    host: string,
    addresses: readonly string[],
    options?: { signal?: AbortSignal | undefined },
  ): Promise<PolicyAnswer>
}

export interface PolicyFetcherOptions {
  /** PEM certificates to trust instead of Node's: a private CA, a sandbox. */
  ca?: string | string[]
  /** Connect here, whatever address the DNS gave: a sandbox, a host behind NAT. The name is still checked. Default port 443. */
  connect?: { address?: string; port?: number }
  /** Milliseconds for the whole exchange with one address. Default 10,000. */
  timeout?: number
  /** Bytes of the body read before giving up. Default 65,536 (RFC 8461 section 3.3). */
  maxBytes?: number
}

/** Errors of the network that this machine is in, which say nothing about the host. */
const outOfReach = new Set([
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
])

const expired = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

/** Fetches policy files as RFC 8461 section 3.3 wants: HTTPS only, the certificate checked, redirects not followed. */
export function createPolicyFetcher(options: PolicyFetcherOptions = {}): PolicyFetcher {
  const { timeout = 10_000, maxBytes = 65_536 } = options
  return {
    async fetch(host, found, { signal } = {}) {
      const addresses = options.connect?.address ? [options.connect.address] : found.slice(0, 4)
      let last: PolicyAnswer | undefined
      for (const address of addresses) {
        const answer = await get(host, address, signal)
        if (answer.ok || (answer.reason !== 'connect' && answer.reason !== 'unknown')) return answer
        // A host that did not answer says more than an address that this machine cannot reach at all.
        if (!last || (!last.ok && last.reason === 'unknown')) last = answer
      }
      return last ?? { ok: false, reason: 'dns', message: `${host} has no address.` }
    },
  }

  function get(host: string, address: string, signal: AbortSignal | undefined): Promise<PolicyAnswer> {
    const port = options.connect?.port ?? 443
    const at = `${isIPv6(address) ? `[${address}]` : address}:${port}`
    const failed = (reason: PolicyFileReason, message: string): PolicyAnswer => ({
      ok: false,
      address,
      reason,
      message,
    })
    let phase: 'connecting' | 'handshake' | 'secure' = 'connecting'
    return withTimeout<PolicyAnswer>(timeout, signal, timedOut, (resolve) => {
      const outgoing = request({
        host: address,
        port,
        path: '/.well-known/mta-sts.txt',
        headers: { host, accept: 'text/plain' },
        servername: host,
        agent: false,
        // Not left to the default, which NODE_TLS_REJECT_UNAUTHORIZED=0 turns off.
        rejectUnauthorized: true,
        checkServerIdentity: (_, certificate) => identityProblem(host, certificate),
        ...(options.ca !== undefined && { ca: options.ca }),
      })
      outgoing.on('socket', (socket) => {
        socket.once('connect', () => {
          phase = 'handshake'
        })
        ;(socket as TLSSocket).once('secureConnect', () => {
          phase = 'secure'
        })
      })
      outgoing.on('error', (error: Error & { code?: string }) => resolve(ofError(error)))
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = []
        let length = 0
        response.on('error', (error) => resolve(failed('connect', `${at} broke off: ${error.message}.`)))
        response.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (length > maxBytes) {
            resolve(
              failed('too-large', `The file is larger than ${maxBytes} bytes, which is what senders read at most.`),
            )
          } else chunks.push(chunk)
        })
        response.on('end', () => {
          if (!response.complete) return resolve(failed('connect', `${at} broke off in the middle of the file.`))
          resolve({
            ok: true,
            address,
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            ...(response.headers.location !== undefined && { location: response.headers.location }),
            body: Buffer.concat(chunks).toString('utf8'),
          })
        })
      })
      outgoing.end()
      return () => {
        // Destroying a request makes it emit an error nobody waits for any more.
        outgoing.on('error', () => {})
        outgoing.destroy()
      }
    }).catch((error) => {
      if (error instanceof PolicyTimeout) return failed('connect', error.message)
      throw error
    })

    function timedOut(): Error {
      return new PolicyTimeout(`${at} did not serve the file within ${timeout} ms.`)
    }

    function ofError(error: Error & { code?: string }): PolicyAnswer {
      const code = error.code ?? ''
      if (outOfReach.has(code)) {
        return failed('unknown', `This machine cannot reach ${at}: ${networkReason(error)}.`)
      }
      if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
        return failed('tls-name', `The certificate at ${at} is not for ${host}: ${error.message}`)
      }
      if (expired.has(code))
        return failed('tls-expired', `The certificate at ${at} is not valid at this time: ${code}.`)
      if (/CERT|ISSUER|SIGNATURE|CRL|PURPOSE/.test(code)) {
        return failed('tls-untrusted', `The certificate at ${at} is not trusted: ${error.message} (${code}).`)
      }
      // Hosts that have no certificate for a name refuse the handshake, by alert or by hanging up.
      if (phase === 'handshake')
        return failed('tls-name', `${at} refused a TLS connection for ${host}: ${networkReason(error)}.`)
      return failed('connect', `${at} could not be reached: ${networkReason(error)}.`)
    }
  }
}

class PolicyTimeout extends DnsError {
  override name = 'PolicyTimeout'
}
