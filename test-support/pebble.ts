import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { findProgram } from './programs.ts'

export interface PebbleOptions {
  /** The DNS server Pebble looks names up at: `127.0.0.1:5353`. */
  dnsServer: string
  /** The port Pebble fetches http-01 proofs from, instead of 80. */
  httpPort: number
  /** The port Pebble asks for tls-alpn-01 proofs, instead of 443. Default: a free one. */
  tlsPort?: number
  /** Path of the program. Default: Debian's. */
  program?: string
  /** More of its settings, and of its environment: the share of good nonces that it refuses and the like. */
  settings?: Readonly<Record<string, unknown>>
  environment?: Readonly<Record<string, string>>
  /** Where it listens. Default: on a free port. */
  port?: number
  /** Certificate and key of Pebble's own HTTPS, PEM, valid for 127.0.0.1's name `localhost`. */
  certificate: { key: string; cert: string }
}

export interface Pebble {
  /** `https://localhost:PORT/dir` */
  directoryUrl: string
  log: () => string
  /** PEM of the root its certificates lead to; another one at each start. */
  rootCertificate: () => Promise<string>
  /** What it answers, as JSON, when a client asks when to renew this certificate (PEM). Not with Debian's. */
  setRenewalInfo: (certificate: string, answer: object) => Promise<void>
  /** Stops it by process id and removes its folder. */
  close: () => Promise<void>
}

/** Let's Encrypt's test server from Debian, on free loopback ports. */
export async function startPebble(options: PebbleOptions): Promise<Pebble> {
  const path = options.program ?? findProgram('pebble')
  if (!path) throw new Error("pebble is not installed; guard the test with hasPrograms('pebble')")
  // A port is free when asked for and may be gone a moment later, when several suites run at once.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(path, options)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

async function startOnce(path: string, options: PebbleOptions): Promise<Pebble> {
  const folder = await mkdtemp(join(tmpdir(), 'pebble-'))
  const port = options.port ?? (await freePort())
  const managementPort = await freePort()
  const config = {
    pebble: {
      listenAddress: `127.0.0.1:${port}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      certificate: join(folder, 'cert.pem'),
      privateKey: join(folder, 'key.pem'),
      httpPort: options.httpPort,
      tlsPort: options.tlsPort ?? (await freePort()),
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
      ...options.settings,
    },
  }
  await writeFile(join(folder, 'pebble.json'), JSON.stringify(config))
  await writeFile(join(folder, 'cert.pem'), options.certificate.cert)
  await writeFile(join(folder, 'key.pem'), options.certificate.key, { mode: 0o600 })
  const child = spawn(path, ['-config', join(folder, 'pebble.json'), '-dnsserver', options.dnsServer], {
    // Pebble refuses some good nonces on purpose and sleeps before it validates; neither is under test here.
    env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0', ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-100_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const close = async () => {
    await stop(child)
    await rm(folder, { recursive: true, force: true })
  }
  const directoryUrl = `https://localhost:${port}/dir`
  const deadline = Date.now() + 20_000
  while (!(await answers(directoryUrl))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await close()
      throw new Error(`pebble does not answer at ${directoryUrl}:\n${output}`)
    }
    await sleep(30)
  }
  const rootCertificate = async () => (await get(`https://localhost:${managementPort}/roots/0`)).body
  const setRenewalInfo = async (Certificate: string, answer: object) => {
    const body = JSON.stringify({ Certificate, ARIResponse: JSON.stringify(answer) })
    const { status } = await get(`https://localhost:${managementPort}/set-renewal-info/`, body)
    if (status !== 200) throw new Error(`pebble answered ${status} to the renewal information`)
  }
  return { directoryUrl, log: () => output, rootCertificate, setRenewalInfo, close }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const kill = setTimeout(() => child.kill('SIGKILL'), 5000)
  await exited
  clearTimeout(kill)
}

async function answers(url: string): Promise<boolean> {
  return get(url).then(
    ({ status }) => status === 200,
    () => false,
  )
}

function get(url: string, body?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    // Pebble answers 400 to a client without a name (RFC 8555 section 6.1).
    const headers = { 'user-agent': 'tests of dmarc-as-code' }
    const ask = request(
      url,
      { method, headers, rejectUnauthorized: false, timeout: 1000, agent: false },
      async (response) => {
        let answer = ''
        try {
          for await (const chunk of response.setEncoding('utf8')) answer += chunk
          resolve({ status: response.statusCode ?? 0, body: answer })
        } catch (error) {
          reject(error)
        }
      },
    )
    ask.on('timeout', () => ask.destroy(new Error(`${url} did not answer in time`)))
    ask.on('error', reject)
    ask.end(body)
  })
}
