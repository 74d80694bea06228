import { DmarcReportClient } from '@dmarc-as-code/client'
import type { Fault } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const configuration = `
provider "dmarcreport" {
  max_retries     = 2
  request_timeout = 1
}
resource "dmarcreport_domain" "this" {
  address      = "shop.test"
  tags         = ["production"]
  hosted_dmarc = { policy = "quarantine" }
}
resource "dmarcreport_dns_records" "this" {
  records     = dmarcreport_domain.this.cnames
  on_conflict = "replace"
  rfc2136     = {}
}
`

describeTerraforms(({ program }) => {
  let bench: Bench
  let api: DmarcReportClient
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
    api = new DmarcReportClient({ token: bench.sandbox.token, baseUrl: bench.sandbox.apiUrl })
  })
  afterAll(() => bench.close())
  beforeEach(async () => {
    bench.sandbox.faults.clear()
    await bench.terraform.write(configuration)
    await bench.terraform.destroy()
  })

  /** Lets the fault strike one request only, the one with this number. */
  function strikeAt(number: number, fault: Fault): void {
    let seen = 0
    const matches = () => {
      seen += 1
      return seen === number
    }
    bench.sandbox.faults.add({ fault, matches, times: 1 })
  }

  it.each<[string, Fault]>([
    ['the connection breaks before', { kind: 'drop' }],
    ['the answer is lost after', { kind: 'lost-answer' }],
    ['the answer breaks off in the middle of', { kind: 'cut-off' }],
  ])('converges when %s any one request: one domain, nothing left to do', async (_, fault) => {
    const { terraform } = bench
    bench.requests.length = 0
    await terraform.apply()
    const requests = bench.requests.length
    expect(requests).toBeGreaterThanOrEqual(4)
    for (let number = 1; number <= requests; number++) {
      bench.sandbox.faults.clear()
      await terraform.destroy()
      strikeAt(number, fault)
      await terraform.apply().catch(() => terraform.apply())
      await terraform.expectEmptyPlan()
      expect((await api.domains.list().all()).map(({ address }) => address)).toEqual(['shop.test'])
    }
  })

  it('waits as long as a 429 asks, and goes on', async () => {
    bench.sandbox.faults.add({ fault: { kind: 'status', status: 429, retryAfter: '1' }, times: 2 })
    await bench.terraform.apply()
    await bench.terraform.expectEmptyPlan()
  })

  it.each<[string, Fault, RegExp]>([
    ['500', { kind: 'status', status: 500 }, /failed[\s\S]*500/],
    ['an HTML page', { kind: 'status', status: 502, body: 'html' }, /502/],
    ['half an answer', { kind: 'cut-off' }, /Reading the domain[\s\S]*failed/],
    ['no answer in time', { kind: 'latency', milliseconds: 30_000 }, /no complete answer within 1000 ms/],
    ['401', { kind: 'status', status: 401 }, /refused the token[\s\S]*DMARCREPORT_TOKEN/],
  ])('fails with a clear diagnostic on %s, and loses nothing', async (_, fault, message) => {
    const { terraform, sandbox } = bench
    await terraform.apply()
    sandbox.faults.add({ fault })
    const error = await terraform.plan().catch((thrown: Error) => thrown.message)
    expect(error).toMatch(message)
    expect(error).not.toContain(sandbox.token)
    sandbox.faults.clear()
    await terraform.expectEmptyPlan()
  })

  it('fails with a clear diagnostic when nothing listens', async () => {
    const down = configuration.replace('max_retries     = 2', 'max_retries = 0\n  endpoint = "http://127.0.0.1:1"')
    await expect(bench.terraform.apply(down)).rejects.toThrow(/127\.0\.0\.1:1[\s\S]*Check the base URL and the network/)
  })
})
