import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { start } from '../../src/testing/terraform-process.ts'
import { describeTerraforms } from '../support/terraforms.ts'

const main = join(import.meta.dirname, 'main.ts')

// Terraform starts several processes for each command.
vi.setConfig({ testTimeout: 180_000 })

describeTerraforms(({ program }) => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crash-'))
    const executable = join(folder, 'terraform-provider-crash')
    await writeFile(executable, `#!/bin/sh\nexec "${process.execPath}" "${main}"\n`)
    await chmod(executable, 0o755)
    const overrides = `dev_overrides {\n    "registry.test/test/crash" = "${folder}"\n  }\n  direct {}`
    await writeFile(join(folder, 'cli.tfrc'), `provider_installation {\n  ${overrides}\n}\n`)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  async function apply(resources: { readonly [name: string]: string }, env: NodeJS.ProcessEnv = {}) {
    const blocks = Object.entries(resources).map(
      ([name, how]) => `resource "crash_thing" "${name}" {\n  how = "${how}"\n  secret = "hunter2-${name}"\n}\n`,
    )
    const required = 'terraform {\n  required_providers {\n    crash = {\n      source = "registry.test/test/crash"\n'
    await writeFile(join(folder, 'main.tf'), `${required}    }\n  }\n}\n${blocks.join('')}`)
    const { stdout, stderr, code } = await start(program, ['apply', '-auto-approve', '-no-color'], {
      cwd: folder,
      env: {
        ...process.env,
        ...env,
        CHECKPOINT_DISABLE: '1',
        CRASH_CREATES: String(blocks.length),
        TF_CLI_CONFIG_FILE: join(folder, 'cli.tfrc'),
      },
      timeout: 120_000,
    }).finished
    const state = JSON.parse(await readFile(join(folder, 'terraform.tfstate'), 'utf8')) as {
      resources: { name: string; instances: { status?: string; attributes: { id: string } }[] }[]
    }
    const kept = state.resources.map(({ name, instances: [instance] }) => [
      name,
      `${instance?.attributes.id}${instance?.status === 'tainted' ? ' (tainted)' : ''}`,
    ])
    // Terraform breaks lines to the width of the terminal.
    return { code, said: (stdout + stderr).replace(/\s*\n[│\s]*/g, ' '), raw: stderr, kept: Object.fromEntries(kept) }
  }

  it.each([
    ['rejection', /panic: Error: a rejection with \(sensitive value\)/, 'a rejection with (sensitive value)'],
    ['exception', /panic: TypeError: an exception/, 'an exception Caused by: its cause'],
  ])('shows an unhandled %s with its stack, and finishes the other call', async (how, panic, message) => {
    const { code, said, raw, kept } = await apply({ bad: how, good: 'slow' })
    expect(code).toBe(1)
    expect(said).toContain(`Error: Creating crash_thing failed`)
    expect(said).toContain(message)
    expect(raw).toMatch(panic)
    expect(raw).toMatch(/at .*provider\.ts:\d+/)
    expect(kept).toEqual({ bad: `saved-${how} (tainted)`, good: 'done-slow' })
  })

  it('ends each call that crashes with its own error, also one that had returned, and at once', async () => {
    const { said, kept } = await apply({ bad: 'rejection', worse: 'exception', careless: 'leftover', good: 'slow' })
    expect(said).toContain('a rejection that was left behind The error was thrown where nothing waits for it')
    expect(said).toContain('a rejection with (sensitive value)')
    expect(said).toContain('an exception Caused by: its cause')
    expect(said).not.toContain('crashed in another call')
    expect(kept).toEqual({
      bad: 'saved-rejection (tainted)',
      worse: 'saved-exception (tainted)',
      careless: 'done-leftover (tainted)',
      good: 'done-slow',
    })
  })

  it('shows every error of an AggregateError, and writes their stacks to the log', async () => {
    const { said, raw, kept } = await apply({ bad: 'several' }, { TF_LOG: 'error' })
    expect(said).toMatch(/two things failed - first reason - second reason/)
    expect(raw).toMatch(/AggregateError: two things failed.*at .*provider\.ts:\d+.*Error: second reason/s)
    expect(raw).not.toContain('panic:')
    expect(kept).toEqual({ bad: 'saved-several (tainted)' })
  })

  it('masks secrets in what an author prints, which is in the log', async () => {
    const { code, raw } = await apply({ web: 'talkative' }, { TF_LOG: 'trace' })
    expect(code).toBe(0)
    expect(raw).toContain('created with (sensitive value)')
    expect(raw).toContain("{ secret: '(sensitive value)' }")
    expect(raw).toContain('bytes of (sensitive value)')
    // Terraform itself shows the configuration nowhere.
    expect(raw).not.toContain('hunter2-web')
  })
})
