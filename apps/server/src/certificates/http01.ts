import { createServer } from 'node:http'
import { type Listening, listen } from '../http/listen.ts'
import type { Challenges } from './challenges.ts'

const PREFIX = '/.well-known/acme-challenge/'

/** What a token may be (RFC 8555 section 8.3); nothing else is looked for. */
const TOKEN = /^[A-Za-z0-9_-]{1,200}$/

/** Answers only an ACME server's requests for key authorizations (RFC 8555 section 8.3), over plain HTTP: the CA always connects to port 80. */
export function startHttp01Server(options: {
  challenges: Pick<Challenges, 'get'>
  host?: string
  port: number
}): Promise<Listening> {
  const proofFor = async (path: string) => {
    const token = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : ''
    return TOKEN.test(token) ? await options.challenges.get(token) : undefined
  }
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8192 }, async (request, response) => {
    const answer = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain' })
      response.end(text)
    }
    try {
      const proof = await proofFor(request.url ?? '')
      answer(proof === undefined ? 404 : 200, proof ?? 'Not found\n')
    } catch {
      // The store cannot be asked; the CA tries again.
      answer(503, 'Try again\n')
    }
  })
  return listen(server, options.host, options.port)
}
