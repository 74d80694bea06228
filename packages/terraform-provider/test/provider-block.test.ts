import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const read = '\ndata "dmarcreport_accounts" "all" {}\n'

describeTerraforms(({ program }) => {
  let bench: Bench
  let without: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
    without = await startBench({ terraform: program, sandbox: bench.sandbox, env: { DMARCREPORT_TOKEN: '' } })
  })
  afterAll(async () => {
    await without.close()
    await bench.close()
  })

  it('fails without a token, naming both places it can come from', async () => {
    await expect(without.terraform.plan(read)).rejects.toThrow(/No API token[\s\S]*`token`[\s\S]*DMARCREPORT_TOKEN/)
  })

  it('fails on a token that cannot be one, and never repeats it', async () => {
    const error = await without.terraform
      .plan(`provider "dmarcreport" {\n  token = "s3cret canary"\n}${read}`)
      .catch(String)
    expect(error).toMatch(/not usable/)
    expect(error).not.toContain('s3cret')
  })

  it('fails on an endpoint that is no address', async () => {
    const block = 'provider "dmarcreport" {\n  endpoint = "api.example.test"\n}'
    await expect(bench.terraform.plan(block + read)).rejects.toThrow(/baseUrl must be an http or https URL/)
  })

  it('uses the account it names for resources that name none, by id, slug or title', async () => {
    const domain = 'resource "dmarcreport_domain" "this" {\n  address = "example.test"\n}\n'
    for (const account of [String(bench.sandbox.accountId), 'Sandbox', 'sandbox']) {
      const { changes } = await bench.terraform.plan(`provider "dmarcreport" {\n  account = "${account}"\n}\n${domain}`)
      expect(changes[0]?.actions).not.toContain('delete')
      await bench.terraform.apply()
      await bench.terraform.expectEmptyPlan()
    }
    await bench.terraform.write('')
    await bench.terraform.destroy()
    const nobody = `provider "dmarcreport" {\n  account = "Nobody"\n}\n${domain}`
    await expect(bench.terraform.apply(nobody)).rejects.toThrow(
      /no account "Nobody"[\s\S]*provider block[\s\S]*Sandbox/,
    )
    await bench.terraform.write('')
    await bench.terraform.destroy()
  })

  it('asks which account is meant where there are several', async () => {
    const { terraform } = bench
    await terraform.apply('resource "dmarcreport_account" "two" {\n  title = "Two"\n}\n')
    const domain =
      'resource "dmarcreport_account" "two" {\n  title = "Two"\n}\nresource "dmarcreport_domain" "this" {\n  address = "example.test"\n}\n'
    await expect(terraform.apply(domain)).rejects.toThrow(/No account is named[\s\S]*Sandbox[\s\S]*Two/)
    await terraform.write('')
    await terraform.destroy()
  })

  it('fails on a tag that exists, and imports it', async () => {
    const tag = 'resource "dmarcreport_tag" "this" {\n  name = "production"\n  color = "#1f883d"\n}\n'
    await expect(bench.terraform.apply(tag)).rejects.toThrow(/There is a tag "production" already[\s\S]*import \{/)
    await bench.terraform.apply(`${tag}import {\n  to = dmarcreport_tag.this\n  id = "production"\n}\n`)
    await bench.terraform.expectEmptyPlan()
    await bench.terraform.run('state', 'rm', 'dmarcreport_tag.this')
  })
})
