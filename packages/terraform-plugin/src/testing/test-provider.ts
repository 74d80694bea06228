import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Provider } from '../provider/provider.ts'
import { connectProvider } from '../server/connection.ts'
import type { Address } from '../wire/handshake.ts'
import { reattachConfig, serveReattached } from '../wire/reattach.ts'
import { PlanCheck } from './checks.ts'
import { type ReportedDiagnostic, reportedDiagnostics, reportedProgress, TerraformError } from './diagnostics.ts'
import { fieldsOfAddress, importDifferences } from './import-differences.ts'
import { removeLeftovers, workspacePrefix } from './leftovers.ts'
import { type PlannedChange, type PlannedOutput, plannedChanges } from './plan.ts'
import { type QueryOptions, type QueryResult, query } from './query.ts'
import { type ShownState, shownState } from './state.ts'
import { type Finished, installedTerraforms, type Running, start } from './terraform-process.ts'

export interface TestOptions {
  /** The program to run. Default: `terraform`, else `tofu`, from the PATH. */
  readonly terraform?: string
  /** The provider's source address. Default: `registry.test/test/NAME`. */
  readonly source?: string
  /** Further environment variables for Terraform. */
  readonly env?: NodeJS.ProcessEnv
  /** Further providers that configurations of the test use, such as `echoProvider`. */
  readonly others?: readonly Provider[]
  /** Milliseconds after which a command is killed. Default 60,000. */
  readonly timeout?: number
}

export interface CommandOptions {
  readonly variables?: { readonly [name: string]: unknown }
  /** Further arguments of the command, such as `-refresh=false`. */
  readonly args?: readonly string[]
}

export interface Applied {
  readonly diagnostics: readonly ReportedDiagnostic[]
}

export interface Invoked extends Applied {
  /** What actions said while they ran. */
  readonly progress: readonly string[]
}

export interface Planned extends Applied {
  readonly changes: readonly PlannedChange[]
  /** What was changed outside of Terraform. */
  readonly drift: readonly PlannedChange[]
  readonly changedOutputs: readonly string[]
  /** The outputs of the root module by name, those that do not change included. */
  readonly outputs: { readonly [name: string]: PlannedOutput }
}

/** How an object is imported again. */
export interface VerifyImportOptions {
  /** Attributes that an import cannot know. */
  readonly ignore?: readonly string[] | undefined
  readonly variables?: CommandOptions['variables']
  /** Plans an `import` block instead of running `terraform import`. */
  readonly block?: boolean
}

/** What killed runs left is looked for once in each process. */
let leftoversRemoved: Promise<void> | undefined

/**
 * Runs a provider inside this process and lets the real Terraform (or OpenTofu) on the PATH use it. Close it after the
 * test: `await using toy = await testProvider(provider)`, or `close()`.
 */
export async function testProvider(provider: Provider, options: TestOptions = {}): Promise<TestWorkspace> {
  const program = options.terraform ?? installedTerraforms()[0]?.program
  if (!program)
    throw new Error('Neither terraform nor tofu is on the PATH. Install one, or pass its path as `terraform`.')
  const logs: string[] = []
  leftoversRemoved ??= removeLeftovers(tmpdir())
  await leftoversRemoved
  const folder = await mkdtemp(join(tmpdir(), workspacePrefix()))
  // The socket lies in the folder: it goes with it, also when this process is killed.
  const server = await serveReattached(connectProvider(provider, { log: (line) => void logs.push(line) }), folder)
  const others = await Promise.all(
    (options.others ?? []).map(async (other) => ({
      name: other.definition.name,
      source: `registry.test/test/${other.definition.name}`,
      server: await serveReattached(connectProvider(other, { log: (line) => void logs.push(line) }), folder),
    })),
  )
  const { name } = provider.definition
  const served = [{ name, source: options.source ?? `registry.test/test/${name}`, server }, ...others]
  await writeFile(join(folder, 'cli.tfrc'), '')
  const required = served.map((one) => `    ${one.name} = {\n      source = "${one.source}"\n    }\n`)
  await writeFile(join(folder, 'provider.tf'), `terraform {\n  required_providers {\n${required.join('')}  }\n}\n`)
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_CLI_CONFIG_FILE: join(folder, 'cli.tfrc'),
    TF_REATTACH_PROVIDERS: JSON.stringify(
      Object.fromEntries(served.map((one) => [one.source, reattachConfig(one.server.address)])),
    ),
    ...options.env,
  }
  const { timeout = 60_000 } = options
  return new TestWorkspace({
    program,
    folder,
    env,
    logs,
    timeout,
    provider,
    address: server.address,
    stop: async () => void (await Promise.all(served.map((one) => one.server.close()))),
  })
}

