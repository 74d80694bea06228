import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'

const configuration = `
resource "dmarcreport_tag" "production" {
  name  = "Live"
  color = "#10B981"
}

resource "dmarcreport_domain" "this" {
  address = "example.test"
  tags    = [dmarcreport_tag.production.name]
  hosted_dmarc = {
    policy    = "quarantine"
    test_mode = true
  }
  hosted_mta_sts = {
    mode = "testing"
    mx   = ["mail.example.test"]
  }
}

resource "dmarcreport_dns_records" "this" {
  records     = dmarcreport_domain.this.cnames
  on_conflict = "replace"
  rfc2136     = {}
}

resource "dmarcreport_domain_verification" "this" {
  domain_id = dmarcreport_domain.this.id
  records   = dmarcreport_dns_records.this.applied
}

output "ready" {
  value = dmarcreport_domain_verification.this.ready
}
`

/** The labels of the CNAMEs that lead to the service. */
const cnames = (sandbox: Bench['sandbox']) =>
  sandbox
    .zone('example.test')
    .dump()
    .split('\n')
    .filter((line) => line.includes(' CNAME ') && line.includes(sandbox.hostedZone))
    .map((line) => line.split('.example.test.')[0])
    .sort()

describe('one apply', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench()
  })
  afterAll(() => bench.close())

  it('declares a domain, publishes its CNAMEs and waits until everything is live', async () => {
    const { terraform, sandbox } = bench
    const planned = await terraform.plan(configuration)
    const domain = planned.changes.find(({ address }) => address === 'dmarcreport_domain.this')
    expect(domain?.after?.cnames).toMatchObject({ dmarc: { name: '_dmarc.example.test', type: 'CNAME' } })
    expect(domain?.afterUnknown.cnames).toMatchObject({ tls_rpt: { value: true } })

    await terraform.apply()
    const { resources, outputs } = await terraform.state()
    expect(outputs.ready).toBe(true)
    expect(resources['dmarcreport_domain_verification.this']).toMatchObject({
      verified: true,
      services: ['dmarc', 'mta_sts'],
    })
    expect(resources['dmarcreport_domain.this']).toMatchObject({
      tags: ['Live'],
      hosted_dmarc: { published_record: expect.stringMatching(/^v=DMARC1; p=quarantine; .*t=y/) },
    })
    expect(cnames(sandbox)).toEqual(['_dmarc', '_mta-sts', '_smtp._tls', 'mta-sts'])
  })

  it('is followed by an empty plan that needs at most five requests', async () => {
    bench.requests.length = 0
    await bench.terraform.expectEmptyPlan()
    expect(bench.requests.length).toBeLessThanOrEqual(5)
  })

  it('is undone by destroy, which leaves nothing behind', async () => {
    await bench.terraform.destroy()
    expect(cnames(bench.sandbox)).toEqual([])
  })
})
