import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const hcl = (settings: string, domain = 'hosted_dmarc = { policy = "none" }') => `
resource "dmarcreport_domain" "this" {
  address = "example.test"
  ${domain}
}
resource "dmarcreport_domain_verification" "this" {
  domain_id = dmarcreport_domain.this.id
  ${settings}
}
`
const records = `
resource "dmarcreport_dns_records" "this" {
  records = dmarcreport_domain.this.cnames
  on_conflict = "replace"
  rfc2136 = {}
}
`

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  beforeEach(async () => {
    await bench.terraform.write('')
    await bench.terraform.destroy()
  })

  it('fails when the time is over, naming each record with what was expected, found, and to do', async () => {
    const { terraform, sandbox } = bench
    sandbox.zone('example.test').setRrsets('_dmarc.example.test', [{ type: 'CNAME', ttl: 60, data: ['wrong.test'] }])
    const error = await terraform.apply(hcl('timeouts {\n    create = "1s"\n  }')).catch(({ message }) => message)
    expect(error).toMatch(/example\.test is not ready/)
    expect(error).toMatch(/dmarc: the CNAME at _dmarc\.example\.test is misconfigured \(wrong-target\)/)
    expect(error).toMatch(/expected \S+\.hosted\.test, found \S+ CNAME wrong\.test/)
    expect(terraform.logs.join('\n')).toMatch(/example\.test is not ready: waiting for 1 records/)
    sandbox.zone('example.test').remove('_dmarc.example.test')
  })

  it('stops at once when Terraform is interrupted, and says what was missing', async () => {
    const logged = bench.terraform.logs.length
    const running = await bench.terraform.startApply(hcl(''))
    await expect
      .poll(() => bench.terraform.logs.slice(logged).join('').includes('waiting for 1 records'), { timeout: 15_000 })
      .toBe(true)
    running.interrupt()
    const { code, stdout } = await running.finished
    expect(code).not.toBe(0)
    expect(stdout).toContain('Waiting for example.test was interrupted')
    expect(stdout).toContain('_dmarc.example.test')
  })

  it('is not stored when it failed, and ready when the records are there', async () => {
    const { terraform } = bench
    await terraform.apply(hcl('timeouts {\n    create = "1s"\n  }')).catch(() => {})
    expect(Object.keys((await terraform.state()).resources)).toEqual(['dmarcreport_domain.this'])
    await terraform.apply(hcl('records = dmarcreport_dns_records.this.applied') + records)
    await terraform.expectEmptyPlan()
    const { checks, ...state } = (await terraform.state()).resources['dmarcreport_domain_verification.this'] ?? {}
    expect(state).toMatchObject({ ready: true, verified: true, services: ['dmarc'] })
    expect(checks).toContainEqual(expect.objectContaining({ record: 'dmarc', part: 'cname', status: 'verified' }))
  })

  it('verifies again when the records change, and when the service has lost a record', async () => {
    const { terraform } = bench
    const configuration = hcl('records = dmarcreport_dns_records.this.applied') + records
    await terraform.apply(configuration)
    const more = 'hosted_dmarc = {}\n  hosted_mta_sts = { mode = "testing", mx = ["mail.example.test"] }'
    await terraform.apply(hcl('records = dmarcreport_dns_records.this.applied', more) + records)
    const services = async () => (await terraform.state()).resources['dmarcreport_domain_verification.this']?.services
    expect(await services()).toEqual(['dmarc', 'mta_sts'])
    await terraform.expectEmptyPlan()

    const lenient = records.replace('"replace"', '"adopt"')
    await terraform.apply(hcl('records = dmarcreport_dns_records.this.applied', more) + records)
    const { changes: alone } = await terraform.plan(
      hcl('records = dmarcreport_dns_records.this.applied', more) + lenient,
    )
    const updated = alone.filter(({ actions }) => actions[0] !== 'no-op').map(({ address }) => address)
    expect(updated).toEqual(['dmarcreport_dns_records.this'])
    await terraform.write(hcl('records = dmarcreport_dns_records.this.applied', more) + records)

    // A server confirms a loss for hours before it says so.
    bench.rewrite = (answer) =>
      answer.replace(/("name":"mta-sts\.example\.test".*?"status":)"verified"/, '$1"awaiting_setup"')
    const { changes } = await terraform.plan()
    const planned = changes.filter(({ actions }) => actions[0] !== 'no-op').map(({ address }) => address)
    expect(planned).toEqual(['dmarcreport_domain_verification.this'])
    expect(changes.find(({ address }) => address === planned[0])).toMatchObject({
      actions: ['update'],
      before: { verified: false, ready: false },
    })
    bench.rewrite = undefined
    await terraform.apply()
    await terraform.expectEmptyPlan()
  })

  it('fails at once where there is nothing to wait for', async () => {
    await expect(bench.terraform.apply(hcl('', ''))).rejects.toThrow(/has no hosted services/)
    await bench.terraform.destroy()
    await expect(bench.terraform.apply(hcl('services = ["mta_sts"]'))).rejects.toThrow(/hosted_mta_sts is not set/)
  })

  it('is left out for the domains that host nothing, by an expression that is known while planning', async () => {
    const { terraform } = bench
    const fleet = (hosted: string) => `
resource "dmarcreport_domain" "this" {
  for_each     = { "example.test" = {}, "shop.test" = ${hosted} }
  address      = each.key
  hosted_dmarc = each.value
  allow_weaker = "Reports of shop.test are read at the service from now on"
}
resource "dmarcreport_dns_records" "this" {
  for_each    = dmarcreport_domain.this
  allow_weaker = "Reports of shop.test are read at the service from now on"
  records     = each.value.cnames
  on_conflict = "replace"
  rfc2136     = {}
}
resource "dmarcreport_domain_verification" "this" {
  for_each  = { for name, domain in dmarcreport_domain.this : name => domain if length(domain.cnames) > 0 }
  domain_id = each.value.id
  records   = dmarcreport_dns_records.this[each.key].applied
}
`
    const waited = async () =>
      Object.keys((await terraform.state()).resources).filter((address) => address.includes('verification'))
    await terraform.apply(fleet('null'))
    expect(await waited()).toEqual(['dmarcreport_domain_verification.this["example.test"]'])
    await terraform.apply(fleet('{}'))
    expect(await waited()).toHaveLength(2)
    await terraform.apply(fleet('null'))
    await terraform.expectEmptyPlan()
    expect(await waited()).toHaveLength(1)
  })
})

