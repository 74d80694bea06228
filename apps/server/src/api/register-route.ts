import { errorBody } from '@dmarc-as-code/client/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { AddressLimit } from '../network/address-limit.ts'
import { Problem } from '../rules/problem.ts'
import { isConflict } from '../store/retry.ts'
import { requestAudit } from './audit.ts'
import { authenticate, requireAllAccounts, requirePrivilege } from './authenticate.ts'
import { authorise } from './authorise.ts'
import type { ApiContext } from './context.ts'
import { readIdempotencyKey } from './idempotency.ts'
import { entityTag, readIfMatch } from './if-match.ts'
import { JsonText } from './json-text.ts'
import { operationOf } from './operation-of.ts'
import type { Route } from './route.ts'
import type { TokenLimit } from './token-limit.ts'
import { tooManyRequests } from './too-many-requests.ts'

export interface RequestLimits {
  ofTokens: TokenLimit
  /** Requests without a valid token, so that guessing tokens is limited before the database is asked. */
  ofFailures: AddressLimit
  perMinute: number
}

/** The failures that an operation may answer. */
function failuresOf(contract: { method: string; body?: unknown; headers?: z.ZodType }): Record<number, z.ZodType> {
  const takesVersion = contract.headers instanceof z.ZodObject && 'if-match' in contract.headers.shape
  const codes = [
    ...[400, 401, 403, 404, 422, 429, 500, 503],
    ...(contract.method === 'POST' || contract.method === 'PUT' ? [409] : []),
    ...(takesVersion ? [412] : []),
    ...('body' in contract ? [413, 415] : []),
  ]
  return Object.fromEntries(codes.map((code) => [code, errorBody]))
}

/** Registers an operation as the contract describes it: authorisation, validation and responses. */
export function registerRoute(app: FastifyInstance, route: Route, context: ApiContext, limits: RequestLimits): void {
  const contract = operationOf(route.name)
  /** What belongs to a user or token that was deleted since the request began cannot be written: 401, and not a conflict. */
  const unlessGone = async <Result>({ headers }: FastifyRequest, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      if (isConflict(error)) await authenticate(context.store.db, headers.authorization, context.now())
      throw error
    }
  }
  app.route({
    method: contract.method,
    url: contract.path.replace(/\.json$/, ''),
    schema: {
      operationId: route.name,
      summary: contract.summary,
      description: `${route.description} Needs the privilege \`${route.privilege}\`.`,
      params: contract.params,
      ...('query' in contract ? { querystring: contract.query } : {}),
      ...('body' in contract ? { body: contract.body } : {}),
      ...('headers' in contract ? { headers: contract.headers } : {}),
      response: { [contract.status]: contract.response, ...failuresOf(contract) } as Record<number, z.ZodType>,
    },
    async onRequest(request) {
      refuse(limits, limits.ofFailures.exceeded(request.ip))
      try {
        request.caller = await authenticate(context.store.db, request.headers.authorization, context.now())
      } catch (error) {
        if (error instanceof Problem) limits.ofFailures.count(request.ip)
        throw error
      }
      const { tokenId } = request.caller
      refuse(limits, await unlessGone(request, () => limits.ofTokens(tokenId)))
      requirePrivilege(request.caller, route.privilege)
      if (route.allAccounts !== undefined) requireAllAccounts(request.caller, route.allAccounts)
    },
    // An invalid request reaches the handler: whether the caller has access is decided first.
    attachValidation: true,
    async handler(request, reply) {
      const { params, query, body, caller, log } = request
      if (request.validationError) {
        const badPath = request.validationError instanceof Problem && request.validationError.status === 404
        if (caller && !badPath)
          await authorise(context.store.db, caller, route, contract, params as Record<string, unknown>)
        throw request.validationError
      }
      reply.code(contract.status)
      if (isWholeList(route.name, query)) reply.header('x-total-pages', '1')
      const takes = contract.headers instanceof z.ZodObject ? Object.keys(contract.headers.shape) : []
      const header = (name: string) => (takes.includes(name) ? request.headers[name] : undefined)
      const idempotencyKey = readIdempotencyKey(header('idempotency-key'))
      const ifMatch = readIfMatch(header('if-match'))
      const audit = requestAudit(route.name, request, context.now)
      const handled = { params, query, body, caller, idempotencyKey, ifMatch, audit, log }
      const answer = await unlessGone(request, () => route.handle(handled as never, context))
      if (answer instanceof JsonText) return reply.type('application/json; charset=utf-8').send(answer.bytes)
      const version = versionOf(answer)
      if (version !== undefined) reply.header('etag', entityTag(version))
      return answer
    },
  })
}

/** The version of the one object that an answer shows. */
function versionOf(answer: unknown): number | undefined {
  const { version, id } = answer as { version?: unknown; id?: unknown }
  return typeof version === 'number' && typeof id === 'number' ? version : undefined
}

/** A list that no page was asked of is whole, and says so: whoever reads it need not look for a second page. */
function isWholeList(name: string, query: unknown): boolean {
  const { page, per } = (query ?? {}) as { page?: unknown; per?: unknown }
  return name.startsWith('list') && page === undefined && per === undefined
}

function refuse({ perMinute }: RequestLimits, seconds: number | undefined): void {
  if (seconds !== undefined) throw tooManyRequests(`${perMinute} requests per minute`, seconds)
}
