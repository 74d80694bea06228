import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

// The vendor's own API: no extensions, and answers that leave out what only our server adds.
const extensions = ['account_id', 'hosted_dmarc', 'hosted_mta_sts', 'mta_sts_policy', 'cname_records']

const asVendor = (answer: string) => {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const isDomain = 'address' in value && 'user_id' in value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !(isDomain && extensions.includes(key)))
        .map(([key, member]) => [key, key === 'extensions' ? [] : visit(member)]),
    )
  }
  return answer === '' ? answer : JSON.stringify(visit(JSON.parse(answer)))
}

const hcl = (settings: string) =>
  `resource "dmarcreport_domain" "this" {\n  address = "example.test"\n  hosted_dmarc = { policy = "quarantine" }\n${settings}\n}\n`
const settings = `
  tags = ["production"]
  hosted_mta_sts = { mode = "testing", mx = ["mail.example.test"] }
`

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
    bench.rewrite = asVendor
  })
  afterAll(() => bench.close())
  beforeEach(async () => {
    bench.sandbox.faults.clear()
    await bench.terraform.write('')
    await bench.terraform.destroy()
  })
  /** As a server that has no such route. */
  const without = (route: (request: { method: string; path: string }) => boolean) =>
    bench.sandbox.faults.add({ fault: { kind: 'status', status: 404 }, matches: route })

  it('is served by an API that tells hosting in a call of its own only', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(settings))
    await terraform.expectEmptyPlan()
    const { cnames } = (await terraform.state()).resources['dmarcreport_domain.this'] ?? {}
    expect(Object.keys(cnames as object).sort()).toEqual(['dmarc', 'mta_sts_id', 'mta_sts_policy', 'tls_rpt'])
    await terraform.apply(hcl(settings).replace('quarantine', 'reject'))
    await terraform.expectEmptyPlan()
  })

  it('refuses in the plan what that API would drop without a word', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(settings))
    await expect(terraform.plan(hcl(settings.replace('production', 'marketing')))).rejects.toThrow(
      /cannot change the tags[\s\S]*"production"[\s\S]*"marketing"/,
    )
    await expect(terraform.plan(hcl(settings.replace('testing', 'enforce')))).rejects.toThrow(
      /cannot change the MTA-STS policy/,
    )
  })

  it('stops hosting without mode none, which it cannot set', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(settings))
    await terraform.apply(hcl('  tags = ["production"]'))
    await terraform.expectEmptyPlan()
  })

  it('says how a domain is deleted or let go where that API has no route to delete it', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(''))
    without(({ method }) => method === 'DELETE')
    const error = await terraform.destroy().catch((thrown: Error) => thrown)
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /Deleting the domain example\.test is not possible with this server\n.*is still there\. Delete it in the web app\.\n\nAfter you delete it there, run Terraform again.*`removed` block/,
      ),
    })
    expect(String(error)).not.toContain('option')
    await terraform.apply('removed {\n  from = dmarcreport_domain.this\n  lifecycle {\n    destroy = false\n  }\n}\n')
    expect((await terraform.state()).resources).toEqual({})
    bench.sandbox.faults.clear()
    await terraform.apply(`import {\n  to = dmarcreport_domain.this\n  id = "example.test"\n}\n${hcl('')}`)
  })

  it('says what to do where none of the routes that look at a domain is right', async () => {
    const { terraform } = bench
    without(({ path }) => path.includes('/verify_'))
    const waiting = `${hcl('')}resource "dmarcreport_domain_verification" "this" {\n  domain_id = dmarcreport_domain.this.id\n}\n`
    const error = await terraform.apply(waiting).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /is not possible with this server\n.*no route that looks at hosted DMARC at once.*\n\nRemove `dmarcreport_domain_verification`/,
      ),
    })
    expect(String(error)).not.toContain('option')
  })
})
