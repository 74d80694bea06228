import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import type { Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { peersFolder } from '../peers.ts'
import type { Project } from '../project.ts'
import { letDestroy } from './let-destroy.ts'
import { exampleFolder, type OnSandbox, onSandbox } from './on-sandbox.ts'

const example = exampleFolder('existing-account')
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
const cli = join(peersFolder, 'node_modules/@dmarc-as-code/cdktf/dist/esm/cli.js')

/** An account as it grew: every setting somewhere, nothing the same twice. */
async function fill({ accountId, token, apiUrl }: Sandbox): Promise<void> {
  const client = new DmarcReportClient({ token, baseUrl: apiUrl })
  await client.tags.create({ name: 'grown', color: '#123456' })
  const usual = { rua_report: true, ruf_report: true }
  const create = (address: string, input: object = {}) =>
    client.domains.create(accountId, { address, ...usual, ...input })
  await create('plain.test', { tag_names: ['grown'] })
  for (const address of ['bücher.example', 'idn.xn--bcher-kva.example']) await create(address)
  const second = await client.accounts.create({ title: 'Second: "Ltd" # 2' })
  await client.domains.create(second.id, { address: 'elsewhere.test', ...usual, tag_names: ['grown'] })
  const sender = await create('sender.test', { mta_sts_report: true })
  const withdrawn = { mode: 'none', mx: [], mx_age: 1 } as const
  await client.domains.update(accountId, sender.id, { hosted_mta_sts: true, mta_sts_policy: withdrawn })
  await create('quiet.test', { ruf_report: false, mta_sts_report: true })
  const parked = await create('parked.test', { parked_domain: true })
  await client.domains.update(accountId, parked.id, { hosted_dmarc: true })
  const dmarc = await create('example.test', { mta_sts_report: true })
  const hosted = await client.domains.update(accountId, dmarc.id, { hosted_dmarc: true })
  const record = (hosted.default_dmarc_record ?? '')
    .replace('p=none', 'p=quarantine; adkim=s')
    .replace('rua=', 'rua=mailto:own@example.test,')
  await client.domains.update(accountId, dmarc.id, { hosted_dmarc_config: record })
  const policy = { mode: 'testing', mx: ['mx.example.test'], mx_age: 30 } as const
  await client.domains.update(accountId, dmarc.id, { hosted_mta_sts: true, mta_sts_policy: policy })
}

interface Change {
  readonly address: string
  readonly change: { importing?: object; before: Record<string, unknown>; after: Record<string, unknown> }
}

describe.skipIf(!hasPrograms('terraform'))('examples/existing-account', () => {
  let sandbox: Sandbox
  let project: Project
  let close: OnSandbox['close'] | undefined
  beforeAll(async () => {
    ;({ sandbox, project, close } = await onSandbox('existing-account', 'mail', fill))
  })
  afterAll(() => close?.())

  it('takes over everything that exists without changing any of it', { timeout: 180_000 }, async () => {
    await project.node(cli, 'init', '--from-account', '--dir', 'generated')
    const stack = join(project.folder, 'stack.ts')
    for (const name of [
      'main.ts',
      'stack.ts',
      'stack.test.ts',
      'package.json',
      'tsconfig.json',
      'cdktf.json',
      '.gitignore',
    ]) {
      const [generated, shown] = await Promise.all(
        [join(project.folder, 'generated'), example].map((folder) => readFile(join(folder, name), 'utf8')),
      )
      const same = name.endsWith('.json') ? JSON.parse : String
      expect(same(generated ?? ''), name).toEqual(same(shown ?? ''))
    }
    await project.node(tsc, '-p', 'generated')
    await copyFile(join(project.folder, 'generated', 'domains.yaml'), join(project.folder, 'domains.yaml'))

    await project.node('main.ts')
    await project.terraform('init', '-no-color')
    const planned = await project.plan()
    expect(planned).toHaveLength(9)
    await expectUnchanged()
    await project.terraform('apply', '-auto-approve', '-no-color')

    await writeFile(stack, (await readFile(stack, 'utf8')).replace('fleet.importExisting()', ''))
    await project.node('main.ts')
    expect(await project.plan()).toEqual([])
    await letDestroy(project)
    await project.node('main.ts')
    await project.terraform('apply', '-auto-approve', '-no-color')
    await project.terraform('destroy', '-auto-approve', '-no-color')
  })

  /** The plan imports, and beyond that does nothing but note in the state that the domains must not be deleted. */
  async function expectUnchanged(): Promise<void> {
    const shown = JSON.parse(await project.terraform('show', '-json', 'test.tfplan')) as { resource_changes: Change[] }
    for (const { address, change } of shown.resource_changes) {
      expect(change.importing, address).toBeDefined()
      const { before, after } = change
      expect({ ...after, deletion_protection: before.deletion_protection }, address).toEqual(before)
      expect(after.deletion_protection, address).toBe(address.startsWith('dmarcreport_domain.') ? true : undefined)
    }
  }

  it('keeps a record that settings have no words for, letter by letter', { timeout: 60_000 }, async () => {
    const client = new DmarcReportClient({ token: sandbox.token, baseUrl: sandbox.apiUrl })
    const old = await client.domains.create(sandbox.accountId, {
      address: 'old.test',
      rua_report: true,
      ruf_report: true,
    })
    const { default_dmarc_record } = await client.domains.update(sandbox.accountId, old.id, { hosted_dmarc: true })
    const record = (default_dmarc_record ?? '').replace('p=none', 'p=quarantine').concat('; pct=50')
    await client.domains.update(sandbox.accountId, old.id, { hosted_dmarc_config: record })
    await project.node(cli, 'init', '--from-account', '--dir', 'second')
    await copyFile(join(project.folder, 'second', 'domains.yaml'), join(project.folder, 'domains.yaml'))
    await copyFile(join(example, 'stack.ts'), join(project.folder, 'stack.ts'))
    await project.node('main.ts')
    await project.plan()
    await expectUnchanged()
    await project.terraform('apply', '-auto-approve', '-no-color')
    expect((await client.domains.get(sandbox.accountId, old.id)).current_dmarc_config).toBe(record)
    expect(await project.plan()).toEqual([])
  })

  it('moves between CDKTF and CDK Terrain by its imports alone: nothing has another address', {
    timeout: 60_000,
  }, async () => {
    await project.node(cli, 'init', '--from-account', '--framework', 'cdktf', '--dir', 'terraform-cdk')
    expect(await readFile(join(project.folder, 'terraform-cdk', 'stack.ts'), 'utf8')).toContain("from 'cdktf'")
    await project.node(tsc, '-p', 'terraform-cdk')
    await project.node(join('terraform-cdk', 'main.ts'))
    expect(await project.plan()).toEqual([])
  })

  it('has data of its own to look at, which is a fleet', async () => {
    await copyFile(join(example, 'domains.yaml'), join(project.folder, 'domains.yaml'))
    await project.node('main.ts')
  })
})
