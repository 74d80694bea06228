import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const home = join(import.meta.dirname, '..')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

it('the DNS targets fit the real bindings, not only what peer-types declares of them', {
  timeout: 60_000,
}, async () => {
  const folder = join(home, '.cache', `real-peers-${process.pid}`)
  const names = ['aws', 'azurerm', 'cloudflare', 'dns', 'google'].map((name) => `@cdktf/provider-${name}/lib/*`)
  const paths = Object.fromEntries(names.map((name) => [name, [`../peers/node_modules/${name}`]]))
  await mkdir(folder)
  try {
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../../../tsconfig.base.json',
        // The bindings are written for readers without this setting.
        compilerOptions: { noEmit: true, paths, exactOptionalPropertyTypes: false },
        files: ['azure', 'cloudflare', 'google', 'rfc2136', 'route53'].map((name) => `../../src/dns/${name}.ts`),
      }),
    )
    const { stdout } = await run(process.execPath, [tsc, '-p', folder, '--listFilesOnly'])
    expect(stdout).toContain('.cache/peers/node_modules/@cdktf/provider-aws/lib/route53-record/index.d.ts')
    expect(stdout).not.toContain('peer-types')
    const checked = await run(process.execPath, [tsc, '-p', folder]).catch((error) => error as { stdout: string })
    expect(checked.stdout).toBe('')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