interface Workspace {
  readonly program: string
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  readonly logs: readonly string[]
  readonly timeout: number
  readonly provider: Provider
  readonly address: Address
  stop(): Promise<void>
}

/** A folder with a configuration and its state, and the commands on it. Each command may replace the configuration. */
export class TestWorkspace implements AsyncDisposable {
  readonly #workspace: Workspace

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Where configuration and state lie. Gone after `close`. */
  get folder(): string {
    return this.#workspace.folder
  }

  /** What the provider logged, as lines of JSON. */
  get logs(): readonly string[] {
    return this.#workspace.logs
  }

  /** Writes the configuration without running anything. */
  async write(hcl: string): Promise<void> {
    await writeFile(join(this.folder, 'main.tf'), hcl)
  }

  /** Checks the configuration. Rejects with a `TerraformError` where it is wrong. */
  async validate(hcl?: string): Promise<Applied> {
    if (hcl !== undefined) await this.write(hcl)
    const finished = await this.run('validate', '-json')
    const { diagnostics } = JSON.parse(finished.stdout) as { diagnostics: ReportedDiagnostic[] }
    if (finished.code !== 0) throw new TerraformError('validate', diagnostics, finished.stdout)
    return { diagnostics }
  }

  /** Plans, and tells what would change. */
  async plan(hcl?: string, options: CommandOptions = {}): Promise<Planned> {
    if (hcl !== undefined) await this.write(hcl)
    const { diagnostics } = await this.#command('plan', ['-json', '-out=test.tfplan', ...flags(options)])
    return { ...(await this.#planned()), diagnostics }
  }

  /** What the plan that was made last would change. */
  async #planned(): Promise<Omit<Planned, 'diagnostics'>> {
    const shown = await this.run('show', '-json', 'test.tfplan')
    if (shown.code !== 0) throw new TerraformError('show', [], shown.stderr)
    return plannedChanges(shown.stdout)
  }

  /** Plans an import whose configuration Terraform writes, and returns what it wrote. */
  async generateConfig(hcl: string): Promise<string> {
    const file = join(this.folder, 'generated.tf')
    await rm(file, { force: true })
    await this.plan(hcl, { args: ['-generate-config-out=generated.tf'] })
    return existsSync(file) ? readFile(file, 'utf8') : ''
  }

  /** Applies without asking. */
  async apply(hcl?: string, options: CommandOptions = {}): Promise<Invoked> {
    if (hcl !== undefined) await this.write(hcl)
    return this.#command('apply', ['-json', '-auto-approve', ...flags(options)])
  }

  /** Runs an action of the configuration, such as `action.toy_restart.all` (Terraform 1.14 and later). */
  async invoke(action: string, options: CommandOptions = {}): Promise<Invoked> {
    return this.#command('apply', ['-json', '-auto-approve', `-invoke=${action}`, ...flags(options)])
  }

  /** Starts an apply to interrupt it; `onOutput` is told what it prints. */
  async startApply(hcl: string, onOutput?: (text: string) => void, options: CommandOptions = {}): Promise<Running> {
    await this.write(hcl)
    return this.#start(['apply', '-json', '-auto-approve', ...flags(options)], onOutput)
  }

  async destroy(options: CommandOptions = {}): Promise<Applied> {
    return this.#command('destroy', ['-json', '-auto-approve', ...flags(options)])
  }

  /** Imports an object by its id to an address of the configuration. */
  async import(address: string, id: string): Promise<void> {
    const finished = await this.run('import', '-no-color', address, id)
    if (finished.code !== 0) throw new TerraformError('import', [], finished.stderr)
  }

  /**
   * Imports an object that the state has once more, into a state of its own, and rejects where the result differs from what is
   * stored, or the plan after the import is not empty. With an identity instead of an identifier (Terraform 1.12 and later), and
   * with `block`, an `import` block is planned.
   */
  async verifyImport(
    address: string,
    id: string | { readonly identity: { readonly [name: string]: unknown } },
    { ignore = [], variables = {}, block = false }: VerifyImportOptions = {},
  ): Promise<void> {
    const imported = join(this.folder, 'imported.tfstate')
    await rm(imported, { force: true })
    if (typeof id !== 'string' || block) return this.#verifyBlock(address, id, ignore, variables)
    const finished = await this.run(
      'import',
      '-no-color',
      '-state=imported.tfstate',
      ...flags({ variables }),
      address,
      id,
    )
    if (finished.code !== 0) throw new TerraformError('import', [], finished.stderr)
    const { resources } = await this.state(imported)
    await this.#compareImport(address, resources[address], ignore)
    if (ignore.length > 0) return
    const { changes } = await this.plan(undefined, {
      variables,
      args: ['-state=imported.tfstate', `-target=${address}`],
    })
    new PlanCheck(changes.filter((change) => change.address === address)).expectEmpty()
  }

  async #verifyBlock(
    address: string,
    id: string | { readonly identity: { readonly [name: string]: unknown } },
    ignore: readonly string[],
    variables: NonNullable<CommandOptions['variables']>,
  ): Promise<void> {
    const file = join(this.folder, 'verify-import.tf')
    const source = typeof id === 'string' ? `id = ${literal(id)}` : `identity = ${literal(id.identity)}`
    await writeFile(file, `import {\n  to = ${address}\n  ${source}\n}\n`)
    try {
      const args = ['-state=imported.tfstate', `-target=${address}`]
      const { changes } = await this.plan(undefined, { variables, args })
      const change = changes.find((one) => one.address === address)
      if (!change?.importing) throw new Error(`The plan does not import ${address}.`)
      await this.#compareImport(address, change.before ?? undefined, ignore)
      if (ignore.length === 0) new PlanCheck([change]).expectEmpty()
    } finally {
      await rm(file, { force: true })
    }
  }

