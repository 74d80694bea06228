import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'

const COUNT = 20

const domains = `resource "dmarcreport_domain" "this" {
  count        = ${COUNT}
  address      = "d\${count.index}.example.test"
  hosted_dmarc = { policy = "none" }
}
`

describe('many domains', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench()
  })
  afterAll(() => bench.close())

  it('are created without a list of accounts or domains for each', async () => {
    const { terraform, requests } = bench
    await terraform.apply(domains)
    const sent = (request: RegExp) => requests.filter((one) => request.test(one))
    expect(sent(/^POST .*\/domains\.json$/)).toHaveLength(COUNT)
    // One list at most for each of Terraform's processes: that of the plan and that of the apply.
    expect(sent(/^GET .*\/accounts(\.json)?$/).length).toBeLessThanOrEqual(2)
    expect(sent(/^GET .*domains\.json$/).length).toBeLessThanOrEqual(2)
  })

  it('are planned with one list and no look at the DNS where nothing changes', async () => {
    const { terraform, requests } = bench
    const [requestsBefore, looksBefore] = [requests.length, bench.looks]
    const { changes } = await terraform.plan(domains)
    expect(changes.filter(({ actions }) => !actions.includes('no-op'))).toEqual([])
    expect(requests.slice(requestsBefore)).toEqual([expect.stringMatching(/^GET .*domains\.json$/)])
    expect(bench.looks).toBe(looksBefore)
  })

  it('are looked up in the DNS where their records change', async () => {
    const { terraform } = bench
    const before = bench.looks
    await terraform.plan(domains.replace('policy = "none"', 'policy = "quarantine"'))
    expect(bench.looks).toBeGreaterThan(before)
  })
})
