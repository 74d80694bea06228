import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { type TestOptions, type TestWorkspace, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { LiveDns, STUB_ZONES } from '../src/live/live-dns.ts'
import { createProvider } from '../src/provider.ts'

/** The provider in this process, used by the real Terraform on a sandbox. */
export interface Bench {
  readonly sandbox: Sandbox
  /** Another user of the same API. */
  readonly api: DmarcReportClient
  readonly terraform: TestWorkspace
  /** Every request the API has answered so far, such as `GET /v2/all_domains.json`. */
  readonly requests: string[]
  /** How often the provider has begun to look something up in the DNS. */
  looks: number
  /** MX records that the provider believes in. */
  readonly mx: Map<string, string[]>
  /** Changes what the provider reads from the API. */
  rewrite: ((answer: string) => string) | undefined
  /** Sees every request before it is sent, such as `PUT /v2/accounts/1/domains/1.json`, with its body. */
  watch: ((request: string, body: string) => void) | undefined
  /** Answers in place of the API, such as for a route that the test plays; undefined lets the API answer. */
  answer: ((request: string, url: URL) => object | undefined) | undefined
  /** How far the provider's clock is ahead, in milliseconds. */
  ahead: number
  close(): Promise<void>
}

export async function startBench(
  options: TestOptions & { readonly env?: NodeJS.ProcessEnv; readonly sandbox?: Sandbox } = {},
): Promise<Bench> {
  const sandbox = options.sandbox ?? (await createSandbox())
  const workFolder = await mkdtemp(join(tmpdir(), 'provider-work-'))
  const requests: string[] = []
  const mx = new Map<string, string[]>()
  const provider = createProvider({
    workFolder,
    env: { ...providerEnvironment(sandbox), ...options.env },
    resolveMx: async (domain) => mx.get(domain) ?? [],
    live: new CountedDns(sandbox, () => {
      bench.looks += 1
    }),
    now: () => Date.now() + bench.ahead,
    async fetch(input, init) {
      const request = `${init?.method ?? 'GET'} ${new URL(String(input)).pathname}`
      requests.push(request)
      bench.watch?.(request, String(init?.body ?? ''))
      const played = bench.answer?.(request, new URL(String(input)))
      if (played) return played instanceof Response ? played : Response.json(played)
      const answer = await fetch(input, init)
      if (!bench.rewrite) return answer
      const { status, headers } = answer
      return new Response(bench.rewrite(await answer.text()), { status, headers })
    },
  })
  const terraform = await testProvider(provider, options)
  const bench: Bench = {
    sandbox,
    api: clientOf(sandbox),
    terraform,
    requests,
    looks: 0,
    mx,
    rewrite: undefined,
    watch: undefined,
    answer: undefined,
    ahead: 0,
    async close() {
      await terraform.close()
      if (!options.sandbox) await sandbox.close()
      await rm(workFolder, { recursive: true, force: true })
    },
  }
  return bench
}

export const clientOf = ({ token, apiUrl }: Pick<Sandbox, 'token' | 'apiUrl'>) =>
  new DmarcReportClient({ token, baseUrl: apiUrl })

/** The DNS as everybody sees it who knows the servers of the sandbox. */
export const liveDnsOf = (sandbox: Pick<Sandbox, 'stubZones'>) => new LiveDns(() => resolverOf(sandbox))

const resolverOf = async ({ stubZones }: Pick<Sandbox, 'stubZones'>) =>
  createResolver({ client: createDnsClient(), stubZones, recursors: [] })

/** Tells of every look. */
class CountedDns extends LiveDns {
  readonly #looked: () => void

  constructor(sandbox: Sandbox, looked: () => void) {
    super(() => resolverOf(sandbox))
    this.#looked = looked
  }

  override resolver() {
    this.#looked()
    return super.resolver()
  }
}

/** The domains that the service has, in the order of the alphabet. */
export const addressesIn = async (api: DmarcReportClient) =>
  (await api.domains.list().all()).map(({ address }) => address).sort()

/** How the provider finds the sandbox, and `dmarcreport_dns_records` its customer zones. */
export function providerEnvironment({
  token,
  apiUrl,
  dns,
  tsig,
  stubZones,
}: Pick<Sandbox, 'token' | 'apiUrl' | 'dns' | 'tsig'> & Partial<Pick<Sandbox, 'stubZones'>>): NodeJS.ProcessEnv {
  return {
    DMARCREPORT_TOKEN: token,
    DMARCREPORT_ENDPOINT: apiUrl,
    DNS_UPDATE_SERVER: dns.address,
    DNS_UPDATE_PORT: String(dns.port),
    DNS_UPDATE_KEYNAME: tsig.name,
    DNS_UPDATE_KEYALGORITHM: tsig.algorithm,
    DNS_UPDATE_KEYSECRET: tsig.secret,
    ...(stubZones && { [STUB_ZONES]: stubZoneSetting(stubZones) }),
  }
}

const stubZoneSetting = (stubZones: Sandbox['stubZones']) =>
  stubZones
    .flatMap(({ zone, servers }) => servers.map(({ address, port = 53 }) => `${zone}=${address}:${port}`))
    .join(',')
