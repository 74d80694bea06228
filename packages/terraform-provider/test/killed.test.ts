import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decisive } from './moments.ts'
import { MortalWorkspace } from './mortal-workspace.ts'
import { addressesIn, clientOf, providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let workspace: MortalWorkspace
  let api: DmarcReportClient
  beforeAll(async () => {
    sandbox = await createSandbox()
    api = clientOf(sandbox)
    const env = providerEnvironment(sandbox)
    const configuration = await readFile(join(import.meta.dirname, 'killed/main.tf'), 'utf8')
    workspace = await MortalWorkspace.open(program, configuration, env)
  })
  afterAll(async () => {
    await workspace?.close()
    await sandbox?.close()
  })

  const apply = ['apply', '-auto-approve', '-parallelism=1'] as const
  const destroy = ['destroy', '-auto-approve', '-parallelism=1'] as const

  /** What is there in the end: one of each, the state knows all of it, and nothing is to do. */
  async function expectConverged(): Promise<void> {
    await workspace.terraform(...apply)
    await workspace.terraform('plan', '-detailed-exitcode')
    expect(await addressesIn(api)).toEqual(['shop.test'])
    expect((await api.accounts.list().all()).filter(({ title }) => title === 'Team')).toHaveLength(1)
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toHaveLength(1)
  }

  async function expectNothingLeft(zone: string): Promise<void> {
    await workspace.terraform(...destroy)
    expect(await addressesIn(api)).toEqual([])
    expect((await api.accounts.list().all()).map(({ title }) => title)).toEqual(['Sandbox'])
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toEqual([])
    expect(sandbox.zone('shop.test').dump()).toBe(zone)
  }

  it('converges when the provider is killed at any request or call of an apply or a destroy: no double, no orphan', async () => {
    const zone = sandbox.zone('shop.test').dump()
    const applied = decisive(await workspace.momentsOf(...apply))
    const destroyed = decisive(await workspace.momentsOf(...destroy))
    expect(applied.filter((moment) => /after POST/.test(moment))).toHaveLength(3)
    expect(applied).toContain('after dmarcreport_dns_records.create 1')
    expect(destroyed).toContain('after dmarcreport_dns_records.delete 1')
    for (let index = 0; index < Math.max(applied.length, destroyed.length); index++) {
      const [making, removing] = [applied[index], destroyed[index]]
      if (making) await workspace.dying(making, ...apply)
      await expectConverged()
      if (removing) await workspace.dying(removing, ...destroy)
      await expectNothingLeft(zone)
    }
  }, 400_000)
})
