import { isIP } from 'node:net'
import { isObject, type JsonObject } from '../adapters/shape.ts'
import { DnsError } from '../errors.ts'
import type { Resolver } from '../observe/resolver.ts'
import { canonicalName } from '../wire/names.ts'

/** What a DNS service says about itself (draft-ietf-dconn-domainconnect, section "DNS Provider Discovery"). */
export interface DomainConnectSettings {
  /** The zone this is about. */
  domain: string
  providerId: string
  providerName: string
  /** Where the user is sent to apply a template. Undefined when the service does not support it. */
  urlSyncUX?: string
  urlAPI: string
  urlControlPanel?: string
  /** Window size the service asks for. */
  width?: number
  height?: number
}

export interface DomainConnectOptions {
  resolver: Resolver
  fetch?: typeof fetch
  signal?: AbortSignal
  /** Milliseconds per look-up and request. Default 5000. */
  timeout?: number
}

/** The service says it speaks Domain Connect, and then does not. */
export class DomainConnectError extends DnsError {
  override name = 'DomainConnectError'
}

/**
 * Whether the service that hosts a zone speaks Domain Connect, and where. `undefined` when it does not. `domain` is the
 * zone, not a name in it. Fails with {@link DomainConnectError} when the service's answer cannot be used.
 */
export async function discoverDomainConnect(
  domain: string,
  options: DomainConnectOptions,
): Promise<DomainConnectSettings | undefined> {
  const { resolver, signal, timeout = 5000 } = options
  const zone = canonicalName(domain)
  const run = resolver.begin({ signal })
  const deadline = AbortSignal.timeout(timeout)
  const { records } = await run.lookUp({ name: `_domainconnect.${zone}`, type: 'TXT' }, { deadline })
  const pointer = records.find((record) => record.type === 'TXT')
  if (pointer?.type !== 'TXT') return undefined
  const host = checkedHost(pointer.data, zone)
  const settings = await getJson(`https://${host}/v2/${encodeURIComponent(zone)}/settings`, options)
  // 404: the service serves other zones this way, but not this one.
  return settings && readSettings(settings, zone, host)
}

/** Whether the service knows a template. */
export async function supportsTemplate(
  settings: DomainConnectSettings,
  template: { providerId: string; serviceId: string },
  options: Omit<DomainConnectOptions, 'resolver'>,
): Promise<boolean> {
  return (await getJson(`${settings.urlAPI}${templatePath(template)}`, options)) !== undefined
}

export function templatePath({ providerId, serviceId }: { providerId: string; serviceId: string }): string {
  return `/v2/domainTemplates/providers/${encodeURIComponent(providerId)}/services/${encodeURIComponent(serviceId)}`
}

// The TXT is written by whoever runs the zone: it may name a public host and a path, and nothing that would lead this
// machine to an address of its own network.
function checkedHost(text: string, zone: string): string {
  const host = text.trim().replace(/\/+$/, '')
  const named = URL.canParse(`https://${host}`) && !isIP(new URL(`https://${host}`).hostname)
  if (named && /^(?=[^/]*\.)[a-z0-9.-]*[a-z][a-z0-9-]*(\/[\w.~-]+)*$/i.test(host)) return host
  throw new DomainConnectError(
    `_domainconnect.${zone} holds "${text.slice(0, 100)}", expected a host name such as domainconnect.example.com.`,
  )
}

const maxBytes = 64 * 1024

async function getJson(
  url: string,
  { fetch: get = fetch, signal, timeout = 5000 }: Omit<DomainConnectOptions, 'resolver'>,
): Promise<JsonObject | undefined> {
  const limit = AbortSignal.timeout(timeout)
  let status: number
  let text: string
  try {
    const response = await get(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    status = response.status
    text = await readLimited(response)
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof DomainConnectError) throw cause
    throw new DomainConnectError(`${url} could not be read. Enter the records by hand, or try again later.`, { cause })
  }
  if (status === 404) return undefined
  if (status !== 200) throw new DomainConnectError(`${url} answered ${status}, expected 200 or 404.`)
  try {
    const body: unknown = JSON.parse(text)
    if (isObject(body)) return body
  } catch {}
  throw new DomainConnectError(`${url} did not answer with a JSON object.`)
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new DomainConnectError(`${response.url} answered with more than ${maxBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function readSettings(body: JsonObject, domain: string, host: string): DomainConnectSettings {
  const text = (field: string) =>
    typeof body[field] === 'string' && body[field] !== '' ? String(body[field]) : undefined
  const address = (field: string) => {
    const value = text(field)?.replace(/\/+$/, '')
    if (value === undefined) return undefined
    if (URL.canParse(value) && new URL(value).protocol === 'https:') return value
    throw new DomainConnectError(
      `The settings of ${host} have ${field} "${value.slice(0, 100)}", expected an https address.`,
    )
  }
  const providerId = text('providerId')
  const urlAPI = address('urlAPI')
  if (!providerId || !urlAPI) throw new DomainConnectError(`The settings of ${host} lack providerId or urlAPI.`)
  const urlSyncUX = address('urlSyncUX')
  const urlControlPanel = text('urlControlPanel')
  const size = (field: string) => (typeof body[field] === 'number' ? { [field]: body[field] } : {})
  return {
    domain,
    providerId,
    providerName: text('providerDisplayName') ?? text('providerName') ?? providerId,
    urlAPI,
    ...(urlSyncUX ? { urlSyncUX } : {}),
    ...(urlControlPanel ? { urlControlPanel } : {}),
    ...size('width'),
    ...size('height'),
  }
}
