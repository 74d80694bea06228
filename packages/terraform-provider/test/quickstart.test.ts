import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MirrorWorkspace, mirrorWorkspace } from './mirror.ts'
import { providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const example = join(import.meta.dirname, '../../../examples/terraform-quickstart')

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let workspace: MirrorWorkspace
  beforeAll(async () => {
    sandbox = await createSandbox()
    const env = providerEnvironment(sandbox)
    workspace = await mirrorWorkspace(program, env, example)
  })
  afterAll(async () => {
    await workspace?.close()
    await sandbox?.close()
  })

  it('runs the quickstart from a filesystem mirror: init, apply, empty plan, destroy', async () => {
    const { terraform } = workspace
    const before = sandbox.zone('shop.test').dump()
    await terraform('init')
    await terraform('apply', '-auto-approve', '-no-color')
    const { ready } = JSON.parse(await terraform('output', '-json')) as { ready: { value: Record<string, boolean> } }
    expect(ready.value).toEqual({ 'example.test': true, 'parked.test': true, 'shop.test': true })
    // Exit code 2 would mean changes.
    await terraform('plan', '-detailed-exitcode', '-no-color')
    const show = await terraform('show', '-json')
    expect(show).not.toContain(sandbox.tsig.secret)
    expect(show).not.toContain(sandbox.token)
    await terraform('destroy', '-auto-approve', '-no-color')
    expect(sandbox.zone('shop.test').dump()).toBe(before)
  })
})
