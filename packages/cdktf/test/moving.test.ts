import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { programProject } from './program.ts'
import type { Project } from './project.ts'

const program = (body: string) => `
import { Account, DmarcreportProvider, DmarcRollout, DomainFleet, MonitoredDomain, ProviderDns, Tag } from '@dmarc-as-code/cdktf'
import { App, TerraformStack } from 'cdktf'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport', { account: 'sandbox' })
const dns = new ProviderDns({ rfc2136: {}, onConflict: 'replace' })
const hostedDmarc = { policy: 'none', fromCurrent: true } as const
const domains = [{ address: 'shop.test', hostedDmarc, tags: ['client'] }]
const tags = { client: '#3B82F6' }
const own = { address: 'example.test', hostedDmarc, dns, deletionProtection: true }
const rolledOut = { address: 'parked.test', dns, deletionProtection: true }
const stages = [{ stage: 'none' }] as const
${body}
app.synth()
`
const steady = `
new MonitoredDomain(stack, 'rolled', { ...rolledOut, hostedDmarc: new DmarcRollout(stack, 'rollout', { stages }) })
`
const first = `${steady}
const account = new Account(stack, 'old account', { title: 'Example Ltd' })
new MonitoredDomain(stack, 'old', { ...own, tags: [new Tag(stack, 'old tag', { name: 'kept' })] })
new DomainFleet(stack, 'clients', { dns, domains, tags })
`

/** Each row of the README's table, as what the program says then. One goes on from the other. */
const moves: readonly (readonly [string, string])[] = [
  [
    'a domain, a tag, an account and a fleet get other ids',
    `${steady}
const tag = new Tag(stack, 'tag', { name: 'kept' })
tag.movedFrom('old tag')
new Account(stack, 'account', { title: 'Example Ltd' }).movedFrom('old account')
new MonitoredDomain(stack, 'new', { ...own, tags: [tag] }).movedFrom('old')
new DomainFleet(stack, 'customers', { dns, domains, tags }).movedFrom('clients')
`,
  ],
  [
    'a domain comes into the fleet',
    `${steady}
new Account(stack, 'account', { title: 'Example Ltd' })
new Tag(stack, 'tag', { name: 'kept' })
const all = [...domains, { address: 'example.test', hostedDmarc, tags: ['kept'] }]
const fleet = new DomainFleet(stack, 'customers', { dns, domains: all, tags })
fleet.domain('example.test').movedFrom('new')
`,
  ],
  [
    'a domain leaves the fleet',
    `${steady}
new Account(stack, 'account', { title: 'Example Ltd' })
new Tag(stack, 'tag', { name: 'kept' })
new DomainFleet(stack, 'customers', { dns, domains, tags })
new MonitoredDomain(stack, 'alone', { ...own, tags: ['kept'] }).movedFrom('customers/example.test')
`,
  ],
]
const last = moves.at(-1)?.[1] ?? ''

describe.skipIf(!hasPrograms('terraform'))('moving what is declared', () => {
  let sandbox: Sandbox
  let project: Project
  beforeAll(async () => {
    sandbox = await createSandbox()
    const env = sandboxEnv(sandbox, { ...sandbox.dns, key: sandbox.tsig })
    project = await programProject({ 'main.ts': program(first) }, { env })
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
    await project.terraform('apply', '-auto-approve', '-no-color')
  }, 120_000)
  afterAll(async () => {
    await project?.close()
    await sandbox?.close()
  })

  async function say(body: string): Promise<void> {
    await writeFile(join(project.folder, 'main.ts'), program(body))
    await project.node('main.ts')
  }

  it.each(moves)('changes nothing where %s, and is refused without the call', { timeout: 120_000 }, async (_, body) => {
    await say(body.replaceAll(/^.*movedFrom\(.*$/gm, (line) => withoutMove(line)))
    await expect(project.plan('-no-color')).rejects.toThrow('is protected from deletion')
    await say(body)
    expect(await project.plan()).toEqual([])
    await project.terraform('apply', '-auto-approve', '-no-color', 'test.tfplan')
    expect(await project.plan()).toEqual([])
  })

  it('changes nothing where a rollout or a DNS target is called otherwise, without any call', {
    timeout: 60_000,
  }, async () => {
    const renamed = last
      .replace("'rollout'", "'to-reject'")
      .replace('...rolledOut,', "...rolledOut, dns: new ProviderDns({ rfc2136: {}, onConflict: 'replace' }),")
    await say(renamed)
    expect(await project.plan()).toEqual([])
  })

  it('deletes a domain of a fleet only after its protection was taken away', { timeout: 120_000 }, async () => {
    const without = last.replace('{ dns, domains, tags }', '{ dns, domains: [], tags }')
    expect(without).not.toBe(last)
    await say(without)
    await expect(project.plan('-no-color')).rejects.toThrow('Domain shop.test is protected from deletion')
    await say(last.replace('{ dns, domains,', '{ dns, defaults: { deletionProtection: false }, domains,'))
    expect((await project.plan()).map(({ actions }) => actions.join())).toEqual(['update'])
    await project.terraform('apply', '-auto-approve', '-no-color', 'test.tfplan')
    await say(without)
    const deleted = (await project.plan()).filter(({ actions }) => actions.join() === 'delete')
    expect(deleted.map(({ address }) => address)).toContainEqual(
      expect.stringMatching(/^dmarcreport_domain\.customers_/),
    )
    await project.terraform('apply', '-auto-approve', '-no-color', 'test.tfplan')
    expect(await project.plan()).toEqual([])
  })
})

/** The line as it would be without the call that keeps what is moved. */
function withoutMove(line: string): string {
  return /^\w+(\.domain\(.*\))?\.movedFrom/.test(line) ? '' : line.replace(/\.movedFrom\(.*\)/, '')
}
