import { createHash, X509Certificate } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { selfSigned } from './self-signed.ts'

/** A place releases lie at: a folder, served over https on this machine with a certificate of its own. */
export class ReleaseServer {
  readonly asked: { readonly path: string; readonly agent: string | undefined }[] = []
  readonly #server: Server
  /** What Chromium calls the certificate by. */
  readonly certificateHash: string

  static async start(folder: string): Promise<ReleaseServer> {
    mkdirSync(folder, { recursive: true })
    const pem = selfSigned('IP:127.0.0.1')
    const server = new ReleaseServer(folder, pem)
    await new Promise<void>((done) => server.#server.listen(0, '127.0.0.1', done))
    return server
  }

  private constructor(folder: string, pem: string) {
    const key = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE'))).publicKey
    this.certificateHash = createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest('base64')
    this.#server = createServer({ key: pem, cert: pem }, (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'https://localhost')
      this.asked.push({ path: pathname, agent: request.headers['user-agent'] })
      const file = join(folder, pathname.slice(1))
      if (!existsSync(file)) return void response.writeHead(404).end()
      response.writeHead(200, { 'content-length': statSync(file).size })
      createReadStream(file).pipe(response)
    })
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((done) => this.#server.close(() => done()))
  }
}
