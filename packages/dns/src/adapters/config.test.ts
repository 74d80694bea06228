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
    [[], /No DNS service is named/],
    [{ type: 'toString' }, /The given type is not a known DNS service.*rfc2136/],
    [{ type: 'rfc2136' }, /server is missing/],
    [{ type: 'rfc2136', server: 'a', port: 0 }, /port must be a whole number from 1 to 65535/],
    [{ type: 'rfc2136', server: 'a', ports: 53 }, /ports is not a setting; known are type, server, port/],
    [{ type: 'rfc2136', server: 'a', key: { name: 'k', secret: `${canary}!` } }, /key.secret must be base64/],
    [
      { type: 'rfc2136', server: 'a', key: { name: 'k', secret: canary, algorithm: 'md5' } },
      /key.algorithm must be one of/,
    ],
    [{ type: 'rfc2136', server: 'a', key: { name: 'k', secret: canary, more: canary } }, /key.more is not a setting/],
    [{ type: 'rfc2136', server: 'a', key: canary }, /not usable: key must be an object/],
    [{ type: 'cloudflare', apiToken: 'a', baseUrl: 'http://192.0.2.1' }, /baseUrl must begin with https/],
    [{ type: 'cloudflare', apiToken: 'a', baseUrl: `https://u:${canary}@a.test` }, /baseUrl must not hold credentials/],
    [{ type: 'azure', subscriptionId: 's', tenantId: 'a & b' }, /tenantId must be the id or the domain of a tenant/],
    [{ type: 'route53', accessKeyId: canary }, /secretAccessKey is missing; accessKeyId is useless without it/],
    [{ type: 'powerdns', url: 'ftp://a.test', apiKey: canary }, /url must be an http or https address/],
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
