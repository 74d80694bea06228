import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MirrorWorkspace, mirrorWorkspace } from './mirror.ts'
import { dnsEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let workspace: MirrorWorkspace
  let api: DmarcReportClient
  const env: NodeJS.ProcessEnv = {}
  beforeAll(async () => {
    sandbox = await createSandbox()
    api = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl })
    Object.assign(env, {
      DMARCREPORT_TOKEN: sandbox.token,
      DMARCREPORT_ENDPOINT: sandbox.apiUrl,
      ...dnsEnvironment(sandbox),
    })
    const here = import.meta.dirname
    workspace = await mirrorWorkspace(program, env, join(here, 'killed'), { entry: join(here, 'mortal-provider.ts') })
    await workspace.terraform('init')
  })
  afterAll(async () => {
    await workspace?.close()
    await sandbox?.close()
  })

  /** Runs with the provider dying at a moment; resolves whether the command fails or not. */
  async function dying(moment: string, ...args: string[]): Promise<void> {
    env.KILL_AT = moment
    await workspace.terraform(...args).catch(() => {})
    delete env.KILL_AT
  }

  /** The moments in which a command changes something, or is about to. */
  async function momentsOf(...args: string[]): Promise<string[]> {
    env.MOMENTS = join(workspace.folder, 'moments')
    await rm(env.MOMENTS, { force: true })
    await workspace.terraform(...args)
    const moments = (await readFile(env.MOMENTS, 'utf8')).trim().split('\n')
    delete env.MOMENTS
    return [...new Set(moments)]
  }

  /** What is there in the end: one of each, the state knows all of it, and nothing is to do. */
  async function expectConverged(): Promise<void> {
    await workspace.terraform('apply', '-auto-approve', '-parallelism=1')
    await workspace.terraform('plan', '-detailed-exitcode')
    expect((await api.domains.list().all()).map(({ address }) => address)).toEqual(['shop.test'])
    expect((await api.accounts.list().all()).filter(({ title }) => title === 'Team')).toHaveLength(1)
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toHaveLength(1)
  }

  async function expectNothingLeft(zone: string): Promise<void> {
    await workspace.terraform('destroy', '-auto-approve')
    expect(await api.domains.list().all()).toEqual([])
    expect((await api.accounts.list().all()).map(({ title }) => title)).toEqual(['Sandbox'])
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toEqual([])
    expect(sandbox.zone('shop.test').dump()).toBe(zone)
  }

  const apply = ['apply', '-auto-approve', '-parallelism=1']
  const destroy = ['destroy', '-auto-approve', '-parallelism=1']

  it('converges when the provider is killed after a creation, an update or a removal: no double, no orphan', async () => {
    const zone = sandbox.zone('shop.test').dump()
    const every = await momentsOf(...apply)
    // Dying before a call is like dying after the one before it; of the updates, the last leaves the most behind.
    const posts = every.filter((moment) => /POST.*after/.test(moment))
    const puts = every.filter((moment) => /PUT.*after/.test(moment))
    const applied = [...posts, ...puts.slice(-1), 'dmarcreport_dns_records.create after']
    const destroyed = ['dmarcreport_dns_records.delete after', 'dmarcreport_domain.delete after']
    expect(posts).toHaveLength(3)
    expect(every).toEqual(expect.arrayContaining(applied))
    await workspace.terraform(...destroy)
    for (const moment of applied) {
      await dying(moment, ...apply)
      await expectConverged()
      await expectNothingLeft(zone)
    }
    for (const moment of destroyed) {
      await workspace.terraform(...apply)
      await dying(moment, ...destroy)
      await expectNothingLeft(zone)
    }
  }, 240_000)
})
