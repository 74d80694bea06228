import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { dmarcreportMirror, inMirror, putProvider } from '../../../test-support/provider-mirror.ts'
import { peersFolder } from './peers.ts'
import type { AwsProviderBinary, SynthesisedStack } from './real-aws-provider.ts'

const run = promisify(execFile)
const COMMAND_TIMEOUT_MS = 180_000
const standIn = join(import.meta.dirname, '..', '..', '..', 'test-support', 'stand-in-aws')

export interface Planned {
  readonly address: string
  readonly actions: readonly string[]
}

/** A CDKTF project in a folder of its own, with its providers in a mirror beside it. */
export interface Project {
  readonly folder: string
  /** What its programs run with. */
  readonly env: NodeJS.ProcessEnv
  /** Runs a program of the project, such as `main.ts`; answers what it printed. Rejects with that when it fails. */
  node(...args: string[]): Promise<string>
  /** The same with further environment variables. */
  nodeWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<string>
  /** Changes the synthesised stack. */
  amend(change: (stack: SynthesisedStack) => SynthesisedStack): Promise<void>
  /** Runs Terraform on the synthesised stack; answers what it printed. Rejects with that when it fails. */
  terraform(...args: string[]): Promise<string>
  /** What a plan would change; empty when nothing. */
  plan(...args: string[]): Promise<Planned[]>
  /** The stack's outputs. */
  outputs(): Promise<Record<string, unknown>>
  close(): Promise<void>
}

export interface ProjectOptions {
  /** The project's files are copied from here. */
  readonly from: string
  /** The name of its stack. */
  readonly stack: string
  readonly env?: NodeJS.ProcessEnv
  /** Where the stand-in for the AWS provider writes; without it there is no such provider. */
  readonly standInDns?: object
  /** A real AWS provider, which is taken instead of the stand-in. */
  readonly awsProvider?: AwsProviderBinary | undefined
}

/** Copies a project to where the built package and the prebuilt bindings are found as if installed. */
export async function openProject({
  from,
  stack,
  env = {},
  standInDns,
  awsProvider,
}: ProjectOptions): Promise<Project> {
  await mkdir(join(peersFolder, 'runs'), { recursive: true })
  const base = await mkdtemp(join(peersFolder, 'runs', 'project-'))
  const folder = join(base, 'project')
  await cp(from, folder, { recursive: true })
  const mirror = join(base, 'mirror')
  const cliConfig = await dmarcreportMirror(base)
  if (awsProvider) await linkProvider(mirror, 'hashicorp/aws', awsProvider)
  else if (standInDns) await putProvider(mirror, 'hashicorp/aws', await awsVersion(), await standInScript())
  const environment = {
    ...process.env,
    NODE_OPTIONS: '',
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_CLI_CONFIG_FILE: cliConfig,
    ...(standInDns && { STAND_IN_DNS: JSON.stringify(standInDns) }),
    ...env,
  }
  const command = async (program: string, args: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}) => {
    const options = { cwd, env: { ...environment, ...more }, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 1 << 26 }
    try {
      return (await run(program, args, options)).stdout
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
      throw new Error(`${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
    }
  }
  const conditions = ['--conditions=@dmarc-as-code/source', '--disable-warning=ExperimentalWarning']
  const synthesised = join(folder, 'cdktf.out', 'stacks', stack)
  const terraform = (...args: string[]) => command('terraform', args, synthesised)
  return {
    folder,
    env: environment,
    terraform,
    node: (...args) => command(process.execPath, [...conditions, ...args], folder),
    nodeWith: (more, ...args) => command(process.execPath, [...conditions, ...args], folder, more),
    async amend(change) {
      const file = join(synthesised, 'cdk.tf.json')
      await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')) as SynthesisedStack)))
    },
    async plan(...args) {
      await terraform('plan', '-out=test.tfplan', ...args)
      const shown = JSON.parse(await terraform('show', '-json', 'test.tfplan')) as {
        resource_changes?: { address: string; change: { actions: string[]; importing?: object } }[]
      }
      return (shown.resource_changes ?? [])
        .map(({ address, change }) => ({
          address,
          actions: change.importing ? ['import', ...change.actions] : change.actions,
        }))
        .filter(({ actions }) => actions.join() !== 'no-op' && actions.join() !== 'read')
    },
    async outputs() {
      const outputs = JSON.parse(await terraform('output', '-json')) as Record<string, { value: unknown }>
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]))
    },
    close: () => rm(base, { recursive: true, force: true }),
  }
}

async function linkProvider(mirror: string, source: string, { version, folder }: AwsProviderBinary): Promise<void> {
  const link = inMirror(mirror, source, version)
  await mkdir(dirname(link), { recursive: true })
  await symlink(folder, link)
}

/** The version that @cdktn/provider-aws asks for, which the examples use. */
export async function awsVersion(): Promise<string> {
  const file = join(peersFolder, 'node_modules', '@cdktn', 'provider-aws', 'lib', 'provider', 'index.js')
  const [, version] = /providerVersion: '([\d.]+)'/.exec(await readFile(file, 'utf8')) ?? []
  if (version === undefined) throw new Error(`${file} names no providerVersion: the stand-in cannot take its place.`)
  return version
}

let script: Promise<string> | undefined

function standInScript(): Promise<string> {
  script ??= build({
    entryPoints: [join(standIn, 'main.ts')],
    bundle: true,
    write: false,
    // Node takes a file without extension for CommonJS, in which there is no await outside of functions.
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    conditions: ['@dmarc-as-code/source'],
    logLevel: 'error',
  }).then(({ outputFiles: [file] }) => file?.text ?? '')
  return script
}
