import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'

type Ready = Pick<Sandbox, 'apiUrl' | 'token' | 'dns' | 'tsig' | 'hostedDns' | 'policyHost'>

/** A sandbox in a process of its own, with its store on disk: killed and started again, it is the same server. */
export class ServerProcess {
  readonly #folder: string
  #child: ChildProcess | undefined
  #ready: Ready | undefined
  /** What came by since `arm`; see mortal-server.ts. */
  moments: string[] = []

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async start(): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'server-process-')))
    await server.start()
    return server
  }

  /** How to reach it; the same after every start. */
  get sandbox(): Ready {
    if (!this.#ready) throw new Error('the server has not been started')
    return this.#ready
  }

  async start(): Promise<void> {
    const { apiUrl, dns, hostedDns, policyHost } = this.#ready ?? {}
    const ports = apiUrl && {
      api: Number(new URL(apiUrl).port),
      dns: dns?.port,
      hostedDns: hostedDns?.port,
      policyHost: policyHost?.port,
    }
    const child = fork(join(import.meta.dirname, 'mortal-server.ts'), {
      execArgv: ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning'],
      env: { ...process.env, FOLDER: this.#folder, PORTS: ports ? JSON.stringify(ports) : '' },
    })
    this.#child = child
    child.on('message', ({ moment }: { moment?: string }) => moment && this.moments.push(moment))
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code} before it listened`)
    })
    this.#ready = await Promise.race([message<Ready>(child, 'ready'), failed])
  }

  /** Resolves when it has died of what `arm` said; rejects, with what came by instead, when it does not in time. */
  async death(): Promise<void> {
    if (this.#child?.signalCode === 'SIGKILL') return
    await once(this.#child as ChildProcess, 'exit', { signal: AbortSignal.timeout(20_000) }).catch(() => {
      throw new Error(`the server is still alive after ${this.moments.join(', ')}`)
    })
  }

  /** Lets it die at a moment, or, without one, only count anew. */
  async arm(fatal = ''): Promise<void> {
    const child = this.#child as ChildProcess
    const armed = message(child, 'armed')
    child.send({ arm: fatal })
    await armed
    this.moments = []
  }

  /** A customer's zone, as text. */
  dump(zone: string): Promise<string> {
    const child = this.#child as ChildProcess
    const dumped = message<string>(child, 'dump')
    child.send({ dump: zone })
    return dumped
  }

  async close(): Promise<void> {
    this.#child?.kill('SIGKILL')
    await this.death()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** The next message that has this member. */
function message<T>(child: ChildProcess, member: string): Promise<T> {
  return new Promise((resolve) => {
    const listener = (received: Record<string, T>) => {
      if (received[member] === undefined) return
      child.off('message', listener)
      resolve(received[member])
    }
    child.on('message', listener)
  })
}
