import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { azurePrincipal, startAzure } from '../../../test-support/dns-services/azure.ts'
import { startCloudflare } from '../../../test-support/dns-services/cloudflare.ts'
import { startDesec } from '../../../test-support/dns-services/desec.ts'
import { startDigitalOcean } from '../../../test-support/dns-services/digitalocean.ts'
import { startDnsimple } from '../../../test-support/dns-services/dnsimple.ts'
import { startGandi } from '../../../test-support/dns-services/gandi.ts'
import { startGoogle } from '../../../test-support/dns-services/google.ts'
import { startHetzner } from '../../../test-support/dns-services/hetzner.ts'
import { startIonos } from '../../../test-support/dns-services/ionos.ts'
import { startLinode } from '../../../test-support/dns-services/linode.ts'
import { startNs1 } from '../../../test-support/dns-services/ns1.ts'
import { startOvh } from '../../../test-support/dns-services/ovh.ts'
import { startPorkbun } from '../../../test-support/dns-services/porkbun.ts'
import { startRoute53 } from '../../../test-support/dns-services/route53.ts'
import { startScaleway } from '../../../test-support/dns-services/scaleway.ts'
import type { StandIn } from '../../../test-support/dns-services/server.ts'
import { createAdapter } from '../src/adapters/create.ts'
import { apply } from '../src/engine/apply.ts'
import { memoryJournalStore } from '../src/engine/journal.ts'
import { plan } from '../src/engine/plan.ts'
import { contractSets } from './contract-sets.ts'

// Services give an account so many requests a minute or an hour. What the four CNAMEs of one domain take, where the names
// hold other records before, is written in the README; tokens of identity providers are left out of the count.

const zone = 'example.test'
const sets = contractSets(zone).map((set) => ({ ...set, ttl: Math.max(set.ttl, 3600) }))
const zones = [{ name: zone, sets }]

const services: { readonly [type: string]: () => Promise<[StandIn, object]> } = {
  async route53() {
    const service = await startRoute53(zones)
    return [service, { endpoint: service.url, ...service.credentials }]
  },
  async cloudflare() {
    const service = await startCloudflare([{ name: zone, records: [] }])
    return [service, { baseUrl: service.url, apiToken: service.token }]
  },
  async google() {
    const service = await startGoogle(zones)
    return [service, { baseUrl: `${service.url}/dns/v1`, project: 'my-project', accessToken: 'ya29.example' }]
  },
  async azure() {
    const service = await startAzure(zones)
    return [service, { baseUrl: service.url, loginUrl: service.url, subscriptionId: 'sub-1', ...azurePrincipal }]
  },
  async digitalocean() {
    const service = await startDigitalOcean(zones)
    return [service, { baseUrl: service.url, token: service.token }]
  },
  async desec() {
    const service = await startDesec(zones)
    return [service, { baseUrl: service.url, token: service.token }]
  },
  async hetzner() {
    const service = await startHetzner(zones)
    return [service, { baseUrl: service.url, token: service.token }]
  },
  async ovh() {
    const service = await startOvh(zones)
    return [service, { baseUrl: service.url, accessToken: service.token }]
  },
  async gandi() {
    const service = await startGandi(zones)
    return [service, { baseUrl: service.url, token: service.token }]
  },
  async ionos() {
    const service = await startIonos(zones)
    return [service, { baseUrl: service.url, apiKey: service.apiKey }]
  },
  async scaleway() {
    const service = await startScaleway(zones)
    return [service, { baseUrl: service.url, secretKey: service.secretKey }]
  },
  async dnsimple() {
    const service = await startDnsimple(zones)
    return [service, { baseUrl: service.url, token: service.token }]
  },
  async linode() {
    const service = await startLinode(zones)
    return [service, { baseUrl: service.url, token: service.token }]
  },
  async ns1() {
    const service = await startNs1(zones)
    return [service, { baseUrl: service.url, apiKey: service.apiKey }]
  },
  async porkbun() {
    const service = await startPorkbun(zones)
    return [service, { baseUrl: service.url, apiKey: service.apiKey, secretApiKey: service.secretApiKey }]
  },
}

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')

describe('the requests for one domain', () => {
  it.each(Object.entries(services))('%s: are as many as the README says', async (type, start) => {
    const [service, settings] = await start()
    onTestFinished(() => service.close())
    const adapter = await createAdapter({ type, ...settings }, { env: {}, sleep: async () => {} })
    const count = () => service.requests.filter(({ url }) => !/token/.test(url.pathname)).length
    const records = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls'].map((label) => ({
      name: `${label}.${zone}`,
      type: 'CNAME' as const,
      value: 'k.test',
    }))
    const planned = await plan(records, adapter, { conflict: 'replace' })
    const planning = count()
    await apply(planned, adapter, { journals: memoryJournalStore() })
    await adapter.close?.()
    const row = new RegExp(`^\\| \`${type}\` \\| (\\d+) \\| (\\d+) \\|$`, 'm').exec(readme)
    expect([Number(row?.[1]), Number(row?.[2])]).toEqual([planning, count() - planning])
  })
})
