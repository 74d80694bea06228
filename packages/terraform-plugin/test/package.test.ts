import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { start } from '../src/testing/terraform-process.ts'
import { PluginProcess } from './support/plugin-process.ts'
import { describeTerraforms } from './support/terraforms.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
let folder: string

// The package as npm would install it: its manifest and what the compiler makes of its sources, nothing else. The provider is
// what a reader of the README has: its code blocks.
const readme = await readFile(join(root, 'README.md'), 'utf8')

/** The block of code that a sentence of the README introduces. */
function blockOf(language: string, introduction: RegExp): string {
  const at = introduction.exec(readme)?.index
  if (at === undefined) throw new Error(`the README does not say ${introduction}`)
  const [, code] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(readme.slice(at)) ?? []
  if (code === undefined) throw new Error(`the README has no ${language} after ${introduction}`)
  return code
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugin-package-'))
  const installed = join(folder, 'node_modules/@dmarc-as-code/terraform-plugin')
  await mkdir(installed, { recursive: true })
  await run(process.execPath, [
    join(root, '../../node_modules/typescript/bin/tsc'),
    ...['-p', join(root, 'tsconfig.build.json'), '--outDir', join(installed, 'dist/esm')],
  ])
  await cp(join(root, 'package.json'), join(installed, 'package.json'))
  await mkdir(join(folder, 'node_modules/@types'))
  await symlink(join(root, '../../node_modules/@types/node'), join(folder, 'node_modules/@types/node'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await cp(join(root, 'bin'), join(installed, 'bin'), { recursive: true })
  await writeFile(join(folder, 'provider.ts'), blockOf('ts', /`provider\.ts`:/))
  await writeFile(join(folder, 'main.ts'), blockOf('ts', /`main\.ts`, the program/))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('the built package runs the quick start', async () => {
  const plugin = new PluginProcess([process.execPath, join(folder, 'main.ts')])
  try {
    const client = await plugin.connect()
    const schema = await client.call('GetProviderSchema', {})
    expect(Object.keys(schema.resource_schemas ?? {})).toEqual(['notes_note'])
    client.close()
  } finally {
    await plugin.end()
  }
})

it('the built package has types a stranger can compile with', async () => {
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'nodenext',
        target: 'es2023',
        lib: ['es2024'],
        types: ['node'],
        allowImportingTsExtensions: true,
      },
      include: ['*.ts'],
    }),
  )
  const tsc = join(root, '../../node_modules/typescript/bin/tsc')
  await expect(run(process.execPath, [tsc, '-p', folder])).resolves.toMatchObject({ stdout: '' })
})

describeTerraforms(({ name, program }) => {
  it("the README's provider, commands and configuration create, change and destroy a note", async () => {
    const notes = join(folder, `notes-${name}`)
    await mkdir(notes)
    const hcl = blockOf('hcl', /With the configuration below/).replace('folder = "/tmp"', `folder = "${notes}"`)
    await writeFile(join(folder, 'commands.sh'), blockOf('sh', /To run it by hand/))
    // The Node of the tests, for `exec node`.
    const PATH = `${dirname(process.execPath)}:${process.env.PATH}`
    await run('sh', ['commands.sh'], { cwd: folder, env: { ...process.env, PATH } })
    const terraform = async (configuration: string, ...args: string[]) => {
      await writeFile(join(folder, 'main.tf'), configuration)
      const env = { ...process.env, PATH, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: join(folder, 'dev.tfrc') }
      return start(program, args, { cwd: folder, env, timeout: 60_000 }).finished
    }
    const apply = ['apply', '-auto-approve', '-no-color']

    const created = await terraform(hcl, ...apply)
    expect(created.stdout, created.stderr).toContain('1 added')
    expect(await readFile(join(notes, 'todo.txt'), 'utf8')).toBe('milk')
    expect((await terraform(hcl, 'plan', '-detailed-exitcode')).code).toBe(0)
    const changed = await terraform(hcl.replace('milk', 'bread'), ...apply)
    expect(changed.stdout, changed.stderr).toContain('1 changed')
    const refused = await terraform(hcl.replace('"todo"\n  text', '"to do"\n  text'), 'validate', '-no-color')
    expect(refused.stderr.replace(/\s*\n[│\s]*/g, ' ')).toContain('expected letters, digits and dashes')
    const destroyed = await terraform(hcl, 'destroy', '-auto-approve', '-no-color')
    expect(destroyed.stdout, destroyed.stderr).toContain('1 destroyed')
    expect(await readdir(notes)).toEqual([])
  })
})

it('the built package documents the provider of the README by its command', async () => {
  const command = join(folder, 'node_modules/@dmarc-as-code/terraform-plugin/bin/terraform-plugin.js')
  const { stdout } = await run(process.execPath, [command, 'docs'], { cwd: folder })
  expect(stdout).toContain('Wrote 2 pages')
  expect(await readFile(join(folder, 'docs/resources/note.md'), 'utf8')).toContain(
    '- `path` (String) Where the file lies.',
  )
})

describe('the links of the README', () => {
  const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)

  it('lead somewhere from npm: with the whole address, to a file that is there', async () => {
    const here = 'https://github.com/dmarc-as-code/dmarc-as-code/blob/main/packages/terraform-plugin/'
    expect(links.length).toBeGreaterThan(1)
    for (const link of links) {
      expect(link).toMatch(/^https:\/\//)
      if (link.startsWith(here)) expect(await readFile(join(root, link.slice(here.length)), 'utf8')).not.toBe('')
    }
  })
})

it('needs nothing at run time', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect(dependencies ?? {}).toEqual({})
})
