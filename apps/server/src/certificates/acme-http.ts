import { AsyncLocalStorage } from 'node:async_hooks'
import { Agent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { parseRetryAfter } from '@dmarc-as-code/primitives'
import acme from 'acme-client'
import { AcmeBusyError, AcmeUnreachableError } from './acme-errors.ts'

/** The types of the problems (RFC 8555 section 6.7) that the CA answered with: `caa`, `rateLimited`, `unauthorized`. */
type ProblemTypes = Set<string>

const problems = new AsyncLocalStorage<ProblemTypes>()

/** Milliseconds for one request to the CA. */
const requestTime = 20_000

/** Runs work with the CA, and collects the types of the problems it answers with. */
export async function withProblems<Result>(types: ProblemTypes, work: () => Promise<Result>): Promise<Result> {
  return problems.run(types, work)
}

export interface AcmeHttpOptions {
  /** PEM certificates of the CAs that the directory's own certificate may come from, beside the public ones. */
  roots?: string
}

/**
 * Makes the library's HTTP client say what goes wrong. By itself it retries a refused or unreachable directory for a minute
 * and fails with a TypeError, and it waits for `Retry-After` in silence, be it an hour. The client is one per process.
 */
export function setUpAcmeHttp({ roots }: AcmeHttpOptions): void {
  const { defaults } = acme.axios
  if (roots !== undefined) defaults.httpsAgent = new Agent({ ca: [...rootCertificates, roots] })
  const plain = acme.axios.create({ adapter: 'http' })
  defaults.adapter = async (config) => {
    const asIs = (data: unknown) => data
    const response = await plain
      .request({
        ...config,
        adapter: 'http',
        timeout: requestTime,
        validateStatus: () => true,
        transformRequest: asIs,
        transformResponse: asIs,
      })
      .catch((cause: Error & { code?: string }) => {
        const { host } = new URL(config.url ?? 'https://invalid')
        // Without the request, which the library would take for a reason to try again.
        throw new AcmeUnreachableError(`Could not reach ${host}: ${cause.message || cause.code}.`)
      })
    const problem = problemIn(response.data)
    for (const type of problem.types) problems.getStore()?.add(type)
    const retryAfter = parseRetryAfter(response.headers['retry-after'], Date.now())
    const busy = response.status === 429 || (response.status === 503 && retryAfter !== undefined)
    if (busy) throw new AcmeBusyError(problem.detail ?? `HTTP status ${response.status}`, retryAfter)
    return { ...response, config }
  }
}

/** The types of all problems in an answer, those of challenges included, and the detail of the first. */
function problemIn(body: unknown): { types: string[]; detail: string | undefined } {
  let value: unknown
  try {
    value = typeof body === 'string' ? JSON.parse(body) : body
  } catch {
    return { types: [], detail: undefined }
  }
  const types: string[] = []
  let detail: string | undefined
  const look = (inner: unknown, depth: number) => {
    if (typeof inner !== 'object' || inner === null || depth > 4) return
    const { type, detail: text } = inner as { type?: unknown; detail?: unknown }
    const match = typeof type === 'string' ? /^urn:ietf:params:acme:error:(\w+)$/.exec(type) : null
    if (match?.[1] !== undefined) {
      types.push(match[1])
      if (typeof text === 'string') detail ??= text
    }
    for (const each of Object.values(inner)) look(each, depth + 1)
  }
  look(value, 0)
  return { types, detail }
}
