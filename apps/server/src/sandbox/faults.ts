import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A fault in the handling of a request:
 * - `latency`: the request is handled after this many milliseconds
 * - `status`: the request is not handled; the answer has this status, with our error shape or an HTML page like a proxy's
 * - `drop`: the request is not handled; the connection closes without an answer
 * - `lost-answer`: the request is handled; the connection closes without an answer
 * - `cut-off`: the request is handled; the answer ends in the middle of its body
 */
export type Fault =
  | { kind: 'latency'; milliseconds: number }
  | { kind: 'status'; status: number; retryAfter?: string; body?: 'json' | 'html' }
  | { kind: 'drop' }
  | { kind: 'lost-answer' }
  | { kind: 'cut-off' }

export interface FaultRule {
  fault: Fault
  /** How many requests it affects. Default: all, until it is removed. */
  times?: number
  /** Which requests it affects; `path` excludes the query. Default: all. */
  matches?: (request: { method: string; path: string }) => boolean
}

/** Injects faults into the API, to test how a client handles them. */
export interface Faults {
  /** Adds a rule after the existing ones; the first matching rule applies to a request. Returns a function that removes it. */
  add(rule: FaultRule): () => void
  clear(): void
}

interface ActiveRule extends FaultRule {
  left: number
}

/** Installs fault injection in front of the request handlers of an HTTP server. */
export function injectFaults(server: Server): Faults {
  const rules = new Set<ActiveRule>()
  const handlers = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const handle = () => {
      for (const handler of handlers) handler.call(server, request, response)
    }
    const rule = firstMatch(rules, request)
    if (!rule) {
      handle()
      return
    }
    rule.left -= 1
    if (rule.left <= 0) rules.delete(rule)
    inject(rule.fault, request, response, handle)
  })
  return {
    add(rule) {
      const active = { ...rule, left: rule.times ?? Number.POSITIVE_INFINITY }
      rules.add(active)
      return () => void rules.delete(active)
    },
    clear: () => rules.clear(),
  }
}

function firstMatch(rules: Iterable<ActiveRule>, request: IncomingMessage): ActiveRule | undefined {
  const asked = { method: request.method ?? 'GET', path: request.url?.split('?')[0] ?? '/' }
  for (const rule of rules) if (rule.matches?.(asked) ?? true) return rule
  return undefined
}

function inject(fault: Fault, request: IncomingMessage, response: ServerResponse, handle: () => void): void {
  switch (fault.kind) {
    case 'latency':
      void sleep(fault.milliseconds, undefined, { ref: false }).then(() => {
        if (!request.socket.destroyed) handle()
      })
      break
    case 'status':
      answerStatus(fault, request, response)
      break
    case 'drop':
      request.socket.destroy()
      break
    case 'lost-answer':
      loseAnswer(request, response)
      handle()
      break
    case 'cut-off':
      cutOff(response)
      handle()
      break
  }
}

function answerStatus(
  fault: Extract<Fault, { kind: 'status' }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume()
  const html = fault.body === 'html'
  response.writeHead(fault.status, {
    'content-type': html ? 'text/html' : 'application/json; charset=utf-8',
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }),
  })
  const error = { code: 'injected_fault', message: `A fault rule of the sandbox answers ${fault.status}.`, details: [] }
  response.end(html ? `<html><body><h1>${fault.status} from a proxy</h1></body></html>\n` : JSON.stringify({ error }))
}

/** The headers announce the whole body; the connection closes after half of it. */
function cutOff(response: ServerResponse): void {
  const end = response.end
  response.end = ((chunk?: unknown): ServerResponse => {
    response.end = end
    const body = Buffer.from(typeof chunk === 'string' || Buffer.isBuffer(chunk) ? chunk : '')
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
    return response
  }) as typeof response.end
}

function loseAnswer(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead = () => response
  response.write = () => true
  response.end = () => {
    request.socket.destroy()
    return response
  }
}
