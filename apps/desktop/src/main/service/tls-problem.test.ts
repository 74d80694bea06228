import { expect, it } from 'vitest'
import { tlsProblemText } from './tls-problem.ts'

it.each([
  [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'not signed by an authority'],
  [Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'not signed by'],
  [new Error('outer', { cause: Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' }) }), 'has expired'],
  [new Error('net::ERR_CERT_COMMON_NAME_INVALID'), 'another host name'],
  [new Error('net::ERR_SSL_PROTOCOL_ERROR'), 'plain http'],
])('explains %s', (error, text) => {
  expect(tlsProblemText(error)).toContain(text)
})

it.each([new Error('net::ERR_CONNECTION_REFUSED'), new Error('ECONNRESET'), undefined, 'text'])(
  'has nothing to say about %s',
  (error) => {
    expect(tlsProblemText(error)).toBeUndefined()
  },
)
