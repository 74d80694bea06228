import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { TerraformError } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { azurePrincipal, startAzure, workloadToken } from '../../../test-support/dns-services/azure.ts'
import { startCloudflare } from '../../../test-support/dns-services/cloudflare.ts'
import { startDesec } from '../../../test-support/dns-services/desec.ts'
import { startDigitalOcean } from '../../../test-support/dns-services/digitalocean.ts'
import { startDnsimple } from '../../../test-support/dns-services/dnsimple.ts'
import { startGandi } from '../../../test-support/dns-services/gandi.ts'
import { startGoogle, subjectToken } from '../../../test-support/dns-services/google.ts'
import { startHetzner } from '../../../test-support/dns-services/hetzner.ts'
import { startIonos } from '../../../test-support/dns-services/ionos.ts'
import { startLinode } from '../../../test-support/dns-services/linode.ts'
import { startNs1 } from '../../../test-support/dns-services/ns1.ts'
import { startOvh } from '../../../test-support/dns-services/ovh.ts'
import { startPorkbun } from '../../../test-support/dns-services/porkbun.ts'
import { startRoute53 } from '../../../test-support/dns-services/route53.ts'
import { startScaleway } from '../../../test-support/dns-services/scaleway.ts'
import type { StandIn } from '../../../test-support/dns-services/server.ts'
import { startPowerDns } from '../../../test-support/powerdns.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { linesOf, transferZone } from '../../../test-support/zone-dump.ts'
import { startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

// dns-records.test.ts goes through every rule with RFC 2136; here each other service is used by the real Terraform once, all
// of them in one configuration. PowerDNS is the real one, the others are the stand-ins that the adapters' own tests use.

const zone = 'shop.test'
const old = 'v=DMARC1; p=none; rua=mailto:old@shop.test'
const sets = [
  { name: zone, type: 'MX', ttl: 3600, values: ['10 mx1.shop.test.'] },
  { name: `_dmarc.${zone}`, type: 'TXT', ttl: 600, values: [`"${old}"`] },
  { name: `old.${zone}`, type: 'CNAME', ttl: 600, values: ['elsewhere.test.'] },
]

interface Service {
  /** The block of the resource. */
  readonly hcl: string
  /** The block in the provider block, for what has no environment variable. */
  readonly provider?: string
  readonly env: NodeJS.ProcessEnv
  /** Everything in the zone that the service lets one see, in a form that can be compared. */
  dump(): Promise<unknown>
  close(): Promise<void>
}

const key = { name: 'k', algorithm: 'hmac-sha256' as const, secret: Buffer.alloc(32, 9).toString('base64') }

const services: { [name: string]: () => Promise<Service> } = {
  async powerdns() {
    const records = sets.map(({ name, type, ttl, values }) => `${name}. ${ttl} IN ${type} ${values[0]}`)
    const server = await startPowerDns({ zones: [{ name: zone, records }], keys: [key] })
    return {
      hcl: 'powerdns = {}',
      env: { PDNS_SERVER_URL: server.apiUrl, PDNS_API_KEY: server.apiKey },
      dump: () => transferZone(server.port, zone, key),
      close: () => server.close(),
    }
  },
  async route53() {
    const server = await startRoute53([{ name: zone, sets }])
    const { accessKeyId, secretAccessKey } = server.credentials
    return {
      hcl: `route53 = {\n    endpoint = "${server.url}"\n  }`,
      provider: `route53 = {\n      access_key = "${accessKeyId}"\n      secret_key = "${secretAccessKey}"\n    }`,
      env: {},
      dump: async () => server.dump(zone),
      close: () => server.close(),
    }
  },
  async cloudflare() {
    const records = [
      { type: 'MX', name: zone, content: 'mx1.shop.test', ttl: 3600, proxied: false, priority: 10 },
      { type: 'TXT', name: `_dmarc.${zone}`, content: `"${old}"`, ttl: 600, proxied: false, comment: 'by hand' },
      { type: 'CNAME', name: `old.${zone}`, content: 'elsewhere.test', ttl: 600, proxied: false },
    ]
    const server = await startCloudflare([{ name: zone, records }])
    return {
      hcl: `cloudflare = {\n    endpoint = "${server.url}"\n  }`,
      env: { CLOUDFLARE_API_TOKEN: server.token },
      dump: async () =>
        server
          .records(zone)
          .map(({ type, name, content, ttl, comment = null }) => ({ type, name, content, ttl, comment }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
      close: () => server.close(),
    }
  },
  async google() {
    const server = await startGoogle([{ name: zone, sets }])
    return {
      hcl: `google = {\n    project = "my-project"\n    endpoint = "${server.url}/dns/v1"\n  }`,
      provider: `google = {\n      credentials = ${JSON.stringify(server.credentials)}\n    }`,
      env: {},
      dump: async () => server.dump(zone),
      close: () => server.close(),
    }
  },
  async 'google by workload identity federation'() {
    const server = await startGoogle([{ name: zone, sets }])
    const folder = await mkdtemp(join(tmpdir(), 'federation-'))
    await writeFile(join(folder, 'token'), subjectToken())
    const more = { service_account_impersonation_url: server.impersonationUrl }
    const file = join(folder, 'credentials.json')
    await writeFile(file, JSON.stringify(server.external({ file: join(folder, 'token') }, more)))
    return {
      hcl: `google = {\n    project = "my-project"\n    endpoint = "${server.url}/dns/v1"\n  }`,
      env: { GOOGLE_APPLICATION_CREDENTIALS: file },
      dump: async () => server.dump(zone),
      async close() {
        await server.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
  async azure() {
    const server = await startAzure([{ name: zone, sets }])
    // The sign-in has no other address in the provider: the token comes from the `az` command.
    const folder = await mkdtemp(join(tmpdir(), 'az-'))
    const token = JSON.stringify({ accessToken: 'eyJ.example', expires_on: Math.floor(Date.now() / 1000) + 3600 })
    await writeFile(join(folder, 'az'), `#!/bin/sh\necho '${token}'\n`, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
    return {
      hcl: `azure = {\n    subscription_id = "sub-1"\n    endpoint = "${server.url}"\n  }`,
      // No metadata service is looked for, which the machine of the tests may have or not.
      env: { AZURE_TOKEN_CREDENTIALS: 'dev' },
      dump: async () => server.dump(zone),
      async close() {
        vi.unstubAllEnvs()
        await server.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
  async 'azure by workload identity'() {
    const server = await startAzure([{ name: zone, sets }])
    const folder = await mkdtemp(join(tmpdir(), 'workload-'))
    const file = join(folder, 'token')
    await writeFile(file, workloadToken())
    return {
      hcl: `azure = {\n    subscription_id = "sub-1"\n    endpoint = "${server.url}"\n  }`,
      env: {
        AZURE_AUTHORITY_HOST: server.url,
        AZURE_TENANT_ID: azurePrincipal.tenantId,
        AZURE_CLIENT_ID: azurePrincipal.clientId,
        AZURE_FEDERATED_TOKEN_FILE: file,
      },
      dump: async () => server.dump(zone),
      async close() {
        await server.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
  async exec() {
    const folder = await mkdtemp(join(tmpdir(), 'exec-'))
    const file = join(folder, 'zones.json')
    await writeFile(file, JSON.stringify({ [zone]: sets }))
    const example = join(import.meta.dirname, '../../dns/examples/exec/dns-adapter.py')
    return {
      hcl: `exec = {\n    command = ["python3", "${example}"]\n  }`,
      env: { DNS_FILE: file },
      dump: async () =>
        linesOf((JSON.parse(await readFile(file, 'utf8')) as { [zone: string]: typeof sets })[zone] ?? []),
      close: () => rm(folder, { recursive: true, force: true }),
    }
  },
  async digitalocean() {
    const server = await startDigitalOcean([{ name: zone, sets }])
    return {
      hcl: `digitalocean = {\n    endpoint = "${server.url}"\n  }`,
      env: { DIGITALOCEAN_TOKEN: server.token },
      dump: async () => server.dump(zone),
      close: () => server.close(),
    }
  },
}

/** Their zones allow no TTL below these. */
const slowSets = sets.map((set) => ({ ...set, ttl: 3600 }))

/** Services that take their credentials from the environment and their address from the resource. */
const simpleServices: readonly [
  name: string,
  start: (zones: { name: string; sets: typeof sets }[]) => Promise<StandIn & { dump(zone: string): string[] }>,
  credentials: { readonly [variable: string]: string },
  address?: string,
][] = [
  ['desec', startDesec, { DESEC_TOKEN: 'token' }],
  ['dnsimple', startDnsimple, { DNSIMPLE_TOKEN: 'token' }],
  ['gandi', startGandi, { GANDI_TOKEN: 'token' }],
  ['hetzner', startHetzner, { HETZNER_TOKEN: 'token' }],
  ['ionos', startIonos, { IONOS_API_KEY: 'apiKey' }],
  ['linode', startLinode, { LINODE_TOKEN: 'token' }],
  ['ns1', startNs1, { NS1_API_KEY: 'apiKey' }],
  ['ovh', startOvh, { OVH_ACCESS_TOKEN: 'token' }, 'base_url'],
  ['porkbun', startPorkbun, { PORKBUN_API_KEY: 'apiKey', PORKBUN_SECRET_API_KEY: 'secretApiKey' }],
  ['scaleway', startScaleway, { SCW_SECRET_KEY: 'secretKey' }],
]
for (const [name, start, credentials, address = 'endpoint'] of simpleServices) {
  services[name] = async () => {
    const server = await start([{ name: zone, sets: slowSets }])
    const fields = server as unknown as { readonly [field: string]: string }
    return {
      hcl: `${name} = {\n    ${address} = "${server.url}"\n  }`,
      env: Object.fromEntries(Object.entries(credentials).map(([variable, field]) => [variable, fields[field]])),
      dump: async () => server.dump(zone),
      close: () => server.close(),
    }
  }
}

/** What is used in one configuration: each service once, and those that are left with other credentials. */
const federated = ['google by workload identity federation', 'azure by workload identity']
const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'each DNS service', names: Object.keys(services).filter((name) => !federated.includes(name)) },
  { title: 'services with federated credentials', names: federated },
]

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await createSandbox()
  })
  afterAll(() => sandbox?.close())

  const needed: { readonly [name: string]: readonly string[] } = {
    powerdns: ['pdns_server', 'pdnsutil', 'sqlite3', 'dig'],
    exec: ['python3'],
  }
  const resource = (name: string) => name.replaceAll(' ', '_')
  const block = (name: string, { hcl }: Service, settings: string, value: string) =>
    `resource "dmarcreport_dns_records" "${resource(name)}" {\n  allow_weaker = "Nothing is hosted at the targets of this test"\n  ttl = 3600\n  records = {\n` +
    ['_dmarc', 'mta-sts', 'old', '_smtp._tls']
      .map((label) => `    "${label}" = { name = "${label}.${zone}", value = "${value}" }\n`)
      .join('') +
    `  }\n  ${hcl}\n${settings}\n}\n`
  const secrets =
    /wJalrX|BEGIN PRIVATE KEY|test-api-key|cf-example-token|dop_v1|eyJ\.example|eyJhbGci|ya29|-example-(token|key)|example-secret|1111-2222-3333|[ps]k1_example/

  describe.for(groups)('dmarcreport_dns_records on $title', ({ names }) => {
    const here = names.filter((name) => hasPrograms(...(needed[name] ?? [])))
    for (const name of names) if (!here.includes(name)) it.skip(`works on ${name}, whose programs are not here`)
    it('shows conflicts, replaces, redirects, has nothing more to do, and puts everything back', async () => {
      const started = await Promise.all(
        here.map(async (name) => [name, await (services[name] as () => Promise<Service>)()] as const),
      )
      const env = Object.assign({}, ...started.map(([, service]) => service.env))
      const bench = await startBench({ terraform: program, sandbox, env })
      const { terraform } = bench
      const blocks = started.map(([, { provider = '' }]) => `    ${provider}\n`).join('')
      const hcl = (settings: string, value = 'key.hosted.test') =>
        `provider "dmarcreport" {\n  dns = {\n${blocks}  }\n}\n` +
        started.map(([name, service]) => block(name, service, settings, value)).join('')
      const zones = async () =>
        Object.fromEntries(await Promise.all(started.map(async ([name, { dump }]) => [name, await dump()] as const)))
      try {
        const before = await zones()
        const refused = await terraform.plan(hcl('')).catch((error: TerraformError) => error.diagnostics)
        for (const name of here) {
          expect(refused, name).toContainEqual(
            expect.objectContaining({
              severity: 'error',
              address: `dmarcreport_dns_records.${resource(name)}`,
              summary: `_dmarc.${zone} already has records`,
              detail: expect.stringContaining('p=none'),
            }),
          )
        }
        expect(await zones()).toEqual(before)
        const { diagnostics } = await terraform.apply(hcl('  on_conflict = "replace"'))
        const replaced = diagnostics.filter(({ summary }) => summary === `_dmarc.${zone} will be replaced`)
        // Said in the plan, and again by the apply.
        expect([...new Set(replaced.map(({ address }) => address))].sort()).toEqual(
          here.map((name) => `dmarcreport_dns_records.${resource(name)}`).sort(),
        )
        await terraform.expectEmptyPlan()
        for (const [name, dump] of Object.entries(await zones())) {
          expect(JSON.stringify(dump), name).toMatch(/_dmarc\.shop\.test[^}\]]*key\.hosted\.test/)
          expect(JSON.stringify(dump), name).not.toContain('p=none')
        }
        await terraform.apply(hcl('  on_conflict = "replace"', 'other.hosted.test'))
        await terraform.expectEmptyPlan()
        const { stdout } = await terraform.run('show', '-json')
        expect(stdout).not.toMatch(secrets)
        await terraform.destroy()
        expect(await zones()).toEqual(before)
      } finally {
        await bench.close()
        await Promise.all(started.map(([, service]) => service.close()))
      }
    }, 120_000)
  })
})
