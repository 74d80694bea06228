import { createVerify, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createResolver } from '../observe/resolver.ts'
import type { DnsClient } from '../transport/types.ts'
import type { DnsMessage, DnsRecord } from '../wire/types.ts'
import { domainConnectLink } from './apply-link.ts'
import { type DomainConnectSettings, discoverDomainConnect, supportsTemplate } from './find-settings.ts'

/** A DNS in which one TXT exists, and a web in which some addresses answer. */
function world(txt: string | undefined, web: Record<string, { status?: number; body: unknown }>) {
  const asked: string[] = []
  const client: DnsClient = {
    async query({ name }): Promise<DnsMessage> {
      const answers: DnsRecord[] =
        txt && name === '_domainconnect.example.test' ? [{ name, type: 'TXT', ttl: 60, data: txt, strings: [txt] }] : []
      return {
        id: 0,
        response: true,
        rcode: 'NOERROR',
        opcode: 0,
        authoritative: false,
        truncated: false,
        recursionDesired: true,
        recursionAvailable: true,
        authenticData: false,
        checkingDisabled: false,
        question: { name, type: 'TXT' },
        answers,
        authority: [],
        additional: [],
        edns: undefined,
      }
    },
  }
  const get: typeof fetch = async (url) => {
    asked.push(String(url))
    const answer = web[String(url)] ?? { status: 404, body: {} }
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    return new Response(text, { status: answer.status ?? 200 })
  }
  return { asked, resolver: createResolver({ client, recursors: [{ address: '192.0.2.53' }] }), fetch: get }
}

const settingsUrl = 'https://connect.provider.test/path/v2/example.test/settings'
const published = {
  providerId: 'provider.test',
  providerName: 'Provider',
  providerDisplayName: 'The Provider',
  urlSyncUX: 'https://ux.provider.test/',
  urlAPI: 'https://api.provider.test',
  width: 750,
  extra: 'ignored',
}
const settings: DomainConnectSettings = {
  domain: 'example.test',
  providerId: 'provider.test',
  providerName: 'The Provider',
  urlSyncUX: 'https://ux.provider.test',
  urlAPI: 'https://api.provider.test',
  width: 750,
}

describe('Domain Connect', () => {
  it('is discovered from the TXT and the settings over HTTPS', async () => {
    const { asked, ...options } = world('connect.provider.test/path', { [settingsUrl]: { body: published } })
    expect(await discoverDomainConnect('Example.test.', options)).toEqual(settings)
    expect(asked).toEqual([settingsUrl])
  })

  it('is absent without the TXT, and where the service does not know the zone', async () => {
    expect(await discoverDomainConnect('example.test', world(undefined, {}))).toBeUndefined()
    expect(await discoverDomainConnect('example.test', world('connect.provider.test/path', {}))).toBeUndefined()
  })

  it.each([
    '127.0.0.1',
    'localhost',
    '10.0.0.1/x',
    '0x7f.0x1',
    'user@host.test',
    'host.test:22',
    'http://host.test',
    '../etc',
    '',
  ])('fails on the pointer "%s" without asking it anything', async (pointer) => {
    const { asked, ...options } = world(pointer || ' ', {})
    await expect(discoverDomainConnect('example.test', options)).rejects.toThrow(/expected a host name/)
    expect(asked).toEqual([])
  })

  it.each<[string, { status?: number; body: unknown }, RegExp]>([
    ['an error', { status: 500, body: {} }, /answered 500/],
    ['no JSON', { body: '<html>' }, /JSON object/],
    ['no API address', { body: { providerId: 'x' } }, /lack providerId or urlAPI/],
    [
      'an address that is not https',
      { body: { ...published, urlSyncUX: 'http://ux.test' } },
      /expected an https address/,
    ],
    ['a flood', { body: 'x'.repeat(70_000) }, /more than 65536 bytes/],
  ])('fails on settings with %s', async (_, answer, message) => {
    const options = world('connect.provider.test/path', { [settingsUrl]: answer })
    await expect(discoverDomainConnect('example.test', options)).rejects.toThrow(message)
  })

  it('tells whether the service knows a template', async () => {
    const known = 'https://api.provider.test/v2/domainTemplates/providers/hosting.test/services/mail-authentication'
    const options = world(undefined, { [known]: { body: { version: 1 } } })
    expect(
      await supportsTemplate(settings, { providerId: 'hosting.test', serviceId: 'mail-authentication' }, options),
    ).toBe(true)
    expect(await supportsTemplate(settings, { providerId: 'hosting.test', serviceId: 'other' }, options)).toBe(false)
  })

  it('makes a link that carries domain, host, variables and the way back', () => {
    const link = domainConnectLink({
      settings,
      providerId: 'hosting.test',
      serviceId: 'mail-authentication',
      host: 'mail',
      variables: { label: 'k 1&2' },
      redirectUri: 'https://hosting.test/done?x=1',
      state: 's',
    })
    expect(link).toBe(
      'https://ux.provider.test/v2/domainTemplates/providers/hosting.test/services/mail-authentication/apply' +
        '?domain=example.test&host=mail&label=k%201%262&redirect_uri=https%3A%2F%2Fhosting.test%2Fdone%3Fx%3D1&state=s',
    )
  })

  it('signs the query of a link, by which the service verifies it with the public key', () => {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const sign = { privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), keyHost: '_dck1' }
    const link = domainConnectLink({ settings, providerId: 'p', serviceId: 's', variables: { target: 'abc' }, sign })
    const [, signed = '', signature = ''] = /\?(.*)&key=_dck1&sig=(.*)$/.exec(link) ?? []
    const verified = (query: string): boolean =>
      createVerify('RSA-SHA256').update(query).verify(keys.publicKey, decodeURIComponent(signature), 'base64')
    expect(verified(signed)).toBe(true)
    expect(verified(signed.replace('target=abc', 'target=abd'))).toBe(false)
  })

  it('fails without a browser address, on a reserved variable and on a broken key that it does not repeat', () => {
    const input = { settings, providerId: 'p', serviceId: 's', variables: {} }
    const { urlSyncUX: _, ...asyncOnly } = settings
    expect(() => domainConnectLink({ ...input, settings: asyncOnly })).toThrow(/no urlSyncUX/)
    expect(() => domainConnectLink({ ...input, variables: { state: 'x' } })).toThrow(/cannot be a template variable/)
    const broken = () => domainConnectLink({ ...input, sign: { privateKey: 'canary', keyHost: 'k' } })
    expect(broken).toThrow(/expected an RSA key/)
    expect(broken).not.toThrow(/canary/)
  })
})
