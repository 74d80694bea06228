import { describe, expect, it } from 'vitest'
import { parseAdapterConfig } from './config.ts'

const secret = 'c2VjcmV0LWNhbmFyeQ=='

describe('settings from the environment', () => {
  it('give a server that takes dynamic updates under the names Terraform users know', () => {
    const env = {
      DNS_UPDATE_SERVER: 'ns1.example.com',
      DNS_UPDATE_PORT: '5353',
      DNS_UPDATE_KEYNAME: 'k',
      DNS_UPDATE_KEYALGORITHM: 'HMAC-SHA512.',
      DNS_UPDATE_KEYSECRET: secret,
    }
    expect(parseAdapterConfig({ type: 'rfc2136' }, env)).toMatchObject({
      server: 'ns1.example.com',
      port: 5353,
      key: { name: 'k', algorithm: 'hmac-sha512', secret },
    })
  })

  it.each(['http://pdns.example:8081', 'http://pdns.example:8081/', 'http://pdns.example:8081/api/v1/'])(
    'give the address of PowerDNS, written as %s',
    (url) => {
      const env = { PDNS_SERVER_URL: url, PDNS_API_KEY: secret }
      expect(parseAdapterConfig({ type: 'powerdns' }, env)).toMatchObject({
        url: 'http://pdns.example:8081',
        apiKey: secret,
      })
    },
  )

  it('leave out a key whose secret is nowhere, because questions need none', () => {
    const env = { DNS_UPDATE_SERVER: '127.0.0.1', DNS_UPDATE_KEYNAME: 'k', DNS_UPDATE_KEYALGORITHM: 'hmac-sha256' }
    expect(parseAdapterConfig({ type: 'rfc2136' }, env)).not.toHaveProperty('key')
  })

  it('complete a key that the settings hold without its secret', () => {
    const env = { DNS_UPDATE_KEYSECRET: secret }
    const config = parseAdapterConfig({ type: 'rfc2136', server: '127.0.0.1', key: { name: 'k' } }, env)
    expect(config).toMatchObject({ key: { name: 'k', algorithm: 'hmac-sha256', secret } })
  })

  it.each([
    [
      { DNS_UPDATE_SERVER: '127.0.0.1', DNS_UPDATE_KEYSECRET: secret },
      /key\.name is missing; or set DNS_UPDATE_KEYNAME/,
    ],
    [{ DNS_UPDATE_SERVER: '127.0.0.1', DNS_UPDATE_PORT: secret }, /DNS_UPDATE_PORT must be a whole number/],
    [
      { DNS_UPDATE_SERVER: '127.0.0.1', DNS_UPDATE_KEYNAME: 'k', DNS_UPDATE_KEYSECRET: `${secret}!` },
      /DNS_UPDATE_KEYSECRET must be base64/,
    ],
    [{}, /server is missing; or set DNS_UPDATE_SERVER/],
  ])('are refused by the name of the variable and without its value: %#', (env, message) => {
    const read = () => parseAdapterConfig({ type: 'rfc2136' }, env)
    expect(read).toThrow(message)
    expect(read).not.toThrow(secret)
  })
})
