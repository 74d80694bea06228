import { describe, expect, it } from 'vitest'
import { networkReason } from './network-reason.ts'

const failed = (cause: unknown) => new TypeError('fetch failed', { cause })
const withCode = (code: string) => Object.assign(new Error('x'), { code })

describe('the reason why a server could not be reached', () => {
  it.each([
    [failed(withCode('ECONNREFUSED')), /nothing listens there: ECONNREFUSED/],
    [failed(withCode('CERT_HAS_EXPIRED')), /certificate has expired/],
    [failed(withCode('DEPTH_ZERO_SELF_SIGNED_CERT')), /self-signed/],
    [failed(withCode('ERR_TLS_CERT_ALTNAME_INVALID')), /another name/],
    [failed(new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED')])), /ENETUNREACH/],
    [failed(withCode('EODD')), /^EODD$/],
    [failed(new Error('unexpected redirect')), /^unexpected redirect$/],
    ['odd', /^odd$/],
    [withCode('ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR'), /alert "internal error"/],
    [withCode('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), /alert "handshake failure"/],
    [
      Object.assign(new Error('x'), { code: 'ERR_SSL_UNSUPPORTED_PROTOCOL', reason: 'unsupported protocol' }),
      /failed \(unsupported protocol\)/,
    ],
  ])('is described in words: %#', (error, expected) => {
    expect(networkReason(error)).toMatch(expected)
  })
})
