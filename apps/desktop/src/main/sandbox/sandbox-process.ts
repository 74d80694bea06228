import { fork } from 'node:child_process'
import { utilityProcess } from 'electron'
import type { SandboxInfo, SandboxMessage } from '../../sandbox/protocol.ts'
import { ProblemError } from '../../shared/problems.ts'
import { builtFile } from '../built-files.ts'

const startTimeout = 60_000
/** The sandbox's store has native code for this version of Node-API: Node 22.14 and newer. */
const neededNodeApi = 10

interface Child {
  on(event: 'message', listener: (message: SandboxMessage) => void): unknown
  once(event: 'exit', listener: (code: number | null) => void): unknown
  readonly stderr: NodeJS.ReadableStream | null
  kill(): boolean
}

/**
 * A complete service with its own DNS and zones on this computer, to try the app without an account. It runs in a process of
 * its own: a server must not share the memory of the process that holds the tokens.
 */
export class SandboxProcess {
  #process: Child | undefined
  #info: Promise<SandboxInfo> | undefined

  /** A second call gives the sandbox that is running. */
  start(): Promise<SandboxInfo> {
    this.#info ??= this.#run().catch((error: unknown) => {
      this.stop()
      throw error
    })
    return this.#info
  }

  stop(): void {
    this.#process?.kill()
    this.#process = undefined
    this.#info = undefined
  }

  #run(): Promise<SandboxInfo> {
    return new Promise((resolve, reject) => {
      const child = startChild(builtFile('main', 'sandbox.js'))
      this.#process = child
      let output = ''
      child.stderr?.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-500)
      })
      const fail = (why: string) => reject(new ProblemError('sandbox-failed', why))
      const timer = setTimeout(() => fail('It did not respond within a minute.'), startTimeout)
      child.on('message', (message) => {
        clearTimeout(timer)
        if (message.type === 'ready') resolve(message.info)
        else fail(message.message)
      })
      child.once('exit', (code) => {
        clearTimeout(timer)
        fail(`Its process exited with status ${code}. ${output}`.trim())
      })
    })
  }
}

/**
 * In a process of Electron's own where its Node is new enough. Older Electrons (the tests run on one) would crash on the
 * store, so there it takes the Node of this computer.
 */
function startChild(file: string): Child {
  if (Number(process.versions.napi) >= neededNodeApi) {
    return utilityProcess.fork(file, [], { serviceName: 'DMARC Watch sandbox', stdio: 'pipe', env: {} })
  }
  const execPath = process.env.DMARC_WATCH_NODE ?? 'node'
  const { PATH = '' } = process.env
  return fork(file, [], { execPath, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env: { PATH } })
}
