import { rm } from 'node:fs/promises'
import type { TerraformError } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const hcl = (settings: string, name = 'this', address = 'example.test') =>
  `resource "dmarcreport_domain" "${name}" {\n  address = "${address}"\n${settings}\n}\n`
const hosted = `
  rua_report = true
  ruf_report = false
  tags = ["production"]
  hosted_dmarc = { policy = "quarantine", extra_rua = ["dmarc@example.test"] }
  hosted_mta_sts = { mode = "testing", mx = ["MAIL.example.test."], max_age_days = 3 }
`

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  beforeEach(async () => {
    bench.mx.clear()
    await rm(`${bench.terraform.folder}/generated.tf`, { force: true })
    await bench.terraform.write('')
    await bench.terraform.destroy()
  })
  const only = async () => {
    const [domain] = await bench.api.domains.listByAccount(bench.sandbox.accountId).all()
    if (!domain) throw new Error('there is no domain')
    return domain
  }
  const update = async (change: Parameters<typeof bench.api.domains.update>[2]) => {
    await bench.api.domains.update(bench.sandbox.accountId, (await only()).id, change)
  }
  const warnings = (diagnostics: readonly { severity: string; summary: string }[]) =>
    diagnostics.filter(({ severity }) => severity === 'warning').map(({ summary }) => summary)

  it('is created, changed in place and read back exactly as written', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(hosted))
    await terraform.expectEmptyPlan()
    expect(await only()).toMatchObject({
      ruf_report: false,
      mta_sts_report: true,
      hosted_dmarc: true,
      mta_sts_policy: { mode: 'testing', mx_age: 3 },
      current_dmarc_config: expect.stringContaining('mailto:dmarc@example.test'),
    })
    const { id } = await only()
    const changed = hosted.replace('quarantine', 'reject').replace('["production"]', '["marketing", "production"]')
    const { changes } = await terraform.plan(hcl(changed))
    expect(changes[0]).toMatchObject({
      actions: ['update'],
      after: { hosted_dmarc: { published_record: expect.stringContaining('p=reject') } },
    })
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect((await only()).id).toBe(id)
    expect((await only()).tags.map(({ name }) => name).sort()).toEqual(['marketing', 'production'])
  })

  it('keeps what it was made with as short as it was: nothing hosted, all defaults', async () => {
    const { changes } = await bench.terraform.plan(hcl(''))
    expect(changes[0]?.after).toMatchObject({ parked_domain_credits: null, cnames: {}, default_dmarc_record: null })
    await bench.terraform.apply()
    await bench.terraform.expectEmptyPlan()
    expect((await bench.terraform.state()).resources['dmarcreport_domain.this']).toMatchObject({
      rua_report: true,
      ruf_report: true,
      mta_sts_report: false,
      parked: false,
      hosted_dmarc: null,
      cnames: {},
      tags: [],
      account_id: String(bench.sandbox.accountId),
    })
  })

  it.each([
    ['an unset hosting', { hosted_dmarc: false }],
    ['a weaker policy', { hosted_dmarc_config: undefined }],
    ['report flags', { rua_report: false, ruf_report: true }],
    ['an MTA-STS policy', { mta_sts_policy: { mode: 'enforce' as const, mx: ['other.example.test'], mx_age: 9 } }],
    ['hosted MTA-STS', { hosted_mta_sts: false }],
    ['tags', { tag_names: ['parked'] }],
  ])('shows and repairs drift of %s', async (_, drift) => {
    const { terraform } = bench
    await terraform.apply(hcl(hosted))
    const before = await only()
    const change =
      'hosted_dmarc_config' in drift
        ? { hosted_dmarc_config: (before.current_dmarc_config ?? '').replace('p=quarantine', 'p=none; np=reject') }
        : drift
    await update(change)
    const { changes } = await terraform.plan()
    expect(changes[0]?.actions).toEqual(['update'])
    await terraform.apply()
    await terraform.expectEmptyPlan()
    // What every change raises, and what the service finds out by itself.
    const changing = ['version', 'dmarc_status', 'mta_sts_status', 'updated_at', 'cname_records']
    const after = Object.fromEntries(Object.entries(await only()).filter(([name]) => !changing.includes(name)))
    expect(before).toMatchObject(after)
  })

  it('repairs a tag in the record that no setting stands for', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(hosted))
    const record = (await only()).current_dmarc_config ?? ''
    await update({ hosted_dmarc_config: `${record}; psd=n` })
    expect((await terraform.plan()).changes[0]?.actions).toEqual(['update'])
    await terraform.apply()
    expect((await only()).current_dmarc_config).toBe(record)
  })

  it('is created again where it was deleted outside Terraform, and gone without a word where destroy finds nothing', async () => {
    const { terraform, sandbox } = bench
    await terraform.apply(hcl(''))
    const { id } = await only()
    await bench.api.domains.delete(sandbox.accountId, id)
    expect((await terraform.plan()).changes[0]?.actions).toEqual(['create'])
    await terraform.apply()
    await bench.api.domains.delete(sandbox.accountId, (await only()).id)
    await terraform.destroy({ args: ['-refresh=false'] })
  })

  it('publishes a raw record with the addresses of the service added, and keeps its text', async () => {
    const record = 'v=DMARC1;p=quarantine;rua=mailto:own@example.test'
    await bench.terraform.apply(hcl(`  hosted_dmarc = { record = "${record}" }`))
    await bench.terraform.expectEmptyPlan()
    const { current_dmarc_config: published, default_dmarc_record: own } = await only()
    expect(published).toContain('mailto:own@example.test')
    for (const [address] of (own ?? '').matchAll(/mailto:[^;,]+/g)) expect(published).toContain(address)
  })

  it('follows the kinds of reports that are wanted, in default and own records', async () => {
    const { terraform } = bench
    const reports = (ruf: boolean, policy: string) =>
      hcl(`  ruf_report = ${ruf}\n  hosted_dmarc = {${policy}}\n  allow_weaker = "Failure reports are not wanted"`)
    for (const policy of ['', ' policy = "reject" ']) {
      await terraform.apply(reports(true, policy))
      const { current_dmarc_config: record, default_dmarc_record: own } = await only()
      expect(record).toContain('ruf=mailto:')
      await terraform.apply(reports(false, policy))
      await terraform.expectEmptyPlan()
      const without = await only()
      expect(without.default_dmarc_record).not.toContain('ruf=')
      expect(without.current_dmarc_config).not.toContain('ruf=')
      await terraform.apply(reports(true, policy))
      await terraform.expectEmptyPlan()
      expect(await only()).toMatchObject({ current_dmarc_config: record, default_dmarc_record: own })
    }
  })

  it('fails on a tag that is not there, at its line, and says how to make it', async () => {
    const failure = await bench.terraform.apply(hcl('  tags = ["nope"]')).catch((error: TerraformError) => error)
    expect(failure.diagnostics).toMatchObject([
      {
        summary: 'Tag "nope" not found',
        detail: expect.stringContaining('Declare a `dmarcreport_tag`'),
        snippet: { code: '  tags = ["nope"]' },
      },
    ])
  })

  it('takes mail hosts that are known only after apply, and leaves tags alone that it does not have', async () => {
    const { terraform, api, sandbox } = bench
    const known = hcl('  hosted_mta_sts = { mode = "testing", mx = ["mx1.example.test"] }\n  tags = ["production"]')
    await terraform.apply(known)
    const { id } = await only()
    const host = 'resource "terraform_data" "host" {\n  input = "mx2.example.test"\n}\n'
    const later = hcl('  hosted_mta_sts = { mode = "testing", mx = ["mx1.example.test", terraform_data.host.output] }')
    await terraform.plan(host + later)
    await api.domains.update(sandbox.accountId, id, { tag_names: ['marketing'] })
    await terraform.apply(host + later, { args: ['-refresh=false'] })
    expect(await only()).toMatchObject({ tags: [{ name: 'marketing' }] })
    await terraform.expectEmptyPlan()
  })

  it('is replaced when its name changes, not when only the spelling does', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(''))
    expect((await terraform.plan(hcl('', 'this', 'Example.TEST'))).changes[0]?.actions).not.toContain('delete')
    await terraform.apply()
    await terraform.expectEmptyPlan()
    const { changes } = await terraform.plan(hcl('', 'this', 'shop.test'))
    expect(changes[0]).toMatchObject({ actions: ['delete', 'create'], replacePaths: [['address']] })
  })

  it('moves to another account in place', async () => {
    const { terraform } = bench
    const account = 'resource "dmarcreport_account" "other" {\n  title = "Other team"\n}\n'
    await terraform.apply(account + hcl(''))
    const { id } = await only()
    await terraform.apply(account + hcl('  account_id = dmarcreport_account.other.id'))
    await terraform.expectEmptyPlan()
    expect(await bench.api.domains.listByAccount(bench.sandbox.accountId).all()).toEqual([])
    expect((await bench.api.domains.list().all()).map((domain) => domain.id)).toEqual([id])
  })

  it('goes through mode none when hosting of MTA-STS stops, and says how long senders remember', async () => {
    const { terraform } = bench
    bench.requests.length = 0
    const enforce = hosted.replace('"testing"', '"enforce"')
    await terraform.apply(hcl(enforce))
    const { diagnostics } = await terraform.plan(hcl('  hosted_dmarc = {}\n  retire_after = "0s"'))
    expect(warnings(diagnostics)).toContain('Senders may cache the MTA-STS policy of example.test for 3 days')
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(await only()).toMatchObject({ hosted_mta_sts: false, mta_sts_policy: { mode: 'none' } })
  })

  it.each([
    ['account/address', () => `${bench.sandbox.accountId}/example.test`],
    ['slug', () => 'example-test'],
    ['address', () => 'EXAMPLE.test'],
  ])('is imported by %s into configuration that Terraform writes, with nothing to change', async (_, id) => {
    const { terraform } = bench
    const plain = hcl(hosted.replace('MAIL.example.test.', 'mail.example.test'))
    await terraform.apply(plain)
    await terraform.run('state', 'rm', 'dmarcreport_domain.this')
    const block = `import {\n  to = dmarcreport_domain.found\n  id = "${id()}"\n}\n`
    const written = await terraform.generateConfig(block)
    expect(written).toMatch(/policy\s+= "quarantine"/)
    const { changes } = await terraform.plan()
    expect(changes[0]).toMatchObject({ actions: ['no-op'], importing: true })
    await terraform.apply()
    await terraform.expectEmptyPlan()
    await terraform.run('state', 'mv', 'dmarcreport_domain.found', 'dmarcreport_domain.this')
    await terraform.write(plain)
    await rm(`${terraform.folder}/generated.tf`)
    await terraform.expectEmptyPlan()
  })

  it('fails to import what is not there, and says what was expected', async () => {
    await bench.terraform.write(hcl(''))
    await expect(bench.terraform.import('dmarcreport_domain.this', 'nowhere.test')).rejects.toThrow(
      /Domain "nowhere\.test" not found[\s\S]*account\/address/,
    )
    await expect(bench.terraform.import('dmarcreport_domain.this', 'nobody/shop.test')).rejects.toThrow(
      /Account "nobody" not found\s+The part of the import ID before the slash is "nobody"/,
    )
  })

  it('fails on a domain that somebody else made, and shows the import block', async () => {
    await bench.api.domains.create(bench.sandbox.accountId, {
      address: 'example.test',
      rua_report: true,
      ruf_report: true,
    })
    await expect(bench.terraform.apply(hcl(''))).rejects.toThrow(
      new RegExp(`already exists[\\s\\S]*id = "${bench.sandbox.accountId}/example.test"`),
    )
    await bench.api.domains.delete(bench.sandbox.accountId, (await only()).id)
  })

  it.each([
    [
      'a raw record beside settings',
      'hosted_dmarc = { record = "v=DMARC1; p=none", policy = "none" }',
      /complete record/,
    ],
    ['a broken record', 'hosted_dmarc = { record = "v=DMARC1; p=rejct" }', /`rejct`, expected none/],
    ['a record without p', 'hosted_dmarc = { record = "v=DMARC1; rua=mailto:a@b.test" }', /without a policy/],
    ['an unknown policy', 'hosted_dmarc = { policy = "block" }', /"block"[\s\S]*"quarantine"/],
    ['a bad address', 'hosted_dmarc = { extra_rua = ["nobody"] }', /nobody/],
    ['no reports', 'rua_report = false\n ruf_report = false', /at least one/],
    ['enforce without hosts', 'hosted_mta_sts = { mode = "enforce" }', /at least one host/],
    ['a bad mail host', 'hosted_mta_sts = { mode = "enforce", mx = ["10.0.0.1"] }', /10\.0\.0\.1/],
    ['parked with MTA-STS', 'parked = true\n hosted_mta_sts = { mode = "testing", mx = ["a.test"] }', /parked/],
    ['parked with a weak policy', 'parked = true\n hosted_dmarc = { policy = "none" }', /expected "reject"/],
    ['MTA-STS without its reports', 'mta_sts_report = false\n hosted_mta_sts = { mode = "none" }', /mta_sts_report/],
  ])('refuses %s before anything is sent', async (_, settings, message) => {
    await expect(bench.terraform.validate(hcl(settings))).rejects.toThrow(message)
  })

  it('warns of a jump from none to reject, of less protection, and of mail hosts that enforce would cut off', async () => {
    const { terraform } = bench
    bench.mx.set('example.test', ['mail.example.test', 'backup.example.net'])
    const settings = (policy: string, gate = 'warn') =>
      `  hosted_dmarc = { policy = "${policy}", gate = "${gate}" }\n  hosted_mta_sts = { mode = "enforce", mx = ["*.example.test"] }`
    const first = await terraform.plan(hcl(settings('none')))
    const mx = first.diagnostics.find(({ summary }) => summary.includes('does not cover all mail hosts'))
    expect(mx?.detail).toContain('backup.example.net')
    expect(mx?.detail).not.toContain('mail.example.test,')
    await terraform.apply()
    // Where the evidence is judged, it takes the place of the rule of thumb.
    expect((await terraform.plan(hcl(settings('reject')))).diagnostics[0]?.detail).toMatch(/reports of 30 days/)
    const ungated = await terraform.plan(hcl(settings('reject', 'off')))
    expect(ungated.diagnostics[0]?.detail).toMatch(/none to reject in one step/)
    await terraform.apply()
    expect((await terraform.plan(hcl(settings('none')))).diagnostics[0]?.detail).toMatch(/easier to forge/)
  })

  it('says on the server which code keeps the domain', async () => {
    const { terraform } = bench
    const labelled = (label: string) => `provider "dmarcreport" {\n  label = "${label}"\n}\n`
    await terraform.apply(labelled('acme/mail') + hcl(''))
    expect(await only()).toMatchObject({ managed_by: { workspace: 'default', label: 'acme/mail' } })
    await terraform.apply(labelled('acme/dns') + hcl('  tags = ["production"]'))
    expect(await only()).toMatchObject({ managed_by: { label: 'acme/dns' } })
    await terraform.expectEmptyPlan()
  })

  it('hosts a parked domain that rejects everything', async () => {
    await bench.terraform.apply(hcl('  parked = true\n  hosted_dmarc = {}', 'this', 'parked.test'))
    await bench.terraform.expectEmptyPlan()
    expect(await only()).toMatchObject({
      parked_domain: true,
      current_dmarc_config: expect.stringContaining('p=reject'),
    })
  })
})
