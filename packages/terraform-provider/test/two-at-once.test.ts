import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { addressesIn, type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const names = ['a', 'b', 'c', 'd', 'e'].map((label) => `${label}.shop.test`)
const configuration = `
resource "dmarcreport_domain" "this" {
  for_each     = toset(${JSON.stringify(names)})
  address      = each.value
  hosted_dmarc = { extra_rua = ["postmaster@shop.test"] }
}
`

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  afterEach(async () => {
    bench.sandbox.faults.clear()
    await bench.terraform.destroy()
    expect(await addressesIn(bench.api)).toEqual([])
  })

  it('two applies on one state: the lock turns the second away, or lets it wait and find nothing to do', async () => {
    const { terraform, sandbox } = bench
    sandbox.faults.add({ fault: { kind: 'latency', milliseconds: 700 }, matches: ({ method }) => method !== 'GET' })
    let begun = () => {}
    const creating = new Promise<void>((resolve) => {
      begun = resolve
    })
    const first = await terraform.startApply(configuration, (text) => text.includes('apply_start') && begun())
    await creating
    const [turnedAway, waiting] = await Promise.all([
      terraform.run('apply', '-auto-approve', '-no-color'),
      terraform.run('apply', '-auto-approve', '-no-color', '-lock-timeout=60s'),
    ])
    expect((await first.finished).code).toBe(0)
    expect(turnedAway).toMatchObject({ code: 1, stderr: expect.stringContaining('Error acquiring the state lock') })
    expect(waiting).toMatchObject({ code: 0, stdout: expect.stringContaining('0 added, 0 changed, 0 destroyed') })
    await terraform.expectEmptyPlan()
    expect(await addressesIn(bench.api)).toEqual(names)
  })

  it('two applies on two states: each domain is made once, is in one state, and the other one fails', async () => {
    const other = await startBench({ terraform: program, sandbox: bench.sandbox })
    try {
      const outcomes = await Promise.allSettled([bench, other].map(({ terraform }) => terraform.apply(configuration)))
      const lost = outcomes.find((outcome) => outcome.status === 'rejected')
      expect(lost?.reason.message).toMatch(/already exists[\s\S]*import \{/)
      expect(await addressesIn(bench.api)).toEqual(names)
      const states = await Promise.all([bench, other].map(({ terraform }) => terraform.state()))
      const owned = states.flatMap(({ resources }) => Object.values(resources).map(({ address }) => address))
      expect(owned.sort()).toEqual(names)
    } finally {
      await other.terraform.destroy()
      await other.close()
    }
  })
})
