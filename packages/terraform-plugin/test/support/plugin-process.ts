import { type ChildProcess, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { GrpcClient } from '../../src/testing/grpc-client.ts'
import { selfSignedCertificate } from '../../src/wire/certificate.ts'

const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

/** A provider process started the way Terraform starts it. */
export class PluginProcess {
  readonly #child: ChildProcess
  readonly #client = selfSignedCertificate()
  stdout = ''
  stderr = ''

  constructor(command: readonly [string, ...string[]], env: NodeJS.ProcessEnv = {}) {
    const [program, ...args] = command
    this.#child = spawn(program, args, {
      env: {
        PATH: process.env.PATH,
        TMPDIR: process.env.TMPDIR,
        TF_PLUGIN_MAGIC_COOKIE: COOKIE,
        PLUGIN_PROTOCOL_VERSIONS: '5,6',
        PLUGIN_CLIENT_CERT: this.#client.certificatePem,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout?.on('data', (data) => {
      this.stdout += data
    })
    this.#child.stderr?.on('data', (data) => {
      this.stderr += data
    })
  }

  /** The most memory it has taken so far, in megabytes. Linux only. */
  async peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024
  }

  get exit(): Promise<number | null> {
    const { exitCode, signalCode } = this.#child
    if (exitCode !== null || signalCode !== null) return Promise.resolve(exitCode)
    return once(this.#child, 'exit').then(([code]) => code)
  }

  async handshake(): Promise<{ line: string; path: string; certificate: Buffer }> {
    while (!this.stdout.includes('\n')) {
      if (this.#child.exitCode !== null) throw new Error(`the provider ended early: ${this.stderr}`)
      await once(this.#child.stdout as NonNullable<ChildProcess['stdout']>, 'data')
    }
    const line = this.stdout.slice(0, this.stdout.indexOf('\n'))
    const [, , , path = '', , base64 = ''] = line.split('|')
    return { line, path, certificate: Buffer.from(base64, 'base64') }
  }

  /** Connects with Terraform's certificate, or with another or none. */
  async connect(identity: 'right' | 'wrong' | 'none' = 'right'): Promise<GrpcClient> {
    const { path, certificate } = await this.handshake()
    const own = identity === 'right' ? this.#client : identity === 'wrong' ? selfSignedCertificate() : undefined
    return GrpcClient.connect(path, {
      ca: new X509Certificate(certificate).toString(),
      ...(own && { cert: own.certificatePem, key: own.privateKeyPem }),
    })
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Ends the process in a way that lets it remove its socket. */
  async end(): Promise<void> {
    this.#child.kill('SIGTERM')
    await this.exit
  }
}
