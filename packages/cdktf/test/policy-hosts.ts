import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** HTTPS hosts that serve policy files on a port of 127.0.0.1. */
export interface PolicyHosts {
  /** With it, a program of Node trusts the hosts, and connects to them where it would to port 443. */
  readonly env: NodeJS.ProcessEnv
  close(): Promise<void>
}

/** One host for each name, with the text it serves. Needs openssl. */
export async function policyHosts(texts: Readonly<Record<string, string | null>>): Promise<PolicyHosts> {
  const folder = await mkdtemp(join(tmpdir(), 'policy-hosts-'))
  const names = Object.keys(texts).map((name) => `DNS:${name}`)
  const [keyFile, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
  const signed = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const named = ['-subj', '/CN=policy-hosts', '-addext', `subjectAltName=${names.join()}`]
  await promisify(execFile)('openssl', [...signed, ...named, '-keyout', keyFile, '-out', certificate], {
    timeout: 60_000,
  })
  const identity = { key: await readFile(keyFile, 'utf8'), cert: await readFile(certificate, 'utf8') }
  const server = createServer(identity, ({ headers: { host = '' } }, response) => {
    const text = texts[host]
    response.writeHead(text ? 200 : 404, { 'content-type': 'text/plain' }).end(text ?? '')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const preload = join(folder, 'preload.cjs')
  await writeFile(
    preload,
    `const { Socket } = require('node:net')
const { connect } = Socket.prototype
Socket.prototype.connect = function (...args) {
  for (const one of args.flat()) if (one?.port === 443 && one.host === '127.0.0.1') one.port = ${port}
  return connect.apply(this, args)
}
`,
  )
  return {
    env: { NODE_OPTIONS: `--require=${preload}`, NODE_EXTRA_CA_CERTS: certificate },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
