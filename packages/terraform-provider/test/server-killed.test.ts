import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DmarcReportClient } from '@dmarc-as-code/client'
import { type TestWorkspace, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProvider } from '../src/provider.ts'
import { decisive } from './moments.ts'
import { addressesIn, clientOf, providerEnvironment } from './sandbox.ts'
import { ServerProcess } from './server-process.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let server: ServerProcess
  let terraform: TestWorkspace
  let workFolder: string
  let api: DmarcReportClient
  let resources: string
  beforeAll(async () => {
    server = await ServerProcess.start()
    workFolder = await mkdtemp(join(tmpdir(), 'provider-work-'))
    api = clientOf(server.sandbox)
    const env = providerEnvironment(server.sandbox)
    terraform = await testProvider(createProvider({ workFolder, env, resolveMx: async () => [] }), {
      terraform: program,
    })
    const main = await readFile(join(import.meta.dirname, 'killed/main.tf'), 'utf8')
    resources = main.replace(/^terraform \{[\s\S]*?\n\}\n/, '')
  })
  afterAll(async () => {
    await terraform?.close()
    await server?.close()
    await rm(workFolder, { recursive: true, force: true })
  })

  const oneByOne = { args: ['-parallelism=1'] }

  /** Where a server can die during a command: before and after each request that changes something. */
  async function momentsOf(command: () => Promise<unknown>): Promise<string[]> {
    await server.arm()
    await command()
    return decisive(server.moments)
  }

  /** Runs a command whose server dies at a moment, and starts the server again. */
  async function dying(moment: string, command: () => Promise<unknown>): Promise<void> {
    await server.arm(moment)
    const failure = await command().catch((error: Error) => error.message)
    await server.death()
    expect(failure, moment).toMatch(/ failed: .+\. Check the base URL and the network\./)
    expect(failure).not.toContain(server.sandbox.token)
    await server.start()
  }

  async function expectConverged(): Promise<void> {
    await terraform.apply(undefined, oneByOne)
    await terraform.expectEmptyPlan()
    expect(await addressesIn(api)).toEqual(['shop.test'])
    expect((await api.accounts.list().all()).filter(({ title }) => title === 'Team')).toHaveLength(1)
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toHaveLength(1)
  }

  async function expectNothingLeft(zone: string): Promise<void> {
    await terraform.destroy(oneByOne)
    expect(await addressesIn(api)).toEqual([])
    expect((await api.accounts.list().all()).map(({ title }) => title)).toEqual(['Sandbox'])
    expect((await api.tags.list().all()).filter(({ name }) => name === 'Live')).toEqual([])
    expect(await server.dump('shop.test')).toBe(zone)
  }

  it('converges when the server is killed at any change of an apply or a destroy: no double, no orphan', async () => {
    // A dead server stays dead in this test: asking it again only takes time.
    await terraform.write(`provider "dmarcreport" {\n  max_retries = 0\n}\n${resources}`)
    const zone = await server.dump('shop.test')
    const apply = () => terraform.apply(undefined, oneByOne)
    const destroy = () => terraform.destroy(oneByOne)
    const applied = await momentsOf(apply)
    const destroyed = await momentsOf(destroy)
    expect(applied.filter((moment) => moment.startsWith('after')).length).toBeGreaterThanOrEqual(4)
    expect(destroyed.filter((moment) => moment.startsWith('after')).length).toBeGreaterThanOrEqual(3)
    for (let index = 0; index < Math.max(applied.length, destroyed.length); index++) {
      const [making, removing] = [applied[index], destroyed[index]]
      if (making) await dying(making, apply)
      await expectConverged()
      if (removing) await dying(removing, destroy)
      await expectNothingLeft(zone)
    }
  }, 240_000)

  it('goes on when the server is back before the retries are used up', async () => {
    await terraform.write(`provider "dmarcreport" {\n  max_retries = 15\n}\n${resources}`)
    const zone = await server.dump('shop.test')
    for (const moment of ['after POST /vN/accounts/N/domains.json 1', 'before PUT /vN/accounts/N/domains/N.json 1']) {
      await server.arm(moment)
      const applied = terraform.apply(undefined, oneByOne)
      await Promise.all([applied, server.death().then(() => server.start())])
      await terraform.expectEmptyPlan()
      await expectConverged()
      await expectNothingLeft(zone)
    }
  }, 60_000)
})
