import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PluginProcess } from './support/plugin-process.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
let folder: string

// The package as npm would install it: its manifest and what the compiler makes of its sources, nothing else.
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
  for (const file of ['main.ts', 'provider.ts']) await cp(join(root, 'examples/quick-start', file), join(folder, file))
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

it('needs nothing at run time', async () => {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  expect(dependencies ?? {}).toEqual({})
})
