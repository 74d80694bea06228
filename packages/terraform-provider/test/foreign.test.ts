import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { installedTerraforms } from '@dmarc-as-code/terraform-plugin/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { hasWine, wineProgram } from '../../../test-support/wine.ts'
import { compile } from '../scripts/package.mjs'
import { installIntoMirror } from '../src/install/index.ts'
import { mirrorWorkspace } from './mirror.ts'
import { providerEnvironment } from './sandbox.ts'

// The compiled programs for other machines, as far as they can be run on this one. Terraform starts them through a script.
const sysroot = '/usr/aarch64-linux-gnu'
const [terraform] = installedTerraforms()
const here = process.platform === 'linux' && process.arch === 'x64' && terraform !== undefined

describe.skipIf(!here)('the compiled provider', () => {
  let folder: string
  let sandbox: Sandbox
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'foreign-'))
    sandbox = await createSandbox()
  })
  afterEach(async () => {
    await sandbox?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** One apply, an empty plan, and a destroy that puts the zone back. */
  async function expectLifeCycle(program: string): Promise<void> {
    const env = providerEnvironment(sandbox)
    const source = join(import.meta.dirname, 'killed')
    const workspace = await mirrorWorkspace(terraform?.program ?? '', env, source, {
      install: async (mirror) => void (await installIntoMirror(mirror, { binary: program })),
    })
    try {
      const before = sandbox.zone('shop.test').dump()
      await workspace.terraform('init')
      await workspace.terraform('apply', '-auto-approve', '-no-color')
      expect(sandbox.zone('shop.test').dump()).toContain('_dmarc.shop.test. 300 IN CNAME')
      await workspace.terraform('plan', '-detailed-exitcode', '-no-color')
      await workspace.terraform('destroy', '-auto-approve', '-no-color', '-refresh=false')
      expect(sandbox.zone('shop.test').dump()).toBe(before)
    } finally {
      await workspace.close()
    }
  }

  it.skipIf(!hasPrograms('qemu-aarch64') || !existsSync(sysroot))(
    'for linux_arm64 lives its life under qemu',
    async () => {
      await writeFile(join(folder, 'arm64'), compile('linux_arm64'), { mode: 0o755 })
      const script = join(folder, 'arm64.sh')
      await writeFile(script, `#!/bin/sh\nexec qemu-aarch64 -L ${sysroot} '${join(folder, 'arm64')}'\n`)
      await expectLifeCycle(script)
    },
    240_000,
  )

  it.skipIf(!hasWine)(
    'for windows_amd64 lives its life under Wine',
    async () => {
      await writeFile(join(folder, 'provider.exe'), compile('windows_amd64'))
      const wine = await wineProgram(join(folder, 'provider.exe'), folder)
      try {
        await expectLifeCycle(wine.script)
      } finally {
        await wine.close()
      }
    },
    240_000,
  )
})
