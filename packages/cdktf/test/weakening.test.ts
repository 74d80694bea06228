import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { dmarcSituations, dmarcZones } from '../../../test-support/weakening/index.ts'
import { sandboxEnv } from './examples/sandbox-env.ts'
import { programProject } from './program.ts'
import type { Project } from './project.ts'

const domains = dmarcSituations.map(({ id, domain, hosted, verdict }) => ({
  id,
  address: domain,
  policy: /p=(\w+)/.exec(hosted)?.[1],
  weakens: verdict.needsConsent,
}))

/** Each domain of the table with the hosted policy; its address is kept, so that the service's own are all that comes. */
const program = (more: string, only = 'true') => `
import { DmarcreportProvider, MonitoredDomain } from '@dmarc-as-code/cdktf/cdktn'
import { App, TerraformStack } from 'cdktn'

const app = new App()
const stack = new TerraformStack(app, 'mail')
new DmarcreportProvider(stack, 'dmarcreport')
for (const { id, address, policy, weakens } of ${JSON.stringify(domains)}) {
  if (!(${only})) continue
  new MonitoredDomain(stack, id, { address, hostedDmarc: { policy, extraRua: ['in@hosted.test'] }, ${more} })
}
app.synth()
`

describe.skipIf(!hasPrograms('knotd', 'terraform'))('domains that would become weaker than what is live', () => {
  let knot: DnsDaemon
  let sandbox: Sandbox
  let project: Project
  beforeAll(async () => {
    knot = await startKnot({ zones: dmarcZones() })
    sandbox = await createSandbox()
    const env = sandboxEnv({ ...sandbox, stubZones: [{ zone: '.', servers: [knot] }] })
    project = await programProject({ 'main.ts': program('') }, { env })
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
  }, 60_000)
  afterAll(async () => {
    await project?.close()
    await sandbox?.close()
    await knot?.close()
  })

  /** What Terraform says, on one line: it wraps and frames errors. */
  async function planned(main: string): Promise<string> {
    await writeFile(join(project.folder, 'main.ts'), main)
    await project.node('main.ts')
    const printed = await project.terraform('plan', '-no-color').catch((error: Error) => error.message)
    return printed.replace(/[\s│]+/g, ' ')
  }
  const refused = (printed: string) =>
    [...printed.matchAll(/Error: Weakens protection at (\S+)\. /g)].map(([, address]) => address).sort()
  const weakening = domains.filter(({ weakens }) => weakens).map(({ address }) => address)

  it('are refused in the plan, and no other domain of the table is', { timeout: 120_000 }, async () => {
    expect(refused(await planned(program('')))).toEqual([...weakening].sort())
  })

  it('pass with a reason', { timeout: 120_000 }, async () => {
    const printed = await planned(program("allowWeaker: weakens ? 'Moving to another service' : undefined"))
    expect(printed).not.toContain('Error:')
    expect(printed).toContain(`Plan: ${domains.length} to add`)
  })

  it('need no reason where they begin with what is live', { timeout: 120_000 }, async () => {
    const main = program('', 'weakens').replace(/hostedDmarc: \{[^}]*\}/, 'hostedDmarc: { fromCurrent: true }')
    const printed = await planned(main)
    expect(printed).not.toContain('Error:')
    expect(printed).toContain(`Plan: ${weakening.length} to add`)
  })
})