const action = `
action "dmarcreport_verify" "now" {
  config {
    domain_id = "example.test"
  }
}
`

describeTerraforms(
  ({ program }) => {
    let bench: Bench
    beforeAll(async () => {
      bench = await startBench({ terraform: program })
    })
    afterAll(() => bench.close())

    it('is an action too, which waits after the records that trigger it and says what it sees', async () => {
      const { terraform } = bench
      const domain = `
resource "dmarcreport_domain" "this" {
  address      = "example.test"
  hosted_dmarc = {}
}
`
      const trigger = `
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.dmarcreport_verify.now]
    }
  }
}
`
      const { progress } = await terraform.apply(action + domain + records.replace(/\}\s*$/, trigger))
      expect(progress.at(-1)).toBe('example.test is ready')
      const again = await terraform.invoke('action.dmarcreport_verify.now')
      expect(again.progress.at(-1)).toBe('example.test is ready')
      bench.sandbox
        .zone('example.test')
        .setRrsets('_dmarc.example.test', [{ type: 'CNAME', ttl: 60, data: ['wrong.test'] }])
      await terraform.write(action.replace('domain_id', 'services = ["mta_sts"]\n    domain_id'))
      await expect(terraform.invoke('action.dmarcreport_verify.now')).rejects.toThrow(/hosted_mta_sts is not set/)
    })
  },
  { terraform: '1.14' },
)
