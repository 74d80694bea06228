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
  /** Certificate and key of Pebble's own HTTPS, PEM, valid for 127.0.0.1's name `localhost`. */
  certificate: { key: string; cert: string }
}

export interface Pebble {
  /** `https://localhost:PORT/dir` */
  directoryUrl: string
  log: () => string
  /** PEM of the root its certificates lead to; another one at each start. */
  rootCertificate: () => Promise<string>
  /** Stops it by process id and removes its folder. */
  close: () => Promise<void>
}

/** Let's Encrypt's test server from Debian, on free loopback ports. */
export async function startPebble(options: PebbleOptions): Promise<Pebble> {
  const path = findProgram('pebble')
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
  const port = await freePort()
  const managementPort = await freePort()
  const config = {
    pebble: {
      listenAddress: `127.0.0.1:${port}`,
      managementListenAddress: `127.0.0.1:${managementPort}`,
      certificate: join(folder, 'cert.pem'),
      privateKey: join(folder, 'key.pem'),
      httpPort: options.httpPort,
      tlsPort: await freePort(),
      ocspResponderURL: '',
      externalAccountBindingRequired: false,
    },
  }
  await writeFile(join(folder, 'pebble.json'), JSON.stringify(config))
  await writeFile(join(folder, 'cert.pem'), options.certificate.cert)
  await writeFile(join(folder, 'key.pem'), options.certificate.key, { mode: 0o600 })
  const child = spawn(path, ['-config', join(folder, 'pebble.json'), '-dnsserver', options.dnsServer], {
    // Pebble refuses some good nonces on purpose and sleeps before it validates; neither is under test here.
    env: { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' },
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
  return { directoryUrl, log: () => output, rootCertificate, close }
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

function get(url: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const ask = request(url, { rejectUnauthorized: false, timeout: 1000, agent: false }, async (response) => {
      let body = ''
      try {
        for await (const chunk of response.setEncoding('utf8')) body += chunk
        resolve({ status: response.statusCode ?? 0, body })
      } catch (error) {
        reject(error)
      }
    })
    ask.on('timeout', () => ask.destroy(new Error(`${url} did not answer in time`)))
    ask.on('error', reject)
    ask.end()
  })
}