  async #compareImport(address: string, found: ShownState['resources'][string] | undefined, ignore: readonly string[]) {
    const { resources } = await this.state()
    const fields = fieldsOfAddress(this.#workspace.provider, address)
    const differing = importDifferences(fields, resources[address], found, ignore)
    if (differing.length > 0) throw new Error(`The import of ${address} differs:\n${differing.join('\n')}`)
  }

  /** Everything that is stored, or what another state file of the folder holds. */
  async state(file?: string): Promise<ShownState> {
    const shown = await this.run('show', '-json', ...(file === undefined ? [] : [file]))
    if (shown.code !== 0) throw new TerraformError('show', [], shown.stderr)
    return shownState(shown.stdout)
  }

  /** Plans again and rejects, naming the differences, unless nothing would change. */
  async expectEmptyPlan(options: CommandOptions = {}): Promise<void> {
    const args = ['-json', '-out=test.tfplan', '-detailed-exitcode', ...flags(options)]
    const finished = await this.run('plan', ...args)
    // Terraform says so itself; only what it would change has to be shown, which takes a process more.
    if (finished.code === 0) return
    if (finished.code !== NOT_EMPTY) throw failureOf('plan', finished)
    const { changes, changedOutputs } = await this.#planned()
    const changed = changes.filter(({ actions }) => actions.some((action) => action !== 'no-op'))
    if (changed.length === 0 && changedOutputs.length === 0) return
    const told = changed.map(({ address, actions, before, after, afterUnknown }) =>
      [
        `${address}: ${actions.join(', ')}`,
        JSON.stringify(
          { before, after, afterUnknown },
          (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member),
          2,
        ),
      ].join('\n'),
    )
    throw new Error(
      `The plan is not empty:\n${[...told, ...changedOutputs.map((name) => `output ${name}`)].join('\n')}`,
    )
  }

  /**
   * What a `list` block with this configuration finds. Terraform takes no part: the calls of `terraform query` are made by
   * this function, so that lists can be tested with Terraform before 1.14.
   */
  async query(
    typeName: string,
    config: { readonly [name: string]: unknown } = {},
    options: QueryOptions = {},
  ): Promise<Applied & { readonly results: readonly QueryResult[] }> {
    const { provider, address } = this.#workspace
    return query(provider, address, typeName, config, options)
  }

  /** Runs any command of Terraform. Never rejects because of its exit code. */
  run(...args: readonly string[]): Promise<Finished> {
    return this.#start(args).finished
  }

  /** Stops the provider and removes the folder. */
  async close(): Promise<void> {
    await this.#workspace.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #start(args: readonly string[], onOutput?: (text: string) => void): Running {
    const { program, folder, env, timeout } = this.#workspace
    return start(program, args, { cwd: folder, env, timeout, ...(onOutput && { onOutput }) })
  }

  async #command(name: string, args: readonly string[]): Promise<Invoked> {
    const finished = await this.run(name, ...args)
    if (finished.code !== 0) throw failureOf(name, finished)
    return { diagnostics: reportedDiagnostics(finished.stdout), progress: reportedProgress(finished.stdout) }
  }
}

/** The exit code of `plan -detailed-exitcode` where something would change. */
const NOT_EMPTY = 2

const failureOf = (name: string, { stdout, stderr }: Finished) =>
  new TerraformError(name, reportedDiagnostics(stdout), stdout + stderr)

function flags({ variables = {}, args = [] }: CommandOptions): string[] {
  return [...Object.entries(variables).map(([name, value]) => `-var=${name}=${text(value)}`), ...args]
}

/** A value in Terraform's language, in which `${` and `%{` begin a template. */
const literal = (value: unknown) =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string'
      ? member.replace(/[$%](?=\{)/g, '$&$&')
      : typeof member === 'bigint'
        ? Number(member)
        : member,
  )

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
