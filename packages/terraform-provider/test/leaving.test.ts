import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, mailView, memoryJournalStore, planEjection } from '@dmarc-as-code/dns/apply'
import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const hosted = `
resource "dmarcreport_domain" "shop" {
  address      = "shop.test"
  hosted_dmarc = { policy = "reject", extra_rua = ["postmaster@shop.test"] }
}
`
const records = `
resource "dmarcreport_dns_records" "shop" {
  records     = dmarcreport_domain.shop.cnames
  on_conflict = "replace"
  rfc2136     = {}
}
`
const forgotten = `
removed {
  from = dmarcreport_dns_records.shop
  lifecycle {
    destroy = false
  }
}
`

// The recipe "Leave without a gap" of the README.
describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())

  const live = () => /^_dmarc\.shop\.test\.\s.*$/m.exec(bench.sandbox.zone('shop.test').dump())?.[0] ?? ''

  it('leaves hosting so that the policy is answered at every step', async () => {
    const { terraform, sandbox } = bench
    await terraform.apply(hosted + records)
    expect(live()).toContain('CNAME')

    await terraform.apply(hosted + forgotten)
    expect(live()).toContain('CNAME')

    const { stubZones, dns, tsig } = sandbox
    const adapter = await createAdapter({ type: 'rfc2136', server: dns.address, port: dns.port, key: tsig })
    const view = mailView(createResolver({ client: createDnsClient(), stubZones, recursors: [] }))
    const ejection = await planEjection(['shop.test'], adapter, { view })
    await apply(ejection.plan, adapter, { journals: memoryJournalStore() })
    await adapter.close?.()
    expect(live()).toMatch(/TXT\s+"v=DMARC1; p=reject;/)

    const off = hosted.replace(/ {2}hosted_dmarc.*\n/, '')
    const { diagnostics } = await terraform.plan(off)
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(live()).toMatch(/TXT\s+"v=DMARC1; p=reject;.*mailto:postmaster@shop\.test/)
    expect((await bench.api.domains.list().all())[0]).toMatchObject({ address: 'shop.test', hosted_dmarc: false })
  })
})
