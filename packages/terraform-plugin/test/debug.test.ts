import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { start } from '../src/testing/terraform-process.ts'
import { describeTerraforms } from './support/terraforms.ts'

/** A provider that runs for a debugger, and the variable that it printed. */
async function debugged(main: string, folder: string, ...args: string[]) {
  const provider = spawn(process.execPath, [join(import.meta.dirname, main), ...args], {
    env: { ...process.env, TMPDIR: folder, CRASH_CREATES: '2' },
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    provider[name].on('data', (chunk) => {
      output[name] += chunk
    })
  }
  while (provider.exitCode === null && !/Ctrl-C/.test(output.stdout)) {
    await Promise.race([once(provider.stdout, 'data'), once(provider, 'exit')])
  }
  const [, variable = ''] = /export TF_REATTACH_PROVIDERS='(.*)'/.exec(output.stdout) ?? []
  return { provider, output, env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_REATTACH_PROVIDERS: variable } }
}

// Terraform starts several processes for each command.
vi.setConfig({ testTimeout: 90_000 })

describeTerraforms(({ program }) => {
  it('attaches to a provider that runs for a debugger, command after command, and the provider ends with Ctrl-C', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'debug-'))
    const { provider, env } = await debugged('process/debug-main.ts', folder)
    try {
      await writeFile(
        join(folder, 'main.tf'),
        'terraform {\n  required_providers {\n    disk = {\n      source = "registry.test/test/disk"\n    }\n  }\n}\n' +
          `provider "disk" {\n  folder = "${folder}"\n}\nresource "disk_file" "a" {\n  name = "a"\n  content = "x"\n}\n`,
      )
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

  it('keeps what a call had saved when the provider crashes, shows why, and leaves no socket', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'debug-'))
    const { provider, output, env } = await debugged('crash/debug-main.ts', folder, 'registry.test/test/crash')
    try {
      await writeFile(
        join(folder, 'main.tf'),
        'terraform {\n  required_providers {\n    crash = {\n      source = "registry.test/test/crash"\n    }\n  }\n}\n' +
          'resource "crash_thing" "a" {\n  how = "exception"\n  secret = "hunter2-a"\n}\n' +
          'resource "crash_thing" "b" {\n  how = "talkative"\n  secret = "hunter2-b"\n}\n',
      )
      const exit = once(provider, 'exit')
      const args = ['apply', '-auto-approve', '-no-color']
      const applied = await start(program, args, { cwd: folder, env, timeout: 60_000 }).finished
      expect(applied.stderr).toContain('Creating crash_thing failed')
      expect(applied.stderr).toContain('an exception')
      expect(await readFile(join(folder, 'terraform.tfstate'), 'utf8')).toContain('"saved-exception"')
      expect((await exit)[0]).toBe(2)
      expect(output.stderr).toMatch(/panic: TypeError: an exception/)
      expect(output.stdout).toContain('created with (sensitive value)')
      expect((await readdir(folder)).filter((name) => name.endsWith('.sock'))).toEqual([])
    } finally {
      provider.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('a debug address that Terraform could not find the provider by', () => {
  it.each(['db', 'https://example.com/me/db'])('is refused: "%s"', async (address) => {
    const folder = await mkdtemp(join(tmpdir(), 'debug-'))
    const { provider, output } = await debugged('crash/debug-main.ts', folder, address)
    await rm(folder, { recursive: true, force: true })
    expect(provider.exitCode).toBe(1)
    expect(output.stderr).toContain(
      `debug.address is ${JSON.stringify(address)}, expected the provider's source address`,
    )
  })
})
