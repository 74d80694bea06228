import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MirrorWorkspace, mirrorWorkspace } from './mirror.ts'
import { MortalWorkspace } from './mortal-workspace.ts'
import { addressesIn, clientOf, providerEnvironment } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const provider =
  'terraform {\n  required_providers {\n    dmarcreport = { source = "dmarc-as-code/dmarcreport" }\n  }\n}\n'
const tag = (extra = '') => `resource "dmarcreport_tag" "this" {\n  name = "Live"\n${extra}}\n`
const domain = (extra = '') => `resource "dmarcreport_domain" "this" {\n  address = "shop.test"\n${extra}}\n`

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let api: DmarcReportClient
  let workspace: MirrorWorkspace
  beforeEach(async () => {
    sandbox = await createSandbox()
    api = clientOf(sandbox)
    const empty = await mkdtemp(join(tmpdir(), 'ownership-'))
    await writeFile(join(empty, 'main.tf'), provider)
    workspace = await mirrorWorkspace(program, providerEnvironment(sandbox), empty)
    await rm(empty, { recursive: true })
    await workspace.terraform('init', '-no-color')
  })
  afterEach(async () => {
    await workspace?.close()
    await sandbox?.close()
  })

  const write = (hcl: string) => writeFile(join(workspace.folder, 'main.tf'), provider + hcl)
  const apply = () => workspace.terraform('apply', '-auto-approve', '-no-color')
  const markers = () => readdir(join(workspace.folder, '.terraform/dmarcreport')).catch(() => [])

  it('leaves no marker behind after an apply that succeeded', async () => {
    await write(tag() + domain())
    await apply()
    expect(await markers()).toEqual([])
  })

  it('does not adopt the tag of another tenant, which a second alias sees', async () => {
    const theirs = clientOf({ ...sandbox, token: sandbox.otherTenant.token })
    const { id } = await theirs.tags.create({ name: 'Live', color: '#000000' })
    await write(tag())
    await apply()
    const alias = `provider "dmarcreport" {\n  alias = "other"\n  token = "${sandbox.otherTenant.token}"\n}\n`
    await write(`${tag()}${alias}${tag('  provider = dmarcreport.other\n').replace('"this"', '"other"')}`)
    await expect(apply()).rejects.toThrow(new RegExp(`already exists[\\s\\S]*id = "${id}"`))
    await workspace.terraform('destroy', '-auto-approve', '-no-color')
    expect((await theirs.tags.list().all()).map(({ name }) => name)).toContain('Live')
  })

  it('does not adopt in one workspace what another one manages', async () => {
    await write(domain())
    await apply()
    await workspace.terraform('workspace', 'new', 'staging')
    await expect(apply()).rejects.toThrow(/already exists[\s\S]*import \{/)
    await workspace.terraform('destroy', '-auto-approve', '-no-color')
    expect(await addressesIn(api)).toEqual(['shop.test'])
  })

  it('does not adopt its own object under create_before_destroy, and does not destroy it then', async () => {
    const careful = domain('  lifecycle {\n    create_before_destroy = true\n  }\n')
    await write(careful)
    await apply()
    const replace = ['apply', '-auto-approve', '-no-color', '-replace=dmarcreport_domain.this', '-refresh=false']
    await expect(workspace.terraform(...replace)).rejects.toThrow(/already exists/)
    expect(await addressesIn(api)).toEqual(['shop.test'])
    await workspace.terraform('plan', '-no-color', '-detailed-exitcode')
  })

  it('does not adopt what somebody else created after a run had died before its request', async () => {
    const mortal = await MortalWorkspace.open(program, provider + domain(), providerEnvironment(sandbox))
    try {
      const [moment] = (await mortal.momentsOf('apply', '-auto-approve')).filter((one) => one.startsWith('before POST'))
      await mortal.terraform('destroy', '-auto-approve')
      await mortal.dying(String(moment), 'apply', '-auto-approve')
      await api.domains.create(sandbox.accountId, { address: 'shop.test', rua_report: true, ruf_report: true })
      await expect(mortal.terraform('apply', '-auto-approve')).rejects.toThrow(/already exists[\s\S]*import \{/)
      expect(await addressesIn(api)).toEqual(['shop.test'])
    } finally {
      await mortal.close()
    }
  })

  it('completes a run that died after its request, once the server proves that the object is ours', async () => {
    const mortal = await MortalWorkspace.open(program, provider + domain(), providerEnvironment(sandbox))
    try {
      const [moment] = (await mortal.momentsOf('apply', '-auto-approve')).filter((one) => one.startsWith('after POST'))
      await mortal.terraform('destroy', '-auto-approve')
      await mortal.dying(String(moment), 'apply', '-auto-approve')
      expect(await addressesIn(api)).toEqual(['shop.test'])
      await mortal.terraform('apply', '-auto-approve')
      await mortal.terraform('plan', '-detailed-exitcode')
    } finally {
      await mortal.close()
    }
  })
})
