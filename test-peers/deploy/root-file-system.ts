import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { readContainerfile, variablesOf } from './containerfile.ts'

const IN_ROOT = join(import.meta.dirname, 'in-root.sh')
const STEP_TIMEOUT_MS = 300_000

/** Nothing that root may do, as a container engine with `--cap-drop ALL` and `no-new-privileges` starts a process. */
const UNPRIVILEGED = '--reuid=1000 --regid=1000 --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs'
const AS_ROOT = '--no-new-privs'

export interface RunOptions {
  /** Options of setpriv. Default: user 1000 without any capability. */
  readonly privileges?: string
  /** The folders that stay writable. Default: everything is. */
  readonly writable?: readonly string[]
  /** Everything else of the environment is left out. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** A network of its own, with loopback only, in which ports below this number need a capability. Default: the machine's. */
  readonly firstFreePort?: number
}

/** The image of a Containerfile, built and started without a container engine. */
export interface Image {
  readonly root: string
  readonly env: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly healthCheck: readonly string[]
}

/**
 * Carries out the instructions of the Containerfile in `context`, each stage in a folder below `base`. The programs of this
 * machine stand in for the base image's, and npm for the one that comes with it.
 */
export function buildImage(context: string, base: string): Image {
  const roots = new Map<string | undefined, string>()
  let image: Image | undefined
  for (const [index, { name, instructions }] of readContainerfile(join(context, 'Containerfile')).entries()) {
    const root = join(base, `stage-${index}`)
    mkdirSync(root, { recursive: true })
    roots.set(name, root)
    const env: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin:/bin' }
    const made = { entry: [] as string[], arguments: [] as string[], health: [] as string[] }
    let folder = '/'
    for (const instruction of instructions) {
      const { name: kind, text } = instruction
      if (kind === 'WORKDIR') folder = text
      else if (kind === 'ENV') Object.assign(env, variablesOf(instruction))
      else if (kind === 'COPY') copy(text, root, folder, context, roots)
      else if (kind === 'RUN') runStep(root, text, { env: { ...env, ...npmSettings(root) }, cwd: folder })
      else if (kind === 'ENTRYPOINT') made.entry = JSON.parse(text)
      else if (kind === 'CMD') made.arguments = JSON.parse(text)
      else if (kind === 'HEALTHCHECK') made.health = JSON.parse(text.slice(text.indexOf('CMD') + 'CMD'.length))
      else if (!['USER', 'LABEL', 'EXPOSE', 'VOLUME', 'STOPSIGNAL'].includes(kind)) {
        throw new Error(`the test does not know the instruction ${kind} of the Containerfile`)
      }
    }
    image = { root, env, command: [...made.entry, ...made.arguments], healthCheck: made.health }
  }
  if (!image) throw new Error('the Containerfile has no stage')
  return image
}

/** Starts a program in the root file system. Its process id is the program's own. */
export function startIn(root: string, command: readonly string[], options: RunOptions = {}): ChildProcess {
  const [program = '', ...args] = commandIn(root, command, options)
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs a program beside a started one, in its network. */
export function runBeside(pid: number, command: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('nsenter', [`--target=${pid}`, '--net', '--', ...command], {
    encoding: 'utf8',
    timeout: STEP_TIMEOUT_MS,
  })
  return { status, output: `${stdout}${stderr}` }
}

function commandIn(root: string, command: readonly string[], options: RunOptions): string[] {
  const { privileges = UNPRIVILEGED, writable, env = {}, cwd = '/', firstFreePort } = options
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  const inside = ['/usr/bin/env', '-i', `--chdir=${cwd}`, ...variables, ...command]
  const how = [root, process.execPath, writable?.join(':') ?? 'no', privileges, '--']
  const start = ['unshare', '--mount', '--propagation=private', ...(firstFreePort === undefined ? [] : ['--net'])]
  if (firstFreePort === undefined) return [...start, 'bash', IN_ROOT, ...how, ...inside]
  const setPort = `echo ${firstFreePort} > /proc/sys/net/ipv4/ip_unprivileged_port_start; exec bash "$@"`
  return [...start, 'bash', '-c', setPort, 'bash', IN_ROOT, ...how, ...inside]
}

function runStep(root: string, text: string, options: RunOptions): void {
  const [program = '', ...args] = commandIn(root, ['/bin/sh', '-c', text], { ...options, privileges: AS_ROOT })
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: STEP_TIMEOUT_MS })
  if (status !== 0) throw new Error(`RUN ${text}\nended with exit code ${status}:\n${stdout}${stderr}`)
}

function copy(
  text: string,
  root: string,
  folder: string,
  context: string,
  roots: ReadonlyMap<string | undefined, string>,
): void {
  const words = text.split(/\s+/)
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined
  const source = from === undefined ? context : roots.get(from)
  const target = words.pop()
  if (source === undefined || target === undefined) throw new Error(`COPY ${text}: no such stage or target`)
  for (const word of words) {
    const to = resolve(join(root, resolve(folder, target)), words.length > 1 || target === './' ? word : '.')
    mkdirSync(dirname(to), { recursive: true })
    cpSync(join(source, word), to, { recursive: true, verbatimSymlinks: true })
  }
}

/** How npm reaches its registry on this machine. Certificates that Node is told to trust are copied into the root. */
function npmSettings(root: string): Record<string, string> {
  const { stdout } = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' })
  const settings: Record<string, string> = {
    HOME: '/tmp',
    npm_config_cache: '/tmp/npm',
    npm_config_registry: stdout.trim(),
  }
  for (const [name, value] of Object.entries(process.env)) {
    if (/^(https?|no)_proxy$/i.test(name) && value) settings[name] = value
  }
  const extra = process.env.NODE_EXTRA_CA_CERTS
  if (extra) {
    mkdirSync(join(root, 'etc'), { recursive: true })
    copyFileSync(extra, join(root, 'etc/extra-certificates.pem'))
    settings.NODE_EXTRA_CA_CERTS = '/etc/extra-certificates.pem'
  }
  return settings
}
