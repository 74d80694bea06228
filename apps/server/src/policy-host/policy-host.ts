import { createServer as createHttpServer, type ServerOptions } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server } from 'node:net'
import { createSecureContext, createServer as createTlsServer, type SecureContext, type TLSSocket } from 'node:tls'
import { acmeTlsProtocol } from '../certificates/alpn-proof.ts'
import type { Certificate, CertificateSource } from '../certificates/source.ts'
import { type Listening, listen } from '../http/listen.ts'
import { byProtocol } from './by-protocol.ts'
import { answerPolicyRequest, type LookUpPolicy, policyHostName } from './policy-response.ts'

export interface PolicyHostOptions {
  lookUpPolicy: LookUpPolicy
  /** The certificate source. Without one the host serves plain HTTP, for use behind a TLS proxy. */
  certificates?: CertificateSource
  /** The certificate that proves a host name to the CA by TLS-ALPN-01; undefined where no order is under way. Default: none ever is. */
  alpnProof?: (hostname: string) => Promise<Certificate | undefined>
  /** Default 127.0.0.1. */
  host?: string
  /** Default 0: any free port. */
  port?: number
  /** Connections at the same time. Default 1000. */
  maxConnections?: number
  /** Milliseconds a client may take for the handshake, and again for its request. Default 10,000. */
  clientTimeout?: number
  /** Called when no certificate can be obtained; the client's handshake fails. */
  onError?: (hostname: string, error: unknown) => void
}

const REQUESTS_PER_CONNECTION = 100

/**
 * Serves MTA-STS policy files: over HTTPS with the certificate of the requested name (TLS 1.2 and newer), or over plain HTTP
 * behind a TLS proxy. A name without a policy gets no certificate: its handshake fails.
 */
export async function createPolicyHost(options: PolicyHostOptions): Promise<Listening> {
  const { certificates, lookUpPolicy } = options
  const timeout = options.clientTimeout ?? 10_000
  const limits: ServerOptions = {
    requestTimeout: timeout,
    headersTimeout: timeout,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: Math.min(timeout, 5000),
    maxHeaderSize: 8192,
  }
  const server = certificates
    ? createHttpsServer(
        {
          ...limits,
          minVersion: 'TLSv1.2',
          handshakeTimeout: timeout,
          ALPNProtocols: ['http/1.1'],
          SNICallback: sniCallback(certificates, options, timeout),
        },
        (request, response) => {
          const { servername } = request.socket as TLSSocket
          void answerPolicyRequest(request, response, lookUpPolicy, policyHostName(servername || undefined) ?? '')
        },
      )
    : createHttpServer(limits, (request, response) => void answerPolicyRequest(request, response, lookUpPolicy))
  server.maxRequestsPerSocket = REQUESTS_PER_CONNECTION
  const front = certificates && options.alpnProof ? withProofs(server, options.alpnProof, timeout) : server
  if (options.maxConnections !== undefined) front.maxConnections = options.maxConnections
  return listen(front, options.host, options.port)
}

/** Hands the connections of a CA that asks for a proof (RFC 8737 section 3) to a server of their own, others to `server`. */
function withProofs(server: Server, alpnProof: NonNullable<PolicyHostOptions['alpnProof']>, timeout: number): Server {
  const proofs = createTlsServer(
    {
      minVersion: 'TLSv1.2',
      handshakeTimeout: timeout,
      ALPNProtocols: [acmeTlsProtocol],
      SNICallback: (servername, done) => {
        const proof = async () => {
          const hostname = policyHostName(servername)
          const certificate = hostname && (await alpnProof(hostname))
          if (!certificate) throw new Error('No order is under way for this name.')
          return createSecureContext({ ...certificate, minVersion: 'TLSv1.2' })
        }
        proof().then(
          (context) => done(null, context),
          (error: Error) => done(error),
        )
      },
    },
    // The handshake is the whole proof.
    (socket) => socket.end(),
  )
  // A scanner, or a CA that asks too late.
  proofs.on('tlsClientError', () => {})
  const front = byProtocol((hello) => (hello?.protocols.includes(acmeTlsProtocol) ? proofs : server), { timeout })
  // Starts and stops what limits the time for a request; the server does not listen itself.
  front.on('listening', () => server.emit('listening'))
  front.on('close', () => server.close(() => {}))
  return front
}

type SniCallback = (servername: string, done: (error: Error | null, context?: SecureContext) => void) => void

function sniCallback(source: CertificateSource, options: PolicyHostOptions, timeout: number): SniCallback {
  // Creating a context parses key and certificate; a cached certificate is the same object each time.
  const contexts = new WeakMap<Certificate, SecureContext>()
  const contextFor = async (hostname: string): Promise<SecureContext> => {
    const certificate = await source.getCertificate(hostname, AbortSignal.timeout(timeout))
    const context = contexts.get(certificate) ?? createSecureContext({ ...certificate, minVersion: 'TLSv1.2' })
    contexts.set(certificate, context)
    return context
  }
  const find = async (servername: string): Promise<SecureContext> => {
    const hostname = policyHostName(servername)
    const policy = hostname && (await options.lookUpPolicy(hostname, { serving: false }))
    if (!hostname || !policy) {
      throw new Error(`There is no policy for ${JSON.stringify(servername)} here.`)
    }
    try {
      return await contextFor(hostname)
    } catch (error) {
      options.onError?.(hostname, error)
      throw error
    }
  }
  return (servername, done) => {
    find(servername).then(
      (context) => done(null, context),
      (error: Error) => done(error),
    )
  }
}
