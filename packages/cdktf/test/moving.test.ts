import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { programProject } from './program.ts'
import type { Project } from './project.ts'

const program = (body: string) => `
import { Account, DmarcreportProvider, DomainFleet, MonitoredDomain, ProviderDns, Tag } from '@dmarc-as-code/cdktf'
import { App, TerraformStack } from 'cdktf'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
const dns = new ProviderDns({ rfc2136: {}, onConflict: 'replace' })
const hostedDmarc = { policy: 'none' } as const
const domains = [{ address: 'shop.test', hostedDmarc, tags: ['client'] }]
const tags = { client: '#3B82F6' }
${body}
app.synth()
`
const first = `
new MonitoredDomain(stack, 'old', { address: 'example.test', hostedDmarc, dns, tags: [new Tag(stack, 'old tag', { name: 'kept' })] })
new DomainFleet(stack, 'clients', { dns, domains, tags })
`

/** Each way to move that the README describes, as what the program says then. */
const moves: readonly (readonly [string, string])[] = [
  [
    'a domain, a tag and a fleet get other ids',
    `
const tag = new Tag(stack, 'tag', { name: 'kept' })
tag.movedFrom('old tag')
new MonitoredDomain(stack, 'new', { address: 'example.test', hostedDmarc, dns, tags: [tag] }).movedFrom('old')
new DomainFleet(stack, 'customers', { dns, domains, tags }).movedFrom('clients')
`,
  ],
  [
    'a domain comes into the fleet',
    `
const tag = new Tag(stack, 'tag', { name: 'kept' })
const all = [...domains, { address: 'example.test', hostedDmarc, tags: ['kept'] }]
const fleet = new DomainFleet(stack, 'customers', { dns, domains: all, tags })
fleet.domain('example.test').movedFrom('new')
`,
  ],
]

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

  it.each(moves)('changes nothing where %s', { timeout: 120_000 }, async (_, body) => {
    await writeFile(
      join(project.folder, 'main.ts'),
      program(body.replaceAll(/^.*movedFrom\(.*$/gm, (line) => withoutMove(line))),
    )
    await project.node('main.ts')
    const lost = await project.plan()
    expect(lost.some(({ actions }) => actions.includes('delete'))).toBe(true)
    await writeFile(join(project.folder, 'main.ts'), program(body))
    await project.node('main.ts')
    expect(await project.plan()).toEqual([])
    await project.terraform('apply', '-auto-approve', '-no-color', 'test.tfplan')
    expect(await project.plan()).toEqual([])
  })
})

/** The line as it would be without the call that keeps what is moved. */
function withoutMove(line: string): string {
  return /^\w+(\.domain\(.*\))?\.movedFrom/.test(line) ? '' : line.replace(/\.movedFrom\(.*\)/, '')
}
