import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import type { Project } from '../project.ts'
import { type OnSandbox, onSandbox } from './on-sandbox.ts'

describe.skipIf(!hasPrograms('terraform'))('examples/cdktf-rollout', () => {
  let project: Project
  let close: OnSandbox['close'] | undefined
  beforeAll(async () => {
    ;({ project, close } = await onSandbox('cdktf-rollout', 'rollout'))
  })
  afterAll(() => close?.())

  const live = (stage: string) => writeFile(join(project.folder, 'rollout.json'), JSON.stringify({ live: stage }))
  const policies = async () => {
    const stack = JSON.parse(await readFile(join(project.folder, 'cdktf.out/stacks/rollout/cdk.tf.json'), 'utf8'))
    const domains: { hosted_dmarc: { policy: string } }[] = Object.values(stack.resource.dmarcreport_domain)
    return domains.map(({ hosted_dmarc }) => hosted_dmarc.policy)
  }
  const synth = (today: string, passRate = '1') => project.nodeWith({ TODAY: today, PASS_RATE: passRate }, 'main.ts')

  it('moves stage by stage, with nothing to do in between', { timeout: 180_000 }, async () => {
    await synth('2026-02-01')
    await project.terraform('init', '-no-color')
    await project.terraform('apply', '-auto-approve', '-no-color')
    expect(await project.outputs()).toEqual({ stage: 'none', next: 'quarantine-test' })
    expect(await project.plan()).toEqual([])

    await synth('2026-03-15')
    const changes = await project.plan()
    expect(changes.map(({ actions }) => actions.join())).toEqual(['update', 'update'])
    expect(changes.every(({ address }) => address.startsWith('dmarcreport_domain.'))).toBe(true)
    await project.terraform('apply', '-auto-approve', '-no-color')
    expect(await project.outputs()).toEqual({ stage: 'quarantine-test', next: 'quarantine' })
    expect(await project.plan()).toEqual([])
    await project.terraform('destroy', '-auto-approve', '-no-color')
  })

  it('refuses to jump, and waits for its condition', async () => {
    await live('none')
    await expect(synth('2026-04-15')).rejects.toThrow('found quarantine due while none is live')
    await live('quarantine')
    await synth('2026-07-01', '0.9')
    expect(await policies()).toEqual(['quarantine', 'quarantine'])
    await synth('2026-07-01', '0.99')
    expect(await policies()).toEqual(['reject', 'reject'])
  })

  it.each(['0.5', ''])('keeps what is live with the share %j', async (passRate) => {
    await live('reject')
    await synth('2026-07-01', passRate)
    expect(await policies()).toEqual(['reject', 'reject'])
  })
})
