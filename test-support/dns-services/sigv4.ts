import { createHash, createHmac } from 'node:crypto'
import type { StandInRequest } from './server.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** Computes a request's AWS Signature Version 4 from its parts, by Amazon's description, and compares. */
export function isSignedBy(request: StandInRequest, accessKeyId: string, secret: string, service: string): boolean {
  const header =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/
  const match = header.exec(request.headers.authorization ?? '')
  if (!match) return false
  const [, keyId, date = '', region = '', scope = '', signedHeaders = '', signature] = match
  if (keyId !== accessKeyId || scope !== service || !signedHeaders.split(';').includes('host')) return false
  const query = [...request.url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const canonical = [
    request.method,
    request.url.pathname,
    query,
    ...signedHeaders.split(';').map((name) => `${name}:${(request.headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    sha256(request.body),
  ].join('\n')
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonical),
  ].join('\n')
  const key = ['aws4_request'].reduce(
    hmac as (key: Buffer, text: string) => Buffer,
    hmac(hmac(hmac(`AWS4${secret}`, date), region), service),
  )
  return hmac(key, toSign).toString('hex') === signature
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
