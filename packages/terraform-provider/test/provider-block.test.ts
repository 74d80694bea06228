import type { TerraformError } from '@dmarc-as-code/terraform-plugin/testing'
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
    expect(error).toMatch(/Invalid provider configuration/)
    expect(error).not.toContain('s3cret')
  })

  it('fails on an endpoint that is no address', async () => {
    const block = 'provider "dmarcreport" {\n  endpoint = "api.example.test"\n}'
    await expect(bench.terraform.plan(block + read)).rejects.toThrow(
      /Invalid provider configuration\n`endpoint` must be an http or https URL.*, such as https:\/\/api\.dmarcreport\.com/,
    )
    const byEnvironment = await startBench({
      terraform: program,
      sandbox: bench.sandbox,
      env: { DMARCREPORT_ENDPOINT: 'api.example.test' },
    })
    try {
      await expect(byEnvironment.terraform.plan(read)).rejects.toThrow(
        /Invalid provider configuration\nThe environment variable DMARCREPORT_ENDPOINT must be/,
      )
    } finally {
      await byEnvironment.close()
    }
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
      /Account "Nobody" not found[\s\S]*provider block[\s\S]*Sandbox/,
    )
    await bench.terraform.write('')
    await bench.terraform.destroy()
  })

  it('shows in the plan in which account a domain will be, or leaves it open where that may be made in the same apply', async () => {
    const { terraform, sandbox } = bench
    const planned = async (account: string) => {
      const block = `provider "dmarcreport" {\n${account}}\nresource "dmarcreport_domain" "this" {\n  count = 2\n  address = "n\${count.index}.test"\n}\n`
      return (await terraform.plan(block)).changes.map(({ after }) => after?.account_id)
    }
    const id = String(sandbox.accountId)
    expect(await planned('')).toEqual([id, id])
    expect(await planned('  account = "sandbox"\n')).toEqual([id, id])
    expect(await planned('  account = "Later"\n')).toEqual([undefined, undefined])
    const notYet = 'resource "terraform_data" "account" {\n  input = "Two"\n}\n'
    const domain = 'resource "dmarcreport_domain" "this" {\n  address = "n.test"\n}\n'
    const { changes } = await terraform.plan(
      `${notYet}provider "dmarcreport" {\n  account = terraform_data.account.output\n}\n${domain}`,
    )
    expect(changes.find(({ address }) => address === 'dmarcreport_domain.this')?.after).not.toHaveProperty('account_id')
  })

  it('fails once, in the plan, where the API refuses the token, however many domains are to be made', async () => {
    const { terraform, sandbox } = bench
    sandbox.faults.add({ fault: { kind: 'status', status: 401 } })
    const error = await terraform
      .plan(`resource "dmarcreport_domain" "this" {\n  count = 20\n  address = "n\${count.index}.test"\n}\n`)
      .catch((thrown: TerraformError) => thrown)
    sandbox.faults.clear()
    expect(error).toMatchObject({
      diagnostics: [
        {
          severity: 'error',
          summary: 'The API rejected the token',
          detail: expect.stringMatching(/Planning the domain n\d+\.test requires a valid token/),
        },
      ],
    })
  })

  it('asks which account is meant where there are several', async () => {
    const { terraform } = bench
    await terraform.apply('resource "dmarcreport_account" "two" {\n  title = "Two"\n}\n')
    const domain =
      'resource "dmarcreport_account" "two" {\n  title = "Two"\n}\nresource "dmarcreport_domain" "this" {\n  address = "example.test"\n}\n'
    await expect(terraform.plan(domain)).rejects.toThrow(/Account not specified[\s\S]*Sandbox[\s\S]*Two/)
    await terraform.write('')
    await terraform.destroy()
  })

  it('fails on a tag that exists, and imports it', async () => {
    const tag = 'resource "dmarcreport_tag" "this" {\n  name = "production"\n  color = "#1f883d"\n}\n'
    await expect(bench.terraform.apply(tag)).rejects.toThrow(/Tag "production" already exists[\s\S]*import \{/)
    await bench.terraform.apply(`${tag}import {\n  to = dmarcreport_tag.this\n  id = "production"\n}\n`)
    await bench.terraform.expectEmptyPlan()
    await bench.terraform.run('state', 'rm', 'dmarcreport_tag.this')
  })
})
