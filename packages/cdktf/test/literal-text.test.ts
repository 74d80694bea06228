import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { peersFolder } from './peers.ts'
import { programProject } from './program.ts'
import type { Project } from './project.ts'

const cli = join(peersFolder, 'node_modules/@dmarc-as-code/cdktf/dist/esm/cli.js')
const SECRET = 'the-content-of-a-file-that-nobody-may-read'
/** Text that would read the secret, if Terraform executed it in the folder of the stack. */
const TAG = `\${file("../../../secret.txt")} %{ if true }$\${x}%{ endif }`

/** In every text that synthesis takes as it is. */
const domain = { address: 'example.test', tags: [TAG], allowWeaker: TAG, hostedDmarc: { policy: 'none' } }
const fleet = { tags: { [TAG]: '#123456' }, domains: [domain] }

const main = (framework: string, entry: string) => `
import { DmarcreportProvider, DomainFleet } from '${entry}'
import { App, TerraformStack } from '${framework}'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
DomainFleet.fromFile(stack, 'domains', 'domains.json')
app.synth()
`

describe.skipIf(!hasPrograms('terraform')).each([
  ['cdktf', '@dmarc-as-code/cdktf'],
  ['cdktn', '@dmarc-as-code/cdktf/cdktn'],
])('template syntax in data, on %s', (framework, entry) => {
  const program = main(framework, entry)
  let sandbox: Sandbox
  let project: Project
  beforeAll(async () => {
    sandbox = await createSandbox()
    project = await programProject({ 'main.ts': program }, { env: sandboxEnv(sandbox) })
    await writeFile(join(project.folder, 'secret.txt'), SECRET)
  })
  afterAll(async () => {
    await project?.close()
    await sandbox?.close()
  })

  it('is planned and applied as the text it is', { timeout: 120_000 }, async () => {
    await writeFile(join(project.folder, 'domains.json'), JSON.stringify(fleet))
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
    await project.terraform('apply', '-auto-approve', '-no-color')
    expect(await project.terraform('show', '-json')).not.toContain(SECRET)
    const { token, apiUrl } = sandbox
    const tags = await new DmarcReportClient({ token, baseUrl: apiUrl }).tags.list().all()
    expect(tags.map(({ name }) => name)).toContain(TAG)
    expect(await project.plan()).toEqual([])
  })

  it('comes back from the service as the text it is: init writes nothing that is executed', {
    timeout: 120_000,
  }, async () => {
    await project.node(cli, 'init', '--from-account', '--dir', 'generated')
    await writeFile(
      join(project.folder, 'main.ts'),
      program.replace("'domains.json')", "'generated/domains.yaml').importExisting()"),
    )
    await project.node('main.ts')
    await rm(join(project.folder, 'terraform.mail.tfstate'))
    // The domain is updated in the state alone, where its protection from deletion is kept.
    expect((await project.plan()).map(({ actions }) => actions.join())).toEqual(['import,update', 'import,no-op'])
    expect(await project.terraform('show', 'test.tfplan', '-no-color')).not.toContain(SECRET)
  })
})
