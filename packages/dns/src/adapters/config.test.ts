import { describe, expect, it } from 'vitest'
import { DnsServiceError } from '../engine/errors.ts'
import { parseAdapterConfig } from './config.ts'

const canary = 'c2VjcmV0LWNhbmFyeQ'

describe('adapter settings', () => {
  it('are read as typed values', () => {
    const key = { name: 'k', secret: canary }
    expect(parseAdapterConfig({ type: 'rfc2136', server: '192.0.2.1', port: 53, key, zones: null })).toMatchObject({
      type: 'rfc2136',
      server: '192.0.2.1',
      port: 53,
      key: { name: 'k', algorithm: 'hmac-sha256', secret: canary },
    })
  })

  it.each<[unknown, RegExp]>([
    [undefined, /No DNS service is named.*rfc2136/],
    [{ type: 'toString' }, /"toString" is not a known DNS service/],
    [{ type: 'rfc2136' }, /server is missing/],
    [{ type: 'rfc2136', server: 'a', port: 0 }, /port must be a whole number from 1 to 65535/],
    [{ type: 'rfc2136', server: 'a', ports: 53 }, /ports is not a setting; known are type, server, port/],
    [{ type: 'rfc2136', server: 'a', key: { name: 'k', secret: `${canary}!` } }, /key.secret must be base64/],
    [
      { type: 'rfc2136', server: 'a', key: { name: 'k', secret: canary, algorithm: 'md5' } },
      /key.algorithm must be one of/,
    ],
    [{ type: 'rfc2136', server: 'a', key: { name: 'k', secret: canary, more: canary } }, /key.more is not a setting/],
    [{ type: 'rfc2136', server: 'a', key: canary }, /key.the whole must be an object/],
  ])('fails on %j with the name of the field and without any value of it', (input, message) => {
    const read = () => parseAdapterConfig(input)
    expect(read).toThrow(DnsServiceError)
    expect(read).toThrow(message)
    try {
      read()
    } catch (error) {
      expect(String(error)).not.toContain(canary)
    }
  })
})
