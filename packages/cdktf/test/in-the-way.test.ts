import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { programProject } from './program.ts'
import type { Project } from './project.ts'

/** Domains by their zones, each written by the AWS provider's stand-in or, where the name says so, by a custom target. */
const program = (...addresses: string[]) => `
import { AwsProvider } from '@cdktn/provider-aws/lib/provider/index.js'
import { DmarcreportProvider, DnsTarget, MonitoredDomain } from '@dmarc-as-code/cdktf/cdktn'
import { Route53Dns } from '@dmarc-as-code/cdktf/cdktn/route53'
import { App, DataResource, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
new AwsProvider(stack, 'aws', { region: 'us-east-1' })
const custom = DnsTarget.custom(({ key, value }, scope) => new DataResource(scope, key, { input: { value } }))
for (const address of ${JSON.stringify(addresses)}) {
  const dns = address.startsWith('custom') ? custom : new Route53Dns({ zoneName: address })
  // Without the reason, the plan ends at the domain already.
  const allowWeaker = 'Tried out'
  new MonitoredDomain(stack, address, { address, hostedDmarc: { policy: 'none' }, allowWeaker, dns, waitUntilReady: false })
}
app.synth()
`

const STRONG = 'v=DMARC1; p=reject; rua=mailto:soc@example.test'

describe.skipIf(!hasPrograms('knotd', 'terraform'))("records in the way of another provider's", () => {
  const key = { name: 'stand-in', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }
  let knot: DnsDaemon
  let sandbox: Sandbox
  let project: Project
  beforeAll(async () => {
    const text = `_dmarc 60 IN TXT "${STRONG}"`
    knot = await startKnot({
      zones: [
        { name: 'text.test', records: [text] },
        { name: 'custom.test', records: [text] },
        { name: 'cname.test', records: ['_dmarc 60 IN CNAME elsewhere.cname.test.'] },
        { name: 'free.test' },
      ],
      keys: [key],
    })
    const served = ['text.test', 'custom.test', 'cname.test', 'free.test'].map((zone) => ({ zone, servers: [knot] }))
    // Nobody listens there.
    const closed = { zone: 'custom-unseen.test', servers: [{ address: '127.0.0.1', port: 9 }] }
    sandbox = await createSandbox({ stubZones: [...served, closed] })
    const standInDns = { server: knot.address, port: knot.port, key }
    project = await programProject({ 'main.ts': program('free.test') }, { env: sandboxEnv(sandbox), standInDns })
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
  }, 60_000)
  afterAll(async () => {
    await project?.close()
    await sandbox?.close()
    await knot?.close()
  })

  /** What Terraform says, on one line: it wraps and frames errors. */
  async function planned(...addresses: string[]): Promise<string> {
    await writeFile(join(project.folder, 'main.ts'), program(...addresses))
    await project.node('main.ts')
    const printed = await project.terraform('plan', '-no-color').catch((error: Error) => error.message)
    return printed.replace(/[\s│]+/g, ' ')
  }

  it.each([
    ['text.test', 'new ProviderDns({ route53: {...}, onConflict: "replace" }), which puts it back on destroy'],
    ['custom.test', 'ProviderDns and onConflict "replace", which puts it back on destroy'],
  ])(
    'are refused by the plan, with what that means for mail: %s',
    { timeout: 60_000 },
    async (address, replacement) => {
      const printed = await planned(address)
      expect(printed).toContain('Error: Resource precondition failed')
      expect(printed).toContain(
        `Found TXT "${STRONG}" at _dmarc.${address}. A CNAME must be the only record at its name.`,
      )
      // What only our own provider has.
      expect(printed).not.toContain('conflict mode')
      expect(printed).toContain(`In force: ${STRONG}.`)
      expect(printed).toContain('The policy for the domain goes from reject to none.')
      expect(printed).toContain(`Remove the record, or write with ${replacement}.`)
    },
  )

  it('are a warning where they could not be looked up', { timeout: 60_000 }, async () => {
    const printed = await planned('custom-unseen.test')
    expect(printed).toContain('Warning: Could not look up a name in the DNS')
    expect(printed).not.toContain('Error:')
    expect(printed).toMatch(/Plan: 2 to add/)
  })

  it('are refused before anything is written where only the apply can tell a CNAME from ours', {
    timeout: 60_000,
  }, async () => {
    await planned('cname.test')
    await expect(project.terraform('apply', '-auto-approve', '-no-color')).rejects.toThrow('precondition failed')
    const again = await planned('cname.test')
    expect(again).toContain('Error: Resource precondition failed')
    expect(again).toContain('elsewhere.cname.test')
    await project.terraform('destroy', '-auto-approve', '-no-color', '-refresh=false')
  })

  it('are not our own: the second plan is empty', { timeout: 60_000 }, async () => {
    await planned('free.test')
    await project.terraform('apply', '-auto-approve', '-no-color')
    expect(await project.plan()).toEqual([])
    await project.terraform('destroy', '-auto-approve', '-no-color')
  })
})
