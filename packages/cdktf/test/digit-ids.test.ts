import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { openProject } from './project.ts'

const program = (framework: string, constructs: string) => `
import { Account, DmarcreportProvider, DnsTarget, DomainFleet, MonitoredDomain, ProviderDns, Tag } from '${constructs}'
import { App, DataResource, TerraformStack } from '${framework}'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
new MonitoredDomain(stack, '1.example.test', {
  address: '1.example.test',
  account: new Account(stack, '1st', { title: 'First Ltd' }),
  tags: [new Tag(stack, '2nd level')],
  hostedDmarc: { policy: 'none' },
  dns: new ProviderDns({ rfc2136: {} }),
})
new DomainFleet(stack, '2026', {
  domains: [{ address: '2.example.test', hostedDmarc: { policy: 'none' } }],
  dns: DnsTarget.custom(({ key, name, value }, scope) => new DataResource(scope, key, { input: { name, value } })),
})
MonitoredDomain.fromAddress(stack, '3.example.test', 'example.test')
app.synth()
`

describe.skipIf(!hasPrograms('terraform'))('constructs whose ids begin with a digit', () => {
  let sandbox: Sandbox
  let from: string
  beforeAll(async () => {
    sandbox = await createSandbox()
    from = await mkdtemp(join(tmpdir(), 'digit-ids-'))
    await writeFile(join(from, 'package.json'), '{ "type": "module" }\n')
    await writeFile(join(from, 'cdktf.ts'), program('cdktf', '@dmarc-as-code/cdktf'))
    await writeFile(join(from, 'cdktn.ts'), program('cdktn', '@dmarc-as-code/cdktf/cdktn'))
  })
  afterAll(async () => {
    await sandbox?.close()
    await rm(from, { recursive: true, force: true })
  })

  it.each(['cdktf', 'cdktn'])('have names that Terraform takes: %s', { timeout: 120_000 }, async (framework) => {
    const project = await openProject({ from, stack: 'mail', env: sandboxEnv(sandbox) })
    try {
      await project.node(`${framework}.ts`)
      await project.terraform('init', '-no-color')
      expect(await project.terraform('validate', '-no-color')).toContain('The configuration is valid.')
    } finally {
      await project.close()
    }
  })
})
