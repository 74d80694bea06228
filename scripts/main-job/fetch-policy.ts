import { request } from 'node:https'

const TIMEOUT_MS = 10_000
const LARGEST_BYTES = 64 * 1024

/**
 * Fetches `https://mta-sts.DOMAIN/.well-known/mta-sts.txt` as a sending mail server does (RFC 8461 section 3.3): the certificate
 * must be for that very name, redirects are not followed. `connect` stands in for the address that DNS would give, as the
 * sandbox's policy host has a port of its own; `ca` is the sandbox's certificate authority.
 */
export function fetchPolicy(
  domain: string,
  options: { connect: { address: string; port: number }; ca: string; signal: AbortSignal },
): Promise<{ url: string; text: string; issuer: string }> {
  const host = `mta-sts.${domain}`
  const url = `https://${host}/.well-known/mta-sts.txt`
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: options.connect.address,
        port: options.connect.port,
        servername: host,
        path: '/.well-known/mta-sts.txt',
        headers: { host },
        ca: options.ca,
        signal: AbortSignal.any([options.signal, AbortSignal.timeout(TIMEOUT_MS)]),
        agent: false,
      },
      (incoming) => {
        const socket = incoming.socket as import('node:tls').TLSSocket
        const issuer = [socket.getPeerCertificate().issuer?.CN].flat()[0] ?? 'unknown'
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => {
          text += chunk
          if (text.length > LARGEST_BYTES) incoming.destroy(new Error(`${url} is larger than ${LARGEST_BYTES} bytes`))
        })
        incoming.on('error', reject)
        incoming.on('end', () => {
          if (incoming.statusCode === 200) resolve({ url, text, issuer })
          else reject(new Error(`${url} answered ${incoming.statusCode}, expected 200`))
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end()
  })
}
