import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { mtaStsSituations, mtaStsZones } from '../../../test-support/weakening/index.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { type PolicyHosts, policyHosts } from './policy-hosts.ts'
import { programProject } from './program.ts'
import type { Project } from './project.ts'

/** What a domain hosts is known from its settings, also before its host serves it. */
const domains = mtaStsSituations.flatMap(({ id, domain, hosted, verdict }) => {
  if (hosted === null) return []
  const [, mode] = /mode: (\w+)/.exec(hosted) ?? []
  const maxAgeDays = Number(/max_age: (\d+)/.exec(hosted)?.[1]) / 86_400
  return [{ id, address: domain, mode, maxAgeDays, weakens: verdict.needsConsent }]
})
const weakening = domains.filter(({ weakens }) => weakens).map(({ address }) => address)

const settings = "{ mode, mx: ['mx.mail.test'], maxAgeDays }"

const program = (hostedMtaSts: string) => `
import { DmarcreportProvider, MonitoredDomain } from '@dmarc-as-code/cdktf/cdktn'
import { App, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
for (const { id, address, mode, maxAgeDays, weakens } of ${JSON.stringify(domains)}) {
  new MonitoredDomain(stack, id, { address, hostedMtaSts: ${hostedMtaSts} })
}
app.synth()
`

describe.skipIf(!hasPrograms('knotd', 'terraform', 'openssl'))('domains whose MTA-STS would become weaker', () => {
  let knot: DnsDaemon
  let hosts: PolicyHosts
  let sandbox: Sandbox
  let project: Project
  beforeAll(async () => {
    knot = await startKnot({ zones: mtaStsZones('127.0.0.1', '127.0.0.1') })
    hosts = await policyHosts(
      Object.fromEntries(mtaStsSituations.map(({ domain, live }) => [`mta-sts.${domain}`, live])),
    )
    sandbox = await createSandbox()
    const env = sandboxEnv({ ...sandbox, stubZones: [{ zone: '.', servers: [knot] }] })
    project = await programProject({ 'main.ts': program(settings) }, { env: { ...env, ...hosts.env } })
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
  }, 120_000)
  afterAll(async () => {
    await project?.close()
    await sandbox?.close()
    await hosts?.close()
    await knot?.close()
  })

  /** What Terraform says, on one line: it wraps and frames errors. */
  async function planned(hostedMtaSts: string): Promise<string> {
    await writeFile(join(project.folder, 'main.ts'), program(hostedMtaSts))
    await project.node('main.ts')
    const printed = await project.terraform('plan', '-no-color').catch((error: Error) => error.message)
    return printed.replace(/[\s│]+/g, ' ')
  }

  it('are refused in the plan, and no other domain of the table is', { timeout: 180_000 }, async () => {
    expect(weakening.length).toBeGreaterThan(0)
    const printed = await planned(settings)
    const refused = [...printed.matchAll(/Error: Weakens protection at (\S+)\. /g)].map(([, address]) => address)
    expect(refused.sort()).toEqual([...weakening].sort())
    expect(printed).toContain('The MTA-STS mode goes from enforce to testing.')
    expect(printed).not.toContain('is unknown')
  })

  it('need no reason where they begin with what is live', { timeout: 180_000 }, async () => {
    const printed = await planned(`weakens ? { fromCurrent: true } : ${settings}`)
    expect(printed).not.toContain('Error:')
    expect(printed).not.toContain('is unknown')
    expect(printed).toContain(`Plan: ${domains.length} to add`)
  })
})
