import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rawObject } from '../src/encoding/raw.ts'
import { toWire } from '../src/server/values.ts'
import { start } from '../src/testing/terraform-process.ts'
import { PluginProcess } from './support/plugin-process.ts'
import { describeTerraforms } from './support/terraforms.ts'

const run = promisify(execFile)
const main = resolve(import.meta.dirname, 'process/main.ts')
const bun = resolve(import.meta.dirname, '../../../node_modules/.bin/bun')

let folder: string
/** One folder for each way to ship a provider, with the program Terraform starts in it. */
const shipped = { script: '', binary: '' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugin-bundle-'))
  for (const way of ['script', 'binary'] as const) {
    await mkdir(join(folder, way))
    shipped[way] = join(folder, way, 'terraform-provider-disk')
  }
  await build({
    entryPoints: [main],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    outfile: shipped.script,
    banner: { js: `#!${process.execPath}` },
  })
  await chmod(shipped.script, 0o755)
  // Bytecode needs CommonJS, which has no top-level await.
  const entry = join(folder, 'entry.ts')
  await writeFile(
    entry,
    `import { serve } from ${JSON.stringify(resolve(import.meta.dirname, '../src/serve.ts'))}\n` +
      `void serve(() => import(${JSON.stringify(join(dirname(main), 'disk-provider.ts'))}))\n`,
  )
  await run(bun, ['build', '--compile', '--minify', '--bytecode', entry, '--outfile', shipped.binary])
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it.skipIf(process.platform !== 'linux')('a script plans 1,000 resources in less than 100 MB', async () => {
  const type = { id: 'string', name: 'string', content: 'string' } as const
  const value = (id: string | null, name: string) =>
    toWire(
      ['object', type],
      rawObject([
        ['id', id],
        ['name', name],
        ['content', name.repeat(50)],
      ]),
    )
  const plugin = new PluginProcess([shipped.script])
  try {
    const client = await plugin.connect()
    const of = { type_name: 'disk_file' }
    const plan = async (name: string) => {
      const [state, config] = [value(`/${name}`, name), value(null, name)]
      await client.call('ValidateResourceConfig', { ...of, config })
      await client.call('UpgradeResourceState', { ...of, raw_state: { json: Buffer.from(`{"name":"${name}"}`) } })
      await client.call('ReadResource', { ...of, current_state: state })
      await client.call('PlanResourceChange', { ...of, prior_state: state, config, proposed_new_state: state })
    }
    // Three rounds: more than a plan, so that the memory of one is not what happens to be left over.
    for (let first = 0; first < 3_000; first += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => plan(`resource number ${first + index}`)))
    }
    client.close()
    expect(await plugin.peakMemory()).toBeLessThan(100)
  } finally {
    await plugin.end()
  }
})

describe.each(['script', 'binary'] as const)('a provider shipped as one %s', (way) => {
  it('speaks over mutual TLS and refuses strangers', async () => {
    const plugin = new PluginProcess([shipped[way]])
    try {
      const client = await plugin.connect()
      expect(Object.keys((await client.call('GetProviderSchema', {})).resource_schemas ?? {})).toEqual(['disk_file'])
      client.close()
      await expect(plugin.connect('wrong')).rejects.toThrow()
      await expect(plugin.connect('none')).rejects.toThrow()
    } finally {
      await plugin.end()
    }
  })

  describeTerraforms(({ name, program }) => {
    const workspace = () => join(folder, `${way}-${name}`)

    async function terraform(content: string, ...args: string[]) {
      const cwd = workspace()
      await mkdir(join(cwd, 'files'), { recursive: true })
      await writeFile(
        join(cwd, 'cli.tfrc'),
        `provider_installation {\n  dev_overrides {\n    "registry.test/test/disk" = "${join(folder, way)}"\n  }\n  direct {}\n}\n`,
      )
      await writeFile(
        join(cwd, 'main.tf'),
        `terraform {\n  required_providers {\n    disk = {\n      source = "registry.test/test/disk"\n    }\n  }\n}\n` +
          `provider "disk" {\n  folder = "${join(cwd, 'files')}"\n}\n` +
          `resource "disk_file" "a" {\n  name = "a"\n  content = "${content}"\n}\n`,
      )
      const env = { ...process.env, CHECKPOINT_DISABLE: '1', TMPDIR: cwd, TF_CLI_CONFIG_FILE: join(cwd, 'cli.tfrc') }
      return {
        cwd,
        env,
        running: (onOutput?: (text: string) => void) =>
          start(program, args, { cwd, env, timeout: 60_000, ...(onOutput && { onOutput }) }),
      }
    }
    const apply = ['apply', '-auto-approve', '-no-color'] as const

    it('creates, plans nothing, updates and destroys', async () => {
      const created = await (await terraform('one', ...apply)).running().finished
      expect(created.stdout, created.stderr).toContain('1 added')
      const planned = await (await terraform('one', 'plan', '-detailed-exitcode')).running().finished
      expect(planned.code).toBe(0)
      await (await terraform('two', ...apply)).running().finished
      expect(await readFile(join(workspace(), 'files', 'a'), 'utf8')).toBe('two')
      const destroyed = await (await terraform('two', 'destroy', '-auto-approve')).running().finished
      expect(destroyed.stdout, destroyed.stderr).toContain('1 destroyed')
      // The file of the resource is gone; the provider leaves a mark when Terraform ends it in good order.
      expect(await readdir(join(workspace(), 'files'))).toEqual(['shut-down'])
    })

    it('keeps what was made when the provider is interrupted, and converges after it was killed', async () => {
      const interrupted = (await terraform('hang', ...apply)).running((text) => {
        if (text.includes('Creating...')) setTimeout(() => interrupted.interrupt(), 300)
      })
      const { stdout, stderr } = await interrupted.finished
      expect(stdout + stderr).toContain('Creating disk_file was interrupted')
      // The state knows the file although its creation failed: the next apply replaces it.
      const converged = await (await terraform('fine', ...apply)).running().finished
      expect(converged.stdout, converged.stderr).toContain('1 added, 0 changed, 1 destroyed')

      await (await terraform('fine', 'destroy', '-auto-approve')).running().finished
      const killed = (await terraform('hang', ...apply)).running((text) => {
        if (text.includes('Creating...')) setTimeout(() => void killProvider(), 500)
      })
      const { code, stderr: said } = await killed.finished
      expect(code).toBe(1)
      expect(said).toMatch(/Plugin did not respond|Request cancelled|plugin/i)
      const again = await (await terraform('fine', ...apply)).running().finished
      expect(again.stdout, again.stderr).toContain('1 added')
      const planned = await (await terraform('fine', 'plan', '-detailed-exitcode')).running().finished
      expect(planned.code).toBe(0)
    })

    async function killProvider(): Promise<void> {
      process.kill(Number(await readFile(join(workspace(), 'files.pid'), 'utf8')), 'SIGKILL')
    }
  })
})
