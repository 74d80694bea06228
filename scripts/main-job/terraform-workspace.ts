import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { cliConfiguration } from '@dmarc-as-code/terraform-provider/install'
import { findProgram } from '../../test-support/programs.ts'

const COMMAND_TIMEOUT_MS = 5 * 60_000

/** Terraform or OpenTofu, whichever is on the PATH first. */
export function findTerraform(): { program: string; title: string } | undefined {
  for (const [name, title] of [
    ['terraform', 'Terraform'],
    ['tofu', 'OpenTofu'],
  ] as const) {
    const program = findProgram(name)
    if (program !== undefined) return { program, title }
  }
  return undefined
}

/** A temporary folder with a configuration and what its commands need to find the provider, the sandbox and its DNS. */
export class TerraformWorkspace {
  readonly folder: string
  /** What has to be in the environment, beside the caller's own. Holds the sandbox's token and update key. */
  readonly environment: Readonly<Record<string, string>>
  readonly #program: string
  readonly #signal: AbortSignal

  private constructor(program: string, folder: string, environment: Record<string, string>, signal: AbortSignal) {
    this.#program = program
    this.folder = folder
    this.environment = environment
    this.#signal = signal
  }

  static async create(options: {
    program: string
    configuration: string
    mirror: string
    sandbox: Sandbox
    signal: AbortSignal
  }): Promise<TerraformWorkspace> {
    const { program, configuration, mirror, sandbox, signal } = options
    const folder = await mkdtemp(join(tmpdir(), 'dmarc-as-code-'))
    await cp(configuration, folder, { recursive: true })
    const cliConfigurationFile = join(folder, 'cli.tfrc')
    await writeFile(cliConfigurationFile, cliConfiguration(mirror))
    const environment = {
      TF_CLI_CONFIG_FILE: cliConfigurationFile,
      DMARCREPORT_ENDPOINT: sandbox.apiUrl,
      DMARCREPORT_TOKEN: sandbox.token,
      DNS_UPDATE_SERVER: sandbox.dns.address,
      DNS_UPDATE_PORT: String(sandbox.dns.port),
      DNS_UPDATE_KEYNAME: sandbox.tsig.name,
      DNS_UPDATE_KEYALGORITHM: sandbox.tsig.algorithm,
      DNS_UPDATE_KEYSECRET: sandbox.tsig.secret,
      DMARCREPORT_STUB_ZONES: sandbox.stubZones
        .flatMap(({ zone, servers }) => servers.map(({ address, port = 53 }) => `${zone}=${address}:${port}`))
        .join(','),
    }
    return new TerraformWorkspace(program, folder, environment, signal)
  }

  /** Runs one command, giving each line to `onLine`. Answers the exit code if it is among `expected`; else rejects with all output. */
  run(
    args: readonly string[],
    onLine: (line: string) => void = () => {},
    expected: readonly number[] = [0],
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.#program, [...args, '-no-color'], {
        cwd: this.folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0', ...this.environment },
        timeout: COMMAND_TIMEOUT_MS,
        // An interrupt lets Terraform end its providers and release the state; a kill would not.
        killSignal: 'SIGINT',
        signal: this.#signal,
      })
      const output: string[] = []
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          output.push(line)
          onLine(line)
        })
      }
      child.once('error', reject)
      child.once('close', (code, signal) => {
        if (code !== null && expected.includes(code)) resolve(code)
        else reject(new Error(`${args[0]} ended with ${signal ?? `exit code ${code}`}:\n${output.join('\n')}`))
      })
    })
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }
}
