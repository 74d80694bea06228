import { createServer } from 'node:http'
import { type Listening, listen } from '../http/listen.ts'

/** Key authorizations that an ACME server fetches (RFC 8555 section 8.3). */
export interface Http01Challenges {
  put(token: string, proof: string): void
  remove(token: string): void
  get(token: string): string | undefined
}

export function http01Challenges(): Http01Challenges {
  const proofs = new Map<string, string>()
  return {
    put: (token, proof) => void proofs.set(token, proof),
    remove: (token) => void proofs.delete(token),
    get: (token) => proofs.get(token),
  }
}

const PREFIX = '/.well-known/acme-challenge/'

/** Answers only an ACME server's requests, over plain HTTP: the CA always connects to port 80. */
export function startHttp01Server(options: {
  challenges: Http01Challenges
  host?: string
  port: number
}): Promise<Listening> {
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 8192 }, (request, response) => {
    const path = request.url ?? ''
    const proof = path.startsWith(PREFIX) ? options.challenges.get(path.slice(PREFIX.length)) : undefined
    response.writeHead(proof === undefined ? 404 : 200, { 'content-type': 'text/plain' })
    response.end(proof ?? 'Not found\n')
  })
  return listen(server, options.host, options.port)
}
