import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../test-support/free-port.ts'

const START_TIMEOUT_MS = 20_000
const ANSWER_TIMEOUT_MS = 15_000
const POLL_MS = 50

export interface MtaStsDaemon {
  /**
   * Postfix's question about a domain, and the answer as Postfix gets it: `OK secure match=...`, `NOTFOUND `. The map
   * `strict` applies policies in testing mode as well, `postfix` does not.
   */
  lookUp: (domain: string, map?: 'postfix' | 'strict') => Promise<string>
  close: () => Promise<void>
}

/**
 * postfix-mta-sts-resolver's daemon on a free loopback port. It looks names up at `dnsPort` on loopback, fetches policies
 * through the proxy at `proxyUrl` and trusts the certificate authority in `caCertificate` (PEM).
 */
export async function startMtaStsDaemon(options: {
  python: string
  dnsPort: number
  proxyUrl: string
  caCertificate: string
}): Promise<MtaStsDaemon> {
  const folder = await mkdtemp(join(tmpdir(), 'mta-sts-daemon-'))
  const port = await freePort()
  const config = join(folder, 'config.yml')
  await writeFile(
    config,
    `host: 127.0.0.1\nport: ${port}\ncache: {type: internal}\nzones: {strict: {strict_testing: true}}\n`,
  )
  await writeFile(join(folder, 'ca.pem'), options.caCertificate)
  const child = spawn(
    options.python,
    [join(import.meta.dirname, 'mta_sts_daemon.py'), String(options.dnsPort), config],
    {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        PYTHONDONTWRITEBYTECODE: '1',
        SSL_CERT_FILE: join(folder, 'ca.pem'),
        https_proxy: options.proxyUrl,
      },
    },
  )
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text
  })
  const exited = once(child, 'exit')
  const close = async () => {
    if (child.exitCode === null) child.kill('SIGTERM')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close()
      throw new Error(`mta-sts-daemon does not listen on port ${port}:\n${log}`)
    }
    await delay(POLL_MS)
  }
  return { lookUp: (domain, map = 'postfix') => askSocketmap(port, `${map} ${domain}`), close }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** One request of Postfix's socketmap protocol: a netstring each way (socketmap_table(5)). */
async function askSocketmap(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error(`no answer to "${request}"`)))
  socket.write(`${Buffer.byteLength(request)}:${request},`)
  let answer = ''
  try {
    for await (const bytes of socket) {
      answer += bytes
      const parts = /^(\d+):(.*),$/s.exec(answer)
      if (parts && Number(parts[1]) === Buffer.byteLength(parts[2] ?? '')) return parts[2] ?? ''
    }
  } finally {
    socket.destroy()
  }
  throw new Error(`mta-sts-daemon closed the connection after "${answer}"`)
}
