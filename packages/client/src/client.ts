import { type Clock, Redactor, systemClock } from '@dmarc-as-code/primitives'
import { environment } from './core/environment.ts'
import { InvalidArgumentError } from './core/errors.ts'
import { type Logger, type LogLevel, levelled } from './core/logger.ts'
import { defaultMaxBodySize } from './core/read-bounded.ts'
import { type AdHocRoute, type CallInput, type CallOptions, type RawAnswer, Transport } from './core/transport.ts'
import { Accounts } from './resources/accounts.ts'
import { DomainMemberships } from './resources/domain-memberships.ts'
import { Domains } from './resources/domains.ts'
import { History } from './resources/history.ts'
import { NoticeTargets } from './resources/notice-targets.ts'
import { Tags } from './resources/tags.ts'
import { UserMemberships } from './resources/user-memberships.ts'
import type { OperationName, Route } from './routes.ts'
import { type Capabilities, CapabilitiesCache } from './session/capabilities.ts'
import type { Session } from './session/session.ts'
import { version } from './version.ts'

/** Options of a client. Every one has a default; the token must come from here or from the environment. */
export interface ClientOptions {
  /** An API token of the web app, without `Token token=`. @default the environment variable DMARCREPORT_TOKEN */
  token?: string | undefined
  /** @default the environment variable DMARCREPORT_ENDPOINT, else https://api.dmarcreport.com */
  baseUrl?: string | undefined
  /** Milliseconds each attempt may take. @default 15000 */
  timeout?: number | undefined
  /** Attempts after the first. @default 2 */
  maxRetries?: number | undefined
  /** Bytes of an answer that are read; a longer one is an error. Of error bodies at most 1 MiB is read. @default 16 MiB */
  maxBodySize?: number | undefined
  /** @default the global fetch, looked up at each call */
  fetch?: typeof globalThis.fetch | undefined
  /** Tells the time and sleeps; replace it in tests. @default the clock of the system */
  clock?: Clock | undefined
  /** From 0 to below 1; spreads the retries. @default Math.random */
  random?: (() => number) | undefined
  /** @default the console, on stderr */
  logger?: Logger | undefined
  /** @default the environment variable DMARCREPORT_LOG, else warn */
  logLevel?: LogLevel | undefined
  /** Who builds on this client, put in front of its own name: `my-tool/1.2`. */
  userAgent?: string | undefined
  /** Sent with every request; `Authorization` cannot be replaced. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Other methods and paths for single operations, e.g. once the vendor publishes its verify routes. */
  routes?: Partial<Record<OperationName, AdHocRoute & Partial<Route>>> | undefined
}

/** The vendor's API, the default `baseUrl`. */
export const defaultBaseUrl = 'https://api.dmarcreport.com'
const defaultTimeout = 15_000
const defaultMaxRetries = 2

/**
 * A client of the DMARC Report API v2, for Node, browsers and Electron.
 *
 * @example
 * const client = new DmarcReportClient() // the token from DMARCREPORT_TOKEN
 * for await (const domain of client.domains.list()) console.log(domain.address)
 */
export class DmarcReportClient {
  /** Domains: list, create, change, delete, host and verify. */
  readonly domains: Domains
  /** Accounts of the user, and those shared with the user. */
  readonly accounts: Accounts
  /** Which domains are in which account. */
  readonly domainMemberships: DomainMemberships
  /** Which users may use which account. */
  readonly userMemberships: UserMemberships
  /** Tags of domains. Needs the extension `tags`. */
  readonly tags: Tags
  /** What happened to domains, and how to undo a deletion. Needs extensions. */
  readonly history: History
  /** Where notices about domains are sent. Needs the extension `notice_targets`. */
  readonly noticeTargets: NoticeTargets
  /** What the client tells the time by, for helpers built on it. */
  readonly clock: Clock
  /** What the client spreads its retries by. */
  readonly random: () => number
  readonly #session: Session

