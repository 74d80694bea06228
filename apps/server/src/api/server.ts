import { randomUUID } from 'node:crypto'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import {
  createJsonSchemaTransform,
  createJsonSchemaTransformObject,
  serializerCompiler,
} from 'fastify-type-provider-zod'
import { addressLimit } from '../network/address-limit.ts'
import { Problem } from '../rules/problem.ts'
import type { Caller } from '../store/tokens.ts'
import { allowedMethods } from './allowed-methods.ts'
import type { ApiContext } from './context.ts'
import { sendError } from './errors.ts'
import { addHealthRoutes } from './health.ts'
import { logRequests, type OnAnswer } from './log-requests.ts'
import { openApiDocument } from './openapi/base-document.ts'
import { finishDocument } from './openapi/finish-document.ts'
import { schemaRegistry } from './openapi/schema-registry.ts'
import { registerRoute } from './register-route.ts'
import { apiRoutes } from './routes/index.ts'
import { reportApiRoutes } from './routes/reports/index.ts'
import { addTlsReportRoute } from './tls-report-route.ts'
import { tokenLimit } from './token-limit.ts'
import { tooManyRequests } from './too-many-requests.ts'
import { answerUnreadable } from './unreadable-request.ts'
import { validatorCompiler } from './validation.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
  }
}

export interface ApiOptions {
  logger: FastifyBaseLogger
  /** Requests per minute for one token. */
  requestsPerMinute: number
  /** Requests per minute from one client address, with whatever tokens. */
  requestsPerMinuteAndAddress: number
  /** Addresses and networks of the proxies whose X-Forwarded-For names the client. */
  trustProxy: readonly string[]
  /** Called after each answer, for metrics. */
  onAnswer?: OnAnswer
}

/** The HTTP API, ready to listen or to be called with `inject`. */
export async function buildApi(context: ApiContext, options: ApiOptions): Promise<FastifyInstance> {
  const limitOfAddress = addressLimitOf(context.now, options.requestsPerMinuteAndAddress)
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    requestTimeout: 30_000,
    trustProxy: options.trustProxy.length > 0 ? [...options.trustProxy] : false,
    // Running requests finish; connections without one are closed at once.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    // URLs that cannot be decoded never reach a route or a hook.
    frameworkErrors: (error, request, reply) => void sendError(limitOfAddress(request.ip) ?? error, request, reply),
    clientErrorHandler: answerUnreadable,
    // The vendor documents some paths with `.json` and some without; both forms are the same route here.
    rewriteUrl: (request) => (request.url ?? '/').replace(/\.json(?=$|\?)/, ''),
  })
  app.decorateRequest('caller', null)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(sendError)
  app.setNotFoundHandler((request) => {
    throw new Problem(
      404,
      `Not found: ${request.method} ${request.url.split('?')[0]?.slice(0, 200)}. See /openapi.json.`,
    )
  })
  acceptEmptyBodies(app)
  const withSchemas = createJsonSchemaTransformObject({ schemaRegistry })
  await app.register(swagger, {
    openapi: openApiDocument(context.version),
    transform: createJsonSchemaTransform({ schemaRegistry }),
    transformObject: (document) => finishDocument(withSchemas(document)),
  })
  limitByAddress(app, limitOfAddress, options)
  refuseWrongMethods(app)
  logRequests(app, options.onAnswer)
  endConnectionsWhenClosing(app)
  const limits = {
    ofTokens: tokenLimit({ store: context.store, perMinute: options.requestsPerMinute, now: context.now }),
    ofFailures: addressLimit({ perMinute: options.requestsPerMinute, now: context.now }),
    perMinute: options.requestsPerMinute,
  }
  for (const route of [...apiRoutes, ...reportApiRoutes]) registerRoute(app, route, context, limits)
  addHealthRoutes(app, context)
  await app.register(async (scope) => addTlsReportRoute(scope, context))
  await app.ready()
  return app
}

/** Counts a request of an address; the refusal where it has sent too many. */
function addressLimitOf(now: () => number, perMinute: number): (address: string) => Problem | undefined {
  const limit = addressLimit({ perMinute, now })
  return (address) => {
    const seconds = limit.exceeded(address)
    if (seconds !== undefined) return tooManyRequests(`${perMinute} requests per minute from one address`, seconds)
    limit.count(address)
    return undefined
  }
}

/** Refuses too many requests from one address before anything is done for them. */
function limitByAddress(
  app: FastifyInstance,
  limitOfAddress: (address: string) => Problem | undefined,
  { trustProxy, logger }: ApiOptions,
): void {
  let warned = false
  app.addHook('onRequest', async (request) => {
    if (!warned && trustProxy.length === 0 && request.headers['x-forwarded-for'] !== undefined) {
      warned = true
      logger.warn(
        { address: request.ip },
        'requests come through a proxy, whose address all clients share for the limit of requests; set api.trustProxy',
      )
    }
    const refusal = limitOfAddress(request.ip)
    if (refusal) throw refusal
  })
}

/** A path that exists answers another method with 405, before anything is read of the request (RFC 9110 section 15.5.6). */
function refuseWrongMethods(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (!request.is404) return
    const allow = allowedMethods(request.url)
    if (allow.length === 0) return
    const path = request.url.split('?')[0]?.slice(0, 200)
    throw new Problem(405, `${path} has no ${request.method.slice(0, 20)}. Use ${allow.join(', ')}.`, [], { allow })
  })
}

/** A connection that is kept after its answer would keep the server from stopping. */
function endConnectionsWhenClosing(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}

/** Many clients send `Content-Type: application/json` with a DELETE or verify call without a body; that is accepted. */
function acceptEmptyBodies(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain')
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parse(request, body as string, done)
  })
}
