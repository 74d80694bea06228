import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import type { Project } from '../project.ts'
import { type OnSandbox, onSandbox } from './on-sandbox.ts'

describe.skipIf(!hasPrograms('terraform'))('examples/evidence-rollout', () => {
  let sandbox: Sandbox
  let project: Project
  let close: OnSandbox['close'] | undefined
  beforeAll(async () => {
    ;({ sandbox, project, close } = await onSandbox('evidence-rollout', 'rollout'))
  })
  afterAll(() => close?.())

  const domain = 'example.test'
  const note = async (live: string) => {
    await writeFile(join(project.folder, 'rollout.json'), JSON.stringify({ live }))
    await project.node('main.ts')
  }
  /** What the refusal of a plan says, on one line: Terraform wraps and frames it. */
  const refusal = async () => {
    const printed = await project.plan('-no-color').then(
      () => '',
      (error: Error) => error.message,
    )
    return printed.replace(/[\s│]+/g, ' ')
  }
  const apply = async () => {
    await project.terraform('apply', '-auto-approve', '-no-color')
    return project.outputs()
  }

  it('goes from none to reject as the reports allow, and a flood of forged mail changes nothing', {
    timeout: 180_000,
  }, async () => {
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
    expect(await apply()).toEqual({ stage: 'none', next: 'quarantine' })

    await note('none')
    expect(await refusal()).toContain(`Tightens the DMARC policy of ${domain} to quarantine without evidence`)
    await sandbox.reports.play({ domain, days: 12 })
    expect(await refusal()).toMatch(
      /- Found 12 days at none, expected at least 30 days at none\. .* To go on anyway, set `accept_risk`/,
    )
    await sandbox.reports.play({ domain })
    expect(await apply()).toEqual({ stage: 'quarantine', next: 'reject' })

    await note('quarantine')
    expect(await refusal()).toContain(`Tightens the DMARC policy of ${domain} to reject without evidence`)
    const flood = { messages: 5_000, networks: 40 }
    await sandbox.reports.play({ domain, days: 31, policy: 'quarantine', spoofer: flood })
    expect(await apply()).toEqual({ stage: 'reject', next: 'none: this is the last stage' })

    await note('reject')
    await sandbox.reports.play({ domain, days: 31, policy: 'reject', spoofer: { ...flood, messages: 50_000 } })
    expect(await project.plan()).toEqual([])
    await project.terraform('destroy', '-auto-approve', '-no-color')
  })
})
