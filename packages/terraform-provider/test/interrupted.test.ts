import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { type TestWorkspace, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { decisive, type OnMoment, providerWithMoments } from './moments.ts'
import { addressesIn, clientOf, providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let terraform: TestWorkspace
  let workFolder: string
  let api: DmarcReportClient
  let resources: string
  let restart: () => void
  let onMoment: OnMoment = () => {}
  beforeAll(async () => {
    sandbox = await createSandbox()
    workFolder = await mkdtemp(join(tmpdir(), 'provider-work-'))
    api = clientOf(sandbox)
    const env = providerEnvironment(sandbox)
    const observed = providerWithMoments({ workFolder, env }, (moment, call) => onMoment(moment, call))
    restart = observed.restart
    terraform = await testProvider(observed.provider, { terraform: program })
    const main = await readFile(join(import.meta.dirname, 'killed/main.tf'), 'utf8')
    resources = main.replace(/^terraform \{[\s\S]*?\n\}\n/, '')
  })
  afterAll(async () => {
    await terraform?.close()
    await sandbox?.close()
    await rm(workFolder, { recursive: true, force: true })
  })

  const writing: readonly string[] = ['create', 'update', 'delete']
  const applying = ['-parallelism=1']
  const destroying = ['-destroy', '-parallelism=1']

  /** The moments at which something is changed: Terraform itself ends its plan before it heeds an interruption. */
  async function momentsOf(args: string[]): Promise<string[]> {
    const moments: string[] = []
    restart()
    onMoment = (moment, call) => {
      if (call && writing.includes(call.method)) moments.push(moment)
    }
    await terraform.apply(resources, { args })
    onMoment = () => {}
    return decisive(moments)
  }

  /** Sends what Ctrl-C sends at a moment, which lasts until the provider has been told to stop. */
  async function interrupted(at: string, args: string[]) {
    const seen: string[] = []
    restart()
    onMoment = async (moment, call) => {
      seen.push(moment)
      if (moment !== at) return
      ;(await running).interrupt()
      if (call?.signal.aborted === false) await once(call.signal, 'abort', { signal: AbortSignal.timeout(20_000) })
    }
    const running = terraform.startApply(resources, undefined, { args })
    const finished = await (await running).finished
    onMoment = () => {}
    expect(seen, `the moments of an apply with ${args.join(' ')}`).toContain(at)
    return finished
  }

  async function expectConverged(): Promise<void> {
    await terraform.apply(resources, { args: applying })
    expect(await addressesIn(api)).toEqual(['shop.test'])
    expect((await api.accounts.list().all()).filter(({ title }) => title === 'Team')).toHaveLength(1)
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toHaveLength(1)
  }

  async function expectNothingLeft(zone: string): Promise<void> {
    await terraform.apply(resources, { args: destroying })
    expect(await addressesIn(api)).toEqual([])
    expect((await api.accounts.list().all()).map(({ title }) => title)).toEqual(['Sandbox'])
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toEqual([])
    expect(sandbox.zone('shop.test').dump()).toBe(zone)
  }

  it('converges when Terraform is interrupted at any request or call of an apply or a destroy: no double, no orphan', async () => {
    const zone = sandbox.zone('shop.test').dump()
    const applied = await momentsOf(applying)
    await terraform.expectEmptyPlan()
    const destroyed = await momentsOf(destroying)
    expect(applied.filter((moment) => /after POST/.test(moment))).toHaveLength(3)
    expect(applied).toContain('after dmarcreport_dns_records.create 1')
    expect(destroyed).toContain('after dmarcreport_dns_records.delete 1')
    for (let index = 0; index < Math.max(applied.length, destroyed.length); index++) {
      const [making, removing] = [applied[index], destroyed[index]]
      if (making) expect((await interrupted(making, applying)).code, making).toBe(1)
      await expectConverged()
      if (removing) expect((await interrupted(removing, destroying)).code, removing).toBe(1)
      await expectNothingLeft(zone)
    }
  }, 400_000)
})
