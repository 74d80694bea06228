import { X509Certificate as NodeCertificate } from 'node:crypto'
import { AuthorityKeyIdentifierExtension, X509Certificate } from './x509.ts'

/** When a CA suggests to renew a certificate (RFC 9773 section 4.2). Times are milliseconds since 1970. */
export interface RenewalInfo {
  window: { start: number; end: number }
  /** Milliseconds after which to ask again; undefined where the CA does not say. */
  retryAfter: number | undefined
}

/**
 * The id of a certificate in renewal information and in `replaces` (RFC 9773 section 4.1): key identifier of the issuer and
 * serial number, base64url. Undefined for a certificate that does not name the key of its issuer.
 */
export function certificateId(pem: string): string | undefined {
  // Of a chain, the first.
  const certificate = new X509Certificate(new NodeCertificate(pem).raw)
  const keyId = certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId
  if (!keyId) return undefined
  const serial = derInteger(Buffer.from(certificate.serialNumber, 'hex'))
  return `${Buffer.from(keyId, 'hex').toString('base64url')}.${serial.toString('base64url')}`
}

/** The bytes of a positive INTEGER in DER: the shortest, with a zero byte before a high bit. */
function derInteger(bytes: Buffer): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const shortest = bytes.subarray(start)
  return (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : Buffer.from(shortest)
}

/** The suggested window of an answer; undefined where it is none: not two times, or the end not after the start. */
export function parseSuggestedWindow(body: unknown): RenewalInfo['window'] | undefined {
  if (typeof body !== 'object' || body === null || !('suggestedWindow' in body)) return undefined
  const { suggestedWindow } = body
  if (typeof suggestedWindow !== 'object' || suggestedWindow === null) return undefined
  const { start, end } = suggestedWindow as { start?: unknown; end?: unknown }
  const window = { start: timeOf(start), end: timeOf(end) }
  return window.end > window.start ? window : undefined
}

/** RFC 3339, so with an offset from UTC; NaN for anything else. */
const timeOf = (text: unknown): number =>
  typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text)
    ? Date.parse(text)
    : Number.NaN
