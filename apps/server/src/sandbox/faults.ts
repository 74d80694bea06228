import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What goes wrong with a request:
 * - `latency`: it is answered so many milliseconds later
 * - `status`: it is not carried out; the answer has this status, with our error shape, or an HTML page as proxies send
 * - `drop`: it is not carried out; the connection ends without an answer
 * - `lost-answer`: it is carried out; the connection ends without an answer
 * - `cut-off`: it is carried out; the answer breaks off in the middle of its body
 */
export type Fault =
  | { kind: 'latency'; milliseconds: number }
  | { kind: 'status'; status: number; retryAfter?: string; body?: 'json' | 'html' }
  | { kind: 'drop' }
  | { kind: 'lost-answer' }
  | { kind: 'cut-off' }

export interface FaultRule {
  fault: Fault
  /** How many requests it strikes. Default: all, until removed. */
  times?: number
  /** Which requests it strikes; `path` is without the query. Default: every one. */
  matches?: (request: { method: string; path: string }) => boolean
}

/** Faults at the API, to see what a client makes of them. */
export interface Faults {
  /** Adds a rule behind those that stand; each request meets the first that matches. Returns the removal. */
  add(rule: FaultRule): () => void
  clear(): void
}

interface Standing extends FaultRule {
  left: number
}

/** Puts faults in front of an HTTP server's own handler. */
export function injectFaults(server: Server): Faults {
  const rules = new Set<Standing>()
  const handlers = server.listeners('request') as RequestListener[]
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const carryOut = () => {
      for (const handler of handlers) handler.call(server, request, response)
    }
    const rule = firstMatch(rules, request)
    if (!rule) {
      carryOut()
      return
    }
    rule.left -= 1
    if (rule.left <= 0) rules.delete(rule)
    strike(rule.fault, request, response, carryOut)
  })
  return {
    add(rule) {
      const standing = { ...rule, left: rule.times ?? Number.POSITIVE_INFINITY }
      rules.add(standing)
      return () => void rules.delete(standing)
    },
    clear: () => rules.clear(),
  }
}

function firstMatch(rules: Iterable<Standing>, request: IncomingMessage): Standing | undefined {
  const asked = { method: request.method ?? 'GET', path: request.url?.split('?')[0] ?? '/' }
  for (const rule of rules) if (rule.matches?.(asked) ?? true) return rule
  return undefined
}

function strike(fault: Fault, request: IncomingMessage, response: ServerResponse, carryOut: () => void): void {
  switch (fault.kind) {
    case 'latency':
      void sleep(fault.milliseconds, undefined, { ref: false }).then(() => {
        if (!request.socket.destroyed) carryOut()
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
      carryOut()
      break
    case 'cut-off':
      cutOff(response)
      carryOut()
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
  const error = { code: 'injected_fault', message: `The sandbox was told to answer ${fault.status}.`, details: [] }
  response.end(html ? `<html><body><h1>${fault.status} from a proxy</h1></body></html>\n` : JSON.stringify({ error }))
}

/** The headers promise the whole body; half of it comes, then the end of the connection. */
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
