import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  const published = () =>
    bench.sandbox
      .zone('shop.test')
      .dump()
      .split('\n')
      .filter((line) => line.includes('key.hosted.test'))
      .map((line) => line.split(' ')[0])

  const careful = `resource "dmarcreport_dns_records" "this" {
  records = { one = { name = "one.shop.test", value = "key.hosted.test" } }
  rfc2136 = {}
  lifecycle {
    create_before_destroy = true
  }
}
`

  it('create_before_destroy leaves the record in place, which the old instance does not delete', async () => {
    const { terraform } = bench
    await terraform.apply(careful)
    await terraform.apply(careful, { args: ['-replace=dmarcreport_dns_records.this'] })
    expect(published()).toEqual(['one.shop.test.'])
    await terraform.expectEmptyPlan()
    await terraform.destroy()
    expect(published()).toEqual([])
  })

  const counted = (labels: readonly string[]) => `locals {
  labels = ${JSON.stringify(labels)}
}
resource "dmarcreport_dns_records" "this" {
  count   = length(local.labels)
  records = { one = { name = "\${local.labels[count.index]}.shop.test", value = "key.hosted.test" } }
  rfc2136 = {}
}
`

  it.each([1, 10])('a count that shifts keeps every record that is still declared, %i at a time', async (parallel) => {
    const { terraform } = bench
    await terraform.apply(counted(['one', 'two', 'three', 'four']))
    await terraform.apply(counted(['two', 'three', 'four']), { args: [`-parallelism=${parallel}`] })
    expect(published().sort()).toEqual(['four.shop.test.', 'three.shop.test.', 'two.shop.test.'])
    await terraform.expectEmptyPlan()
    await terraform.destroy()
    expect(published()).toEqual([])
  })
})
