import { expect, it } from 'vitest'
import { handshakeLine, readInvitation } from './handshake.ts'
import { socketPath } from './listen.ts'

const TF_PLUGIN_MAGIC_COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

it('reads what Terraform passes', () => {
  expect(
    readInvitation({
      TF_PLUGIN_MAGIC_COOKIE,
      PLUGIN_PROTOCOL_VERSIONS: '6,5',
      PLUGIN_CLIENT_CERT: 'PEM',
      PLUGIN_MIN_PORT: '11000',
      PLUGIN_MAX_PORT: '12000',
    }),
  ).toEqual({ clientCertificate: 'PEM', minPort: 11_000, maxPort: 12_000 })
})

it('does without what Terraform does not pass, or passes wrongly', () => {
  expect(readInvitation({ TF_PLUGIN_MAGIC_COOKIE, PLUGIN_MIN_PORT: 'x', PLUGIN_MAX_PORT: '99999' })).toEqual({
    clientCertificate: undefined,
    minPort: 10_000,
    maxPort: 25_000,
  })
})

it('fails without the cookie', () => {
  expect(() => readInvitation({})).toThrow(/started by Terraform or OpenTofu, not by hand/)
})

it.each([1, 2, 3])('writes the certificate as base64 without padding (%i bytes)', (length) => {
  const line = handshakeLine({ network: 'unix', path: '/tmp/a.sock' }, Buffer.alloc(length, 0xff))
  expect(line).toMatch(/^1\|6\|unix\|\/tmp\/a\.sock\|grpc\|[/w8]+\n$/)
})

it('writes a port, and nothing where there is no TLS', () => {
  expect(handshakeLine({ network: 'tcp', port: 10_001 }, undefined)).toBe('1|6|tcp|127.0.0.1:10001|grpc|\n')
})

it('keeps socket paths short enough for macOS', () => {
  expect(socketPath('/tmp/x')).toMatch(/^\/tmp\/x\/tf-plugin-/)
  expect(socketPath(`/${'long/'.repeat(30)}`)).toMatch(/^\/tmp\/tf-plugin-/)
})
