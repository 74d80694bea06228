import { parseAdapterConfig } from '@dmarc-as-code/dns/adapters'
import { expect, it } from 'vitest'
import { domain, record } from '../../../test/fixtures.ts'
import { accessMethods, adapterConfig } from './methods.ts'
import { templateTarget, toZoneInfo } from './zone-lookup.ts'

it.each(accessMethods.map((method) => [method.id, method] as const))(
  'what the form of %s asks for is what its adapter takes',
  (id, method) => {
    const samples: Record<string, string> = {
      port: '53',
      url: 'https://dns.example.com',
      secret: 'c2VjcmV0',
      credentials: '{}',
    }
    const values = Object.fromEntries(
      method.fields.map((field) => [field.name, field.options?.[0] ?? samples[field.name] ?? 'value']),
    )
    expect(parseAdapterConfig(adapterConfig(id, values), {})).toMatchObject({ type: id })
    expect(method.fields.some((field) => field.secret)).toBe(true)
  },
)

const found = { zone: 'a.example', relativeName: '@', nameServers: [], nsNames: ['ns1.a.example'] }
const service = {
  id: 'x',
  title: 'X',
  panelWantsRelativeNames: true,
  targetNeedsFinalDot: false,
  flattensCnames: false,
}

it('suggests the access method of a known service', () => {
  expect(toZoneInfo({ ...found, service: { ...service, title: 'Cloudflare', adapter: 'cloudflare' } })).toMatchObject({
    serviceTitle: 'Cloudflare',
    suggested: 'cloudflare',
  })
})

it('name servers of an unknown service count as self-hosted, those of a service without an API do not', () => {
  expect(toZoneInfo(found)).toMatchObject({ suggested: 'rfc2136', serviceTitle: 'the name servers ns1.a.example' })
  expect(toZoneInfo({ ...found, service }).suggested).toBeUndefined()
})

it('reads the Domain Connect template from the target only', () => {
  const of = (expected: string) =>
    domain('a.example', 'attention', { records: [record('a.example', 'attention', { expected })] })
  expect(templateTarget(of('k3y.dmarc.hosted.example'))).toEqual({ label: 'k3y', hostedZone: 'hosted.example' })
  expect(templateTarget(of('41.hosting.example'))).toBeUndefined()
})
