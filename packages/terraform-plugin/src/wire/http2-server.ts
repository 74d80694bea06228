import { createSecureServer, createServer, type Http2SecureServer, type Http2Server } from 'node:http2'
import type { Certificate } from './certificate.ts'
import { http2Settings } from './settings.ts'

export interface MutualTls {
  readonly certificate: Certificate
  /** The only certificate a caller may show (PEM). */
  readonly clientCertificate: string
}

/** An HTTP/2 server that listens nowhere: it takes the sockets it is given as its `connection` events. */
export function http2Server(tls: MutualTls | undefined): Http2Server | Http2SecureServer {
  if (!tls) return createServer(http2Settings)
  return createSecureServer({
    ...http2Settings,
    cert: tls.certificate.certificatePem,
    key: tls.certificate.privateKeyPem,
    ca: [tls.clientCertificate],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  })
}
