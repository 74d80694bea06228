import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MirrorWorkspace, mirrorWorkspace } from './mirror.ts'
import { providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const records = '{ one = { name = "one.shop.test", value = "key.hosted.test" } }'

/** Two provider blocks, which Terraform serves by two processes, and a resource of each. */
const configuration = (first: number, second: number) => `terraform {
  required_providers {
    dmarcreport = { source = "dmarc-as-code/dmarcreport" }
  }
}
provider "dmarcreport" {}
provider "dmarcreport" {
  alias = "second"
}
resource "dmarcreport_dns_records" "first" {
  count   = ${first}
  records = ${records}
  rfc2136 = {}
  provisioner "local-exec" {
    when    = destroy
    command = "sleep 2"
  }
}
resource "dmarcreport_dns_records" "second" {
  count    = ${second}
  provider = dmarcreport.second
  records  = ${records}
  rfc2136  = {}
}
`

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let workspace: MirrorWorkspace
  beforeAll(async () => {
    sandbox = await createSandbox()
    const empty = await mkdtemp(join(tmpdir(), 'empty-'))
    workspace = await mirrorWorkspace(program, providerEnvironment(sandbox), empty)
    await rm(empty, { recursive: true })
    await mkdir(workspace.folder, { recursive: true })
    await workspace.write(configuration(1, 0))
    await workspace.terraform('init')
  }, 60_000)
  afterAll(async () => {
    await workspace?.close()
    await sandbox?.close()
  })
  const published = () =>
    sandbox
      .zone('shop.test')
      .dump()
      .split('\n')
      .filter((line) => line.includes('key.hosted.test')).length
  const apply = (first: number, second: number) =>
    workspace.write(configuration(first, second)).then(() => workspace.terraform('apply', '-auto-approve', '-no-color'))

  it('a name that passes to a resource of another provider block keeps its record', { timeout: 60_000 }, async () => {
    await apply(1, 0)
    expect(published()).toBe(1)
    await apply(0, 1)
    expect(published()).toBe(1)
    expect(await workspace.terraform('plan', '-no-color')).toContain('No changes')
    await apply(0, 0)
    expect(published()).toBe(0)
    expect(await readdir(join(workspace.folder, '.terraform/dmarcreport'))).toEqual([])
  })

  it('a name that resources of two provider blocks declare is published by one of them only', {
    timeout: 60_000,
  }, async () => {
    await expect(apply(1, 1)).rejects.toThrow(/one\.shop\.test is declared twice/)
    expect(published()).toBe(1)
    await apply(0, 0)
    expect(published()).toBe(0)
  })
})
