import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
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
import { startRoute53 } from '../../../test-support/dns-services/route53.ts'
import { startScaleway } from '../../../test-support/dns-services/scaleway.ts'
import type { StandIn } from '../../../test-support/dns-services/server.ts'
import { startPowerDns } from '../../../test-support/powerdns.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { transferZone } from '../../../test-support/zone-dump.ts'
import { startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

// dns-records.test.ts goes through every rule with RFC 2136; here each other service is used by the real Terraform once.
// PowerDNS is the real one, the others are the stand-ins that the adapters' own tests use.

const zone = 'shop.test'
const old = 'v=DMARC1; p=none; rua=mailto:old@shop.test'
const sets = [
  { name: zone, type: 'MX', ttl: 3600, values: ['10 mx1.shop.test.'] },
  { name: `_dmarc.${zone}`, type: 'TXT', ttl: 600, values: [`"${old}"`] },
  { name: `old.${zone}`, type: 'CNAME', ttl: 600, values: ['elsewhere.test.'] },
]

interface Service {
  /** The settings of the resource. */
  readonly hcl: string
  /** The settings in the provider block, for what has no environment variable. */
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

/** Services that take one token from the environment and their address from the resource. */
const tokenServices: readonly [
  name: string,
  variable: string,
  start: (zones: { name: string; sets: typeof sets }[]) => Promise<StandIn & { dump(zone: string): string[] }>,
  secret: string,
][] = [
  ['desec', 'DESEC_TOKEN', startDesec, 'token'],
  ['dnsimple', 'DNSIMPLE_TOKEN', startDnsimple, 'token'],
  ['gandi', 'GANDI_TOKEN', startGandi, 'token'],
  ['hetzner', 'HETZNER_TOKEN', startHetzner, 'token'],
  ['ionos', 'IONOS_API_KEY', startIonos, 'apiKey'],
  ['linode', 'LINODE_TOKEN', startLinode, 'token'],
  ['ns1', 'NS1_API_KEY', startNs1, 'apiKey'],
  ['scaleway', 'SCW_SECRET_KEY', startScaleway, 'secretKey'],
]
for (const [name, variable, start, secret] of tokenServices) {
  services[name] = async () => {
    const server = await start([{ name: zone, sets: slowSets }])
    return {
      hcl: `ttl = 3600\n  ${name} = {\n    endpoint = "${server.url}"\n  }`,
      env: { [variable]: String((server as unknown as { [field: string]: string })[secret]) },
      dump: async () => server.dump(zone),
      close: () => server.close(),
    }
  }
}

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await createSandbox()
  })
  afterAll(() => sandbox?.close())

  const needed: { readonly [name: string]: readonly string[] } = {
    powerdns: ['pdns_server', 'pdnsutil', 'sqlite3', 'dig'],
  }
  describe.for(Object.entries(services))('dmarcreport_dns_records on %s', ([name, start]) => {
    it.skipIf(!hasPrograms(...(needed[name] ?? [])))(
      'shows conflicts, replaces, redirects, has nothing more to do, and puts everything back',
      async () => {
        const service = await start()
        const bench = await startBench({ terraform: program, sandbox, env: service.env })
        const { terraform } = bench
        const hcl = (settings: string, value = 'key.hosted.test') =>
          `provider "dmarcreport" {\n  dns = {\n    ${service.provider ?? ''}\n  }\n}\n` +
          `resource "dmarcreport_dns_records" "this" {\n  allow_weaker = "Nothing is hosted at the targets of this test"\n  records = {\n` +
          ['_dmarc', 'mta-sts', 'old', '_smtp._tls']
            .map((label) => `    "${label}" = { name = "${label}.${zone}", value = "${value}" }\n`)
            .join('') +
          `  }\n  ${service.hcl}\n${settings}\n}\n`
        try {
          const before = await service.dump()
          await expect(terraform.plan(hcl(''))).rejects.toThrow(/_dmarc\.shop\.test[\s\S]*p=none/)
          expect(await service.dump()).toEqual(before)
          const { diagnostics } = await terraform.apply(hcl('  on_conflict = "replace"'))
          expect(diagnostics.map(({ summary }) => summary)).toContain('_dmarc.shop.test will be replaced')
          await terraform.expectEmptyPlan()
          expect(JSON.stringify(await service.dump())).toMatch(/_dmarc\.shop\.test[^}\]]*key\.hosted\.test/)
          expect(JSON.stringify(await service.dump())).not.toContain('p=none')
          await terraform.apply(hcl('  on_conflict = "replace"', 'other.hosted.test'))
          await terraform.expectEmptyPlan()
          const { stdout } = await terraform.run('show', '-json')
          expect(stdout).not.toMatch(
            /wJalrX|BEGIN PRIVATE KEY|test-api-key|cf-example-token|dop_v1|eyJ\.example|eyJhbGci|ya29|-example-(token|key)|example-secret|1111-2222-3333/,
          )
          await terraform.destroy()
          expect(await service.dump()).toEqual(before)
        } finally {
          await bench.close()
          await service.close()
        }
      },
      60_000,
    )
  })
})
