import { afterAll, beforeAll, expect, it } from 'vitest'
import { addressesIn, type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())

  const resources = () => `
resource "dmarcreport_account" "this" {
  title = "Team"
}

resource "dmarcreport_tag" "this" {
  name = "Live"
}

resource "dmarcreport_domain" "this" {
  account_id = "${bench.sandbox.accountId}"
  address    = "shop.test"
}
`

  it('fails with the token of another tenant instead of planning to create everything again', async () => {
    const { terraform, sandbox, api } = bench
    await terraform.apply(resources())
    const other = `provider "dmarcreport" {\n  token = "${sandbox.otherTenant.token}"\n}\n`
    const failure = await terraform.plan(other + resources()).catch((error: Error) => error.message)
    expect(failure).toMatch(
      /Account \d+ is not accessible\nDomain shop\.test is in account \d+ .* belongs to user \d+,/,
    )
    expect(failure).toMatch(/Tag \d+ is not accessible\n.* belongs to user \d+ according to the state/)
    await expect(terraform.destroy({ args: ['-refresh=false'] })).rejects.toThrow(/is not accessible/)
    await terraform.write(resources())
    await terraform.expectEmptyPlan()
    expect(await addressesIn(api)).toEqual(['shop.test'])
  })

  it('plans to create again what is gone from an account that is still visible', async () => {
    const { terraform, api } = bench
    const [domain] = await api.domains.list().all()
    await api.domains.delete(Number(domain?.account_id), Number(domain?.id))
    const { changes } = await terraform.plan(resources())
    expect(changes.filter(({ actions }) => actions[0] === 'create').map(({ address }) => address)).toEqual([
      'dmarcreport_domain.this',
    ])
    await terraform.destroy()
  })
})
