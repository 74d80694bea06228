import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalEntry, MailView } from '@dmarc-as-code/dns/apply'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startCloudflare } from '../../../../../test-support/dns-services/cloudflare.ts'
import { startRoute53 } from '../../../../../test-support/dns-services/route53.ts'
import type { StandIn } from '../../../../../test-support/dns-services/server.ts'
import { PlannedObjects } from '../../context/planned-objects.ts'
import { AdapterPool } from '../../dns/adapter-pool.ts'
import { FileJournals } from '../../dns/file-journals.ts'
import type { DnsServiceName } from '../../dns/service-fields.ts'
import { applyRecords } from './apply-records.ts'
import { planDnsRecords } from './dns-records-plan.ts'
import { readRecords } from './read-records.ts'
import { restoreRecords } from './restore-records.ts'
import { wantedRecords } from './wanted-records.ts'

// Services give an account a few requests a second (Route 53 ten, of old five; Cloudflare four), so what a fleet takes is
// what it asks. Each domain is a resource of its own, ten at a time, as Terraform does it; each command is a process of
// its own, which knows nothing of the one before.

const fleet = Array.from({ length: 400 }, (_, index) => `z${index}.test`)
const signal = AbortSignal.timeout(120_000)
const nothing = async () => ({ value: [] })
/** No domain has a policy. */
const view: MailView = {
  texts: nothing,
  freshTexts: nothing,
  addresses: nothing,
  policyFile: async () => ({ value: null }),
  reaches: () => true,
}
const diagnostics = { error: expect.unreachable, warning: expect.unreachable } as never

const records = (domain: string) =>
  Object.fromEntries(
    ['_dmarc', '_smtp._tls', '_mta-sts', 'mta-sts'].map((label) => [
      label,
      { name: `${label}.${domain}`, type: 'CNAME', value: 'key.hosted.test' },
    ]),
  )

interface Service extends StandIn {
  readonly name: DnsServiceName
  readonly settings: { readonly [setting: string]: unknown }
}

const services: { readonly [name: string]: () => Promise<Service> } = {
  async route53() {
    const server = await startRoute53(fleet.map((name) => ({ name, sets: [] })))
    const { accessKeyId: access_key, secretAccessKey: secret_key } = server.credentials
    return { ...server, name: 'route53', settings: { endpoint: server.url, access_key, secret_key } }
  },
  async cloudflare() {
    const server = await startCloudflare(fleet.map((name) => ({ name, records: [] })))
    return { ...server, name: 'cloudflare', settings: { endpoint: server.url, api_token: server.token } }
  },
}

async function start(name: string) {
  const service = await (services[name] as () => Promise<Service>)()
  onTestFinished(() => service.close())
  const folder = await mkdtemp(join(tmpdir(), 'requests-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const settings = { services: {}, env: {} }

  /** Does the work for each domain, and tells what the service was asked meanwhile. */
  async function count(
    work: (domain: string, context: { adapters: AdapterPool; journals: FileJournals }) => Promise<unknown>,
  ) {
    const context = {
      adapters: new AdapterPool(settings),
      journals: new FileJournals(folder, { workspace: 'default', folder }),
      planned: new PlannedObjects(),
      mail: { view: async () => view },
    }
    const left = fleet.values()
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (const domain of left) await work(domain, context)
      }),
    )
    const asked = service.requests.splice(0)
    const calls = asked.map(
      ({ method, url }) =>
        `${method} ${url.pathname
          .split('/')
          .at(-1)
          ?.replace(/^Z\d+$/, 'ID')}`,
    )
    return Object.fromEntries([...Map.groupBy(calls, (call) => call)].map(([call, all]) => [call, all.length]))
  }

  const entries = new Map<string, JournalEntry[]>()
  return {
    plan: () =>
      count(async (domain, context) => {
        const config = { [service.name]: service.settings, allow_weaker: null }
        const plan = { records: records(domain), on_conflict: 'fail', ...config }
        const request = {
          action: 'create',
          plan,
          config,
          state: null,
          client: context,
          signal,
          diagnostics,
          log: {},
          private: new Map(),
        }
        await planDnsRecords(request as never)
      }),
    apply: () =>
      count(async (domain, { adapters, journals }) => {
        const made = await applyRecords({
          adapter: await adapters.open(service.name, service.settings),
          wanted: wantedRecords(records(domain), 300),
          conflict: 'fail',
          view,
          expected: {},
          allowWeaker: undefined,
          owned: new Map(),
          journals,
          target: service.name,
          resource: domain,
          signal,
          onProgress: () => {},
        })
        entries.set(domain, made)
      }),
    refresh: () =>
      count(async (domain, context) => {
        const applied = Object.fromEntries(
          Object.entries(records(domain)).map(([key, record]) => [key, { ...record, ttl: 300, zone: domain }]),
        )
        const seen = await readRecords({
          adapters: context.adapters,
          service: service.name,
          settings: service.settings,
          state: { applied, records: records(domain), ttl: 300 } as never,
          entries: entries.get(domain) ?? [],
          signal,
          diagnostics,
        })
        expect(seen.records).toEqual(records(domain))
      }),
    destroy: () =>
      count(async (domain, { adapters }) => {
        const adapter = await adapters.open(service.name, service.settings)
        await restoreRecords({
          adapter,
          entries: entries.get(domain) ?? [],
          isOthers: () => false,
          signal,
          diagnostics,
        })
      }),
  }
}

describe('a fleet of 400 domains, each in a zone of its own', () => {
  it('asks Route 53 once a domain to plan or refresh, and three times to change', async () => {
    const terraform = await start('route53')
    // 400 zones are 4 pages; before they are listed, the first domains are looked up by name.
    const list = { 'GET hostedzonesbyname': expect.toSatisfy((count: number) => count <= 25, 'at most 25') }
    expect(await terraform.plan()).toEqual({ ...list, 'GET rrset': 400 })
    expect(await terraform.apply()).toEqual({ ...list, 'GET rrset': 800, 'POST rrset': 400 })
    expect(await terraform.refresh()).toEqual({ 'GET rrset': 400 })
    expect(await terraform.destroy()).toEqual({ 'GET rrset': 800, 'POST rrset': 400 })
  }, 120_000)

  it('asks Cloudflare, which needs to be read once more before it writes, once and four times', async () => {
    const terraform = await start('cloudflare')
    const list = { 'GET zones': expect.toSatisfy((count: number) => count <= 50, 'at most 50') }
    expect(await terraform.plan()).toEqual({ ...list, 'GET dns_records': 400 })
    expect(await terraform.apply()).toEqual({ ...list, 'GET dns_records': 1200, 'POST batch': 400 })
    expect(await terraform.refresh()).toEqual({ 'GET dns_records': 400 })
    expect(await terraform.destroy()).toEqual({ 'GET dns_records': 1200, 'POST batch': 400 })
  }, 120_000)
})
