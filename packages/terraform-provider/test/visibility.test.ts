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
    // The same for what is looked up, and not in the state.
    const invisible = /Account \d+ is not accessible\nThe token, which belongs to user \d+, can access Other/
    const place = `  domain_id  = "shop.test"\n  account_id = "${sandbox.accountId}"\n`
    for (const [kind, type, body] of [
      ['data', 'domains', place.replace(/.*\n/, '')],
      ['data', 'hosted_services', place],
      ['resource', 'domain_verification', place],
      ['resource', 'domain_verification', place.replace('shop.test', '1')],
    ]) {
      const block = `${kind} "dmarcreport_${type}" "this" {\n${body}}\n`
      const address = `${kind === 'data' ? 'data.' : ''}dmarcreport_${type}.this`
      const looked = terraform.apply(other + block, { args: [`-target=${address}`] })
      await expect(looked, block).rejects.toThrow(invisible)
    }
    // Access that is lost between plan and apply.
    const changed = resources().replace('"shop.test"', '"shop.test"\n  ruf_report = false')
    await terraform.plan(changed)
    bench.answer = (request) =>
      /^GET .*\/accounts(\.json)?$/.test(request)
        ? { accounts: [] }
        : /^GET .*\/domains\/\d+(\.json)?$/.test(request)
          ? Response.json({ error: { code: 'not_found', message: 'Not found' } }, { status: 404 })
          : undefined
    const { code, stderr } = await terraform.run('apply', '-no-color', 'test.tfplan')
    bench.answer = undefined
    expect(stderr).toMatch(/Account \d+ is not accessible/)
    expect(code).toBe(1)
    await terraform.write(resources())
    await terraform.expectEmptyPlan()
    expect(await addressesIn(api)).toEqual(['shop.test'])
  })

  it('says that a domain was moved to another account, and does not take the token of one account for a move', async () => {
    const { terraform, sandbox, api } = bench
    const two = await api.accounts.create({ title: 'Two' })
    const domain = (account: string) =>
      `resource "dmarcreport_domain" "moved" {\n  address = "moved.test"\n  account_id = "${account}"\n}\n`
    const here = domain(String(sandbox.accountId))
    await terraform.apply(resources() + here)
    const id = Number((await api.domains.list().all()).find(({ address }) => address === 'moved.test')?.id)
    await api.domainMemberships.add(two.id, [id])
    const { memberships } = await api.domainMemberships.list(sandbox.accountId)
    const membership = memberships.find(({ domain_id }) => domain_id === id)
    await api.domainMemberships.remove(sandbox.accountId, Number(membership?.id))
    const { changes, diagnostics } = await terraform.plan(resources() + here)
    expect(diagnostics).toMatchObject([
      { severity: 'warning', summary: `Domain moved.test was moved to account ${two.id}` },
    ])
    expect(changes.filter(({ actions }) => actions[0] !== 'no-op')).toMatchObject([
      { address: 'dmarcreport_domain.moved', after: { account_id: String(sandbox.accountId) } },
    ])
    await terraform.apply(resources() + here)
    await terraform.apply(resources())
    await api.accounts.delete(two.id)
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
