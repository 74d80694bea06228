import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { start } from '../src/testing/terraform-process.ts'
import { describeTerraforms } from './support/terraforms.ts'

describeTerraforms(({ program }) => {
  it('attaches to a provider that runs for a debugger, command after command, and the provider ends with Ctrl-C', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'debug-'))
    const provider = spawn(process.execPath, [join(import.meta.dirname, 'process/debug-main.ts')], {
      env: { ...process.env, TMPDIR: folder },
    })
    try {
      let printed = ''
      while (!/Ctrl-C/.test(printed)) printed += String((await once(provider.stdout, 'data'))[0])
      const [, value = ''] = /export TF_REATTACH_PROVIDERS='(.*)'/.exec(printed) ?? []
      await writeFile(
        join(folder, 'main.tf'),
        'terraform {\n  required_providers {\n    disk = {\n      source = "registry.test/test/disk"\n    }\n  }\n}\n' +
          `provider "disk" {\n  folder = "${folder}"\n}\nresource "disk_file" "a" {\n  name = "a"\n  content = "x"\n}\n`,
      )
      const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_REATTACH_PROVIDERS: value }
      const run = (...args: string[]) => start(program, args, { cwd: folder, env, timeout: 60_000 }).finished
      const applied = await run('apply', '-auto-approve', '-no-color')
      expect(applied.stdout, applied.stderr).toContain('1 added')
      expect(await readFile(join(folder, 'a'), 'utf8')).toBe('x')
      expect((await run('plan', '-detailed-exitcode')).code).toBe(0)
      expect(provider.exitCode).toBe(null)
    } finally {
      provider.kill('SIGINT')
      expect((await once(provider, 'exit'))[0]).toBe(0)
      await rm(folder, { recursive: true, force: true })
    }
  })
})
