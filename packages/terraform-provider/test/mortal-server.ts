import { subscribe } from 'node:diagnostics_channel'
import { type IncomingMessage, ServerResponse } from 'node:http'
import { createSandbox } from '@dmarc-as-code/server/sandbox'

// A sandbox kept in FOLDER, as a process that dies when its parent wants it. Each moment goes to the parent when it comes by:
// `before POST /v2/tags.json 1`, when the first such request has arrived, and `after ...`, when it is carried out and committed
// and the answer is about to leave. The parent names the fatal one.

let fatal = ''

const counts = new Map<string, number>()
const names = new WeakMap<IncomingMessage, string>()

/** Ids differ from run to run, and the order too. */
function nameOf({ method, url = '' }: IncomingMessage): string {
  const name = `${method} ${url.replace(/\?.*/, '').replace(/\d+(?=[/.]|$)/g, 'N')}`
  counts.set(name, (counts.get(name) ?? 0) + 1)
  return `${name} ${counts.get(name)}`
}

function pass(request: IncomingMessage, side: 'before' | 'after'): void {
  const moment = `${side} ${names.get(request)}`
  process.send?.({ moment })
  if (moment === fatal) process.kill(process.pid, 'SIGKILL')
}

const ports = process.env.PORTS ? JSON.parse(process.env.PORTS) : {}
const sandbox = await createSandbox({ folder: String(process.env.FOLDER), ports })
const apiPort = Number(new URL(sandbox.apiUrl).port)
const isApi = (request: IncomingMessage) => request.socket.localPort === apiPort

subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: IncomingMessage }
  if (!isApi(request)) return
  names.set(request, nameOf(request))
  pass(request, 'before')
})
const end = ServerResponse.prototype.end
ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
  if (names.has(this.req)) pass(this.req, 'after')
  return end.apply(this, args as Parameters<typeof end>)
}

process.on('message', ({ dump, arm }: { dump?: string; arm?: string }) => {
  if (dump !== undefined) process.send?.({ dump: sandbox.zone(dump).dump() })
  if (arm === undefined) return
  fatal = arm
  counts.clear()
  process.send?.({ armed: true })
})
// The parent is gone.
process.on('disconnect', () => process.exit())
const { apiUrl, token, dns, tsig, hostedDns, policyHost } = sandbox
process.send?.({ ready: { apiUrl, token, dns, tsig, hostedDns, policyHost } })