  constructor(options: ClientOptions = {}) {
    const token = checkToken(options.token ?? environment('DMARCREPORT_TOKEN'))
    const secrets = new Redactor([token])
    const logger = levelled(options.logger, options.logLevel, secrets)
    const baseUrl = checkBaseUrl(options.baseUrl ?? environment('DMARCREPORT_ENDPOINT') ?? defaultBaseUrl)
    const maxRetries = checkCount('maxRetries', options.maxRetries ?? defaultMaxRetries, 0)
    this.clock = options.clock ?? systemClock
    this.random = options.random ?? Math.random
    if (isReadableOnTheWay(baseUrl)) {
      logger.warn(`The token is sent unencrypted to ${baseUrl}. Use https unless this network is yours alone.`)
    }
    const transport = new Transport({
      baseUrl,
      authorization: `Token token=${token}`,
      userAgent: isBrowser()
        ? undefined
        : [options.userAgent, `dmarc-as-code-client/${version}`].filter(Boolean).join(' '),
      headers: options.headers ?? {},
      timeout: checkCount('timeout', options.timeout ?? defaultTimeout, 1),
      maxRetries,
      maxBodySize: checkCount('maxBodySize', options.maxBodySize ?? defaultMaxBodySize, 1),
      // Called as a bare function: browsers refuse fetch as a method of anything but the window.
      fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
      clock: this.clock,
      random: this.random,
      logger,
      redactor: secrets,
      routes: options.routes ?? {},
    })
    const capabilities = new CapabilitiesCache(transport)
    this.#session = { transport, capabilities, maxRetries }
    this.domains = new Domains(this.#session)
    this.accounts = new Accounts(this.#session)
    this.domainMemberships = new DomainMemberships(this.#session)
    this.userMemberships = new UserMemberships(this.#session)
    this.tags = new Tags(this.#session)
    this.history = new History(this.#session)
    this.noticeTargets = new NoticeTargets(this.#session)
  }

  /** What the server can do beyond the vendor's API; asked once. */
  capabilities(options: CallOptions = {}): Promise<Capabilities> {
    return this.#session.capabilities.get(options)
  }

  /**
   * One call with its raw answer: for headers, for a field this package does not read, or for a route it does not know
   * (`{ method: 'GET', path: '/v2/accounts/:account_id/domains/:domain_id/agg_reports.json' }`). Authentication, timeouts,
   * retries, errors and redaction are the same as everywhere.
   */
  request(operation: OperationName | AdHocRoute, input: CallInput = {}, options: CallOptions = {}): Promise<RawAnswer> {
    return this.#session.transport.call(operation, input, options)
  }
}

function checkToken(token: unknown): string {
  // Anything else would be cut or refused by HTTP itself, with the token in the message.
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token
  const found =
    typeof token !== 'string' ? typeof token : token === '' ? 'an empty text' : 'spaces, line breaks or other letters'
  throw new InvalidArgumentError(
    `token must be the API token alone, in printable ASCII without spaces; found ${found}. ` +
      'Give it as `token` or in the environment variable DMARCREPORT_TOKEN; the web app makes one under profile icon, "API Tokens", "New Api Token".',
  )
}

function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    // The text is not repeated: it may hold a password.
    throw new InvalidArgumentError(
      `baseUrl must be an http or https URL without user name, query or fragment, such as ${defaultBaseUrl}`,
    )
  }
  return url.href.replace(/\/+$/, '')
}

function checkCount(name: string, value: number, least: number): number {
  if (Number.isFinite(value) && value >= least) return value
  throw new InvalidArgumentError(`${name} must be a number of at least ${least}, found ${String(value)}`)
}

function isReadableOnTheWay(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl)
  return protocol === 'http:' && !/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

/** Browsers name themselves, and a page's own User-Agent header would cost a preflight. */
function isBrowser(): boolean {
  return 'document' in globalThis || 'importScripts' in globalThis
}
