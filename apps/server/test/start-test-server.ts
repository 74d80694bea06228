import type { PolicyFetcher } from '@dmarc-as-code/dns/verify'
import type { FastifyBaseLogger } from 'fastify'
import { type RunningServer, startServer } from '../src/app/start-server.ts'
import { parseConfig } from '../src/config/load-config.ts'
import { createLogger } from '../src/config/logger.ts'
import type { ConfigInput } from '../src/config/schema.ts'
import { createAccount } from '../src/store/accounts.ts'
import type { Store } from '../src/store/open-store.ts'
import { createToken } from '../src/store/tokens.ts'
import { createUser } from '../src/store/users.ts'

export interface Tenant {
  userId: number
  accountId: number
  token: string
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of every shape
  body: any
  headers: Headers
}

export interface TestServer extends RunningServer {
  /** On the standard plan. */
  owner: Tenant
  call: (method: string, path: string, body?: unknown, token?: string | null) => Promise<Answer>
  tenant: (email: string, plan?: string) => Promise<Tenant>
}

export interface TestOptions {
  config?: Partial<ConfigInput>
  /** Customers' zones and who answers for them. */
  stubZones?: { zone: string; servers: { address: string; port: number }[] }[]
  now?: () => number
  logger?: FastifyBaseLogger
  policyFetcher?: PolicyFetcher
  /** The store has users already; `owner` is none of them. */
  withoutOwner?: boolean
}

/** The whole server on loopback and in memory, asking nobody outside, with one user on the standard plan. */
export async function startTestServer(options: TestOptions = {}): Promise<TestServer> {
  const config = parseConfig({
    api: { port: 0 },
    store: ':memory:',
    hostedZone: {
      name: 'hosting.test',
      nameServers: [{ name: 'ns1.hosting.test', ipv4: ['127.0.0.1'] }],
      listen: { port: 0 },
    },
    policyHost: { listen: { port: 0 }, addresses: { ipv4: ['127.0.0.1'] } },
    verification: { minInterval: 0, recursors: [], policyFile: 'own-host', stubZones: options.stubZones ?? [] },
    network: { allowPrivate: true },
    log: 'silent',
    ...options.config,
  })
  const server = await startServer(config, {
    logger: options.logger ?? createLogger('silent'),
    ...(options.now ? { now: options.now } : {}),
    ...(options.policyFetcher ? { policyFetcher: options.policyFetcher } : {}),
  })
  const owner = options.withoutOwner
    ? { userId: 0, accountId: 0, token: '' }
    : await createTenant(server.store, 'owner@example.com')
  return {
    ...server,
    owner,
    tenant: (email, plan) => createTenant(server.store, email, plan),
    async call(method, path, body, token = owner.token) {
      const response = await fetch(server.apiUrl + path, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Token token=${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        signal: AbortSignal.timeout(15_000),
      })
      return { status: response.status, body: await response.json(), headers: response.headers }
    },
  }
}

/** A user with one account and a token for everything. */
export async function createTenant(store: Store, email: string, plan = 'standard'): Promise<Tenant> {
  const now = Date.now()
  const user = await createUser(store.db, { email, plan, now })
  const account = await createAccount(store.db, { userId: user.id, title: email, now, suffix: () => 'x' })
  const privileges = ['read', 'write', 'verify'] as const
  const { token } = await createToken(store.db, { userId: user.id, accountId: null, name: 'test', privileges, now })
  return { userId: user.id, accountId: account.id, token }
}
