import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { openProject, type Project } from '../project.ts'
import { sandboxEnv } from './sandbox-env.ts'

const example = join(import.meta.dirname, '../../../../examples/ci')

describe.skipIf(!hasPrograms('terraform'))('examples/ci', () => {
  let sandbox: Sandbox
  let project: Project
  beforeAll(async () => {
    sandbox = await createSandbox()
    project = await openProject({
      from: example,
      stack: 'mail',
      env: sandboxEnv(sandbox, { ...sandbox.dns, key: sandbox.tsig }),
    })
  })
  afterAll(async () => {
    await project?.close()
    await sandbox?.close()
  })

  const file = (name: string) => join(project.folder, name)

  /** Plans the domains as they are in the file, and checks the plan. Rejects where the check refuses it. */
  async function check(allow = false): Promise<string> {
    await project.node('main.ts')
    await project.terraform('plan', '-out=check.tfplan', '-no-color')
    await writeFile(file('plan.json'), await project.terraform('show', '-json', 'check.tfplan'))
    return project.nodeWith({ ALLOW_WEAKER: String(allow) }, 'check-plan.ts', 'plan.json', 'comment.md')
  }

  it('comments each plan, and refuses one that weakens a policy until that is allowed', {
    timeout: 240_000,
  }, async () => {
    await project.node('main.ts')
    await project.terraform('init', '-no-color')
    await check()
    expect(await readFile(file('comment.md'), 'utf8')).toContain('| create | `dmarcreport_domain.')
    await project.terraform('apply', '-auto-approve', '-no-color', 'check.tfplan')
    await check()
    expect(await readFile(file('comment.md'), 'utf8')).toBe('## Mail domains\n\nNo changes.\n')

    const domains = await readFile(file('domains.yaml'), 'utf8')
    await writeFile(file('domains.yaml'), domains.replace('policy: quarantine', 'policy: reject'))
    expect(await check()).toBe('')

    const weaker = domains.replace('policy: reject }', 'policy: reject, testMode: true }').replace('enforce', 'testing')
    await writeFile(file('domains.yaml'), weaker)
    await expect(check()).rejects.toThrow('refused: example.test: p acts as quarantine, was reject')
    const comment = await readFile(file('comment.md'), 'utf8')
    expect(comment).toContain('**Protection would be weakened.**')
    expect(comment).toContain('- example.test: MTA-STS goes from enforce to testing')
    expect(await check(true)).toContain('allowed: example.test: p acts as quarantine, was reject')

    await writeFile(file('domains.yaml'), domains.slice(0, domains.indexOf('  - address: agency.test')))
    await expect(check()).rejects.toThrow('refused: agency.test: DMARC is no longer hosted (was p=quarantine)')
    await project.terraform('destroy', '-auto-approve', '-no-color')
  })
})
