import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bundle } from '../scripts/bundle.mjs'

const run = promisify(execFile)

/** What go-plugin expects in the environment of a plugin. */
const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'
const source = 'registry.terraform.io/dmarc-as-code/dmarcreport'

/**
 * A folder in which Terraform works with a provider process of its own making, mortal-provider.ts, to which it is attached:
 * one process for a whole command, which can be killed and started again.
 */
export class MortalWorkspace {
  readonly #base: string
  readonly #program: string
  readonly #env: NodeJS.ProcessEnv
  #child: ChildProcess | undefined

  private constructor(base: string, program: string, env: NodeJS.ProcessEnv) {
    this.#base = base
    this.#program = program
    const quiet = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' }
    this.#env = { ...process.env, ...quiet, TF_CLI_CONFIG_FILE: join(base, 'terraform.rc'), TMPDIR: base, ...env }
  }

  static async open(program: string, configuration: string, env: NodeJS.ProcessEnv): Promise<MortalWorkspace> {
    const base = await mkdtemp(join(tmpdir(), 'mortal-'))
    await writeFile(join(base, 'provider.cjs'), await bundle(join(import.meta.dirname, 'mortal-provider.ts')))
    await writeFile(join(base, 'terraform.rc'), '')
    await mkdir(join(base, 'work'))
    await writeFile(join(base, 'work/main.tf'), configuration)
    return new MortalWorkspace(base, program, env)
  }

  /** Runs a command; rejects, with all it said, when it fails. */
  async terraform(...args: string[]): Promise<void> {
    await this.#run(args, {})
  }

  /** Runs a command whose provider dies at a moment. Rejects where that moment never comes. */
  async dying(moment: string, ...args: string[]): Promise<void> {
    await this.#run(args, { KILL_AT: moment }).catch(() => {})
    const seen = await this.#moments()
    if (this.#child?.exitCode === null && this.#child.signalCode === null) {
      await once(this.#child, 'exit', { signal: AbortSignal.timeout(2_000) }).catch(() => {})
    }
    if (this.#child?.signalCode === 'SIGKILL') return
    throw new Error(`"${moment}" never came in terraform ${args.join(' ')}, but ${seen.join(', ')}`)
  }

  /** The moments of a command. */
  async momentsOf(...args: string[]): Promise<string[]> {
    await this.#run(args, {})
    return this.#moments()
  }

  async #moments(): Promise<string[]> {
    return (await readFile(join(this.#base, 'moments'), 'utf8')).trim().split('\n')
  }

  async close(): Promise<void> {
    await this.#end()
    await rm(this.#base, { recursive: true, force: true })
  }

  async #run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
    const path = await this.#start(env)
    const attached = { Protocol: 'grpc', ProtocolVersion: 6, Pid: this.#child?.pid, Test: true }
    const reattach = { [source]: { ...attached, Addr: { Network: 'unix', String: path } } }
    const options = {
      cwd: join(this.#base, 'work'),
      timeout: 60_000,
      env: { ...this.#env, TF_REATTACH_PROVIDERS: JSON.stringify(reattach) },
    }
    await run(this.#program, [...args, '-no-color'], options).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`terraform ${args.join(' ')} failed:\n${error.stdout}${error.stderr}`, { cause: error })
    })
  }

  /** A new process for each command; answers its socket. */
  async #start(env: NodeJS.ProcessEnv): Promise<string> {
    await this.#end()
    const moments = join(this.#base, 'moments')
    await writeFile(moments, '')
    const own = {
      TF_PLUGIN_MAGIC_COOKIE: COOKIE,
      PLUGIN_PROTOCOL_VERSIONS: '6',
      NOTES: join(this.#base, 'notes'),
      MOMENTS: moments,
    }
    const child = spawn(process.execPath, [join(this.#base, 'provider.cjs')], {
      env: { ...this.#env, ...own, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    const [line] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(20_000) })) as [Buffer]
    return String(line).split('|')[3] ?? ''
  }

  async #end(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    await exited
  }
}
