import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
    const { sandbox, api } = bench
    const create = (address: string, more = {}) =>
      api.domains.create(sandbox.accountId, { address, rua_report: true, ruf_report: true, ...more })
    const { id } = await create('example.test', { tag_names: ['production'] })
    await api.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    await create('shop.test')
    await create('parked.test', { parked_domain: true, tag_names: ['parked'] })
  })
  afterAll(() => bench.close())
  const outputs = async (hcl: string) => {
    await bench.terraform.apply(hcl)
    return (await bench.terraform.state()).outputs
  }

  it('looks domains up by address, slug and id, and lists them by tag, parking and hosting', async () => {
    const found = await outputs(`
data "dmarcreport_domain" "address" { address = "EXAMPLE.test" }
data "dmarcreport_domain" "slug" { slug = "shop-test" }
data "dmarcreport_domain" "id" { id = data.dmarcreport_domain.address.id }
data "dmarcreport_domains" "tagged" { tag = "production" }
data "dmarcreport_domains" "parked" { parked = true }
data "dmarcreport_domains" "unhosted" { hosted = false }
data "dmarcreport_domains" "of_account" { account_id = "Sandbox" }
output "policy" { value = data.dmarcreport_domain.id.hosted_dmarc.policy }
output "cname" { value = data.dmarcreport_domain.address.cnames["dmarc"].name }
output "unhosted" { value = data.dmarcreport_domain.slug.hosted_dmarc == null }
output "tagged" { value = data.dmarcreport_domains.tagged.addresses }
output "parked" { value = data.dmarcreport_domains.parked.domains[*].tags }
output "not_hosted" { value = data.dmarcreport_domains.unhosted.addresses }
output "all" { value = length(data.dmarcreport_domains.of_account.domains) }
`)
    expect(found).toEqual({
      policy: 'none',
      cname: '_dmarc.example.test',
      unhosted: true,
      tagged: ['example.test'],
      parked: [['parked']],
      not_hosted: ['parked.test', 'shop.test'],
      all: 3,
    })
  })

  it('lists accounts and generates records', async () => {
    const found = await outputs(`
data "dmarcreport_accounts" "all" {}
data "dmarcreport_dmarc_record" "this" {
  domain_id = "example.test"
  policy    = "reject"
  extra_rua = ["mailto:me@example.test"]
}
output "titles" { value = data.dmarcreport_accounts.all.accounts[*].title }
output "record" { value = data.dmarcreport_dmarc_record.this.record }
`)
    expect(found.titles).toEqual(['Sandbox'])
    expect(found.record).toMatch(/^v=DMARC1; p=reject;.*mailto:me@example\.test/)
  })

  it('reads one account, all tags, and what is hosted for a domain, with its history', async () => {
    await bench.api.domains.verifyHostedDmarc(bench.sandbox.accountId, 'example-test')
    const found = await outputs(`
data "dmarcreport_account" "only" {}
data "dmarcreport_account" "title" { title = "Sandbox" }
data "dmarcreport_tags" "all" {}
data "dmarcreport_hosted_services" "example" { domain_id = "example.test" }
output "accounts" { value = [data.dmarcreport_account.only.id, data.dmarcreport_account.title.slug] }
output "tags" { value = data.dmarcreport_tags.all.names }
output "colors" { value = data.dmarcreport_tags.all.tags[*].color }
output "hosted" { value = [data.dmarcreport_hosted_services.example.hosted_dmarc, data.dmarcreport_hosted_services.example.hosted_mta_sts] }
output "cname" { value = data.dmarcreport_hosted_services.example.cnames["dmarc"] }
data "dmarcreport_status_changes" "example" { domain_id = "example.test" }
data "dmarcreport_status_changes" "latest" {
  domain_id = "example.test"
  limit     = 1
}
output "history" { value = data.dmarcreport_status_changes.example.changes }
output "latest" { value = data.dmarcreport_status_changes.latest.changes }
`)
    const tags = await bench.api.tags.list().all()
    expect(found).toEqual({
      accounts: [String(bench.sandbox.accountId), 'sandbox'],
      tags: tags.map(({ name }) => name).sort(),
      colors: expect.arrayContaining(tags.map(({ color }) => color)),
      hosted: [true, false],
      cname: {
        name: '_dmarc.example.test',
        type: 'CNAME',
        value: expect.stringContaining('.hosted.test'),
        status: 'awaiting_setup',
        reason: expect.any(String),
      },
      history: expect.arrayContaining([
        expect.objectContaining({
          service: 'dmarc',
          record: 'all',
          part: 'overall',
          from: null,
          to: 'action_required',
        }),
      ]),
      latest: [expect.objectContaining({ at: expect.any(String), service: 'dmarc' })],
    })
    const missing = bench.terraform.plan('data "dmarcreport_account" "x" {\n  slug = "nobody"\n}')
    await expect(missing).rejects.toThrow(/Account "nobody" not found[\s\S]*this slug/)
  })

  it('fails on a domain or an account that is not there, naming those that are', async () => {
    const missing = (hcl: string) => expect(bench.terraform.plan(`data "dmarcreport_domain" "x" {\n${hcl}\n}`)).rejects
    await missing('address = "nowhere.test"').toThrow(/Domain "nowhere\.test" not found/)
    await missing('address = "shop-test"').toThrow(/Domain "shop-test" not found/)
    await missing('address = "shop.test"\n account_id = "Nobody"').toThrow(/Account "Nobody" not found[\s\S]*Sandbox/)
    await missing('').toThrow(/None of "id", "slug", "address"/)
  })

  it('writes and reads records and policies without any configuration of the provider', async () => {
    const f = 'provider::dmarcreport::'
    const found = await outputs(`
output "record" { value = ${f}dmarc_record({ policy = "reject", dkim_alignment = "strict", rua = ["a@example.test"] }) }
output "parsed" { value = ${f}parse_dmarc_record("v=DMARC1; p=quarantine; sp=none; t=y") }
output "broken" { value = ${f}parse_dmarc_record("v=spf1 -all").valid }
output "policy" { value = ${f}mta_sts_policy({ mode = "enforce", mx = ["mx.example.test"] }) }
output "hosts" { value = ${f}parse_mta_sts_policy("version: STSv1\\nmode: testing\\nmx: a.test\\nmax_age: 86400\\n").mx }
`)
    expect(found).toMatchObject({
      record: 'v=DMARC1; p=reject; adkim=s; rua=mailto:a@example.test',
      parsed: { valid: true, policy: 'quarantine', subdomain_policy: 'none', test_mode: true, dkim_alignment: null },
      broken: false,
      policy: 'version: STSv1\r\nmode: enforce\r\nmx: mx.example.test\r\nmax_age: 604800\r\n',
      hosts: ['a.test'],
    })
  })

  it.each([
    ['an unknown setting', 'dmarc_record({ polcy = "none" })', /Unknown attribute "polcy"/],
    ['a wrong kind', 'dmarc_record({ policy = "none", rua = "a@b.test" })', /"rua" must be a list of strings/],
    ['a policy that is none', 'dmarc_record({ policy = "block" })', /expected none, quarantine or reject/],
    ['a policy without hosts', 'mta_sts_policy({ mode = "enforce" })', /no mail host/],
  ])('fails on %s in a function, under the argument', async (_, call, message) => {
    await expect(bench.terraform.plan(`output "x" { value = provider::dmarcreport::${call} }`)).rejects.toThrow(message)
  })
})
