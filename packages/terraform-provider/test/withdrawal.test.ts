import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type MirrorWorkspace, mirrorWorkspace } from './mirror.ts'
import { type Bench, clientOf, providerEnvironment, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const hcl = (settings: string) => `
resource "dmarcreport_domain" "this" {
  address      = "shop.test"
  allow_weaker = "The end of hosting is what this test is about"
  ${settings}
}
resource "dmarcreport_dns_records" "this" {
  records = dmarcreport_domain.this.cnames
  rfc2136 = {}
}
`
const dmarc = 'hosted_dmarc = {}'
const mtaSts = 'hosted_mta_sts = { mode = "enforce", mx = ["mail.shop.test"], max_age_days = 3 }'

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  beforeEach(async () => {
    bench.ahead = 0
    bench.watch = undefined
    await bench.terraform.write('')
    await bench.terraform.destroy()
    for (const name of ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls']) zone().remove(`${name}.shop.test`)
  })
  const zone = () => bench.sandbox.zone('shop.test')
  const published = () =>
    [
      ...zone()
        .dump()
        .matchAll(/^(\S+)\.shop\.test\.\s.*CNAME/gm),
    ]
      .map(([, label]) => label)
      .sort()
  const only = async () => {
    const [domain] = await bench.api.domains.list().all()
    if (!domain) throw new Error('there is no domain')
    return domain
  }
  const state = async () => (await bench.terraform.state()).resources['dmarcreport_domain.this']
  const changed = async () =>
    (await bench.terraform.plan()).changes
      .filter(({ actions }) => actions[0] !== 'no-op')
      .map(({ address }) => address)
      .sort()
  /** What stood in the zone when a service was turned off. */
  const watchEnds = () => {
    const ends: Record<string, unknown> = {}
    bench.watch = (request, body) => {
      if (!request.startsWith('PUT')) return
      for (const [, service = ''] of body.matchAll(/"(hosted_dmarc|hosted_mta_sts)":false/g))
        ends[service] = published()
    }
    return ends
  }

  it('keeps the records of a withdrawn MTA-STS policy for its age, then removes them before hosting ends', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(mtaSts))
    const all = published()
    expect(all).toEqual(['_mta-sts', '_smtp._tls', 'mta-sts'])
    const ends = watchEnds()
    const { diagnostics } = await terraform.plan(hcl(''))
    expect(diagnostics).toMatchObject([
      {
        summary: 'Senders may cache the MTA-STS policy of shop.test for 3 days',
        detail: expect.stringContaining('keeps its records until then'),
      },
    ])
    await terraform.apply()
    expect(await only()).toMatchObject({ hosted_mta_sts: true, mta_sts_policy: { mode: 'none' } })
    expect(published()).toEqual(all)
    const { mta_sts_retires_at, hosted_mta_sts, cnames } = (await state()) ?? {}
    expect(hosted_mta_sts).toBeNull()
    expect(Object.keys(cnames as object)).toHaveLength(3)
    expect(Math.round((Date.parse(String(mta_sts_retires_at)) - Date.now()) / DAY_MS)).toBe(3)
    await terraform.expectEmptyPlan()

    bench.ahead = 2.9 * DAY_MS
    await terraform.expectEmptyPlan()
    bench.ahead = 3.1 * DAY_MS
    expect(await changed()).toEqual(['dmarcreport_dns_records.this', 'dmarcreport_domain.this'])
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(ends).toEqual({ hosted_mta_sts: [] })
    expect(await only()).toMatchObject({ hosted_mta_sts: false })
    expect(await state()).toMatchObject({ mta_sts_retires_at: null, cnames: {} })
  })

  it.each([
    ['mode none', 'hosted_mta_sts = { mode = "none", max_age_days = 1 }'],
    ['a shorter age', mtaSts.replace('= 3', '= 1')],
  ])('keeps the records as long as senders may enforce the policy from before %s', async (_, changed) => {
    const { terraform } = bench
    await terraform.apply(hcl(mtaSts.replace('= 3', '= 30')))
    await terraform.apply(hcl(changed))
    bench.ahead = 5 * DAY_MS
    const { diagnostics } = await terraform.plan(hcl(''))
    expect(diagnostics.map(({ summary }) => summary)).toContain(
      'Senders may cache an earlier MTA-STS policy of shop.test for 25 days',
    )
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(published()).toEqual(['_mta-sts', '_smtp._tls', 'mta-sts'])
    expect(Date.parse(String((await state())?.mta_sts_retires_at)) - Date.now()).toBeGreaterThan(29 * DAY_MS)
    bench.ahead = 31 * DAY_MS
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(published()).toEqual([])
    expect(await only()).toMatchObject({ hosted_mta_sts: false })
  })

  it('removes the records of a policy at once that no sender enforces any more', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(mtaSts))
    await terraform.apply(hcl('hosted_mta_sts = { mode = "none" }'))
    bench.ahead = 4 * DAY_MS
    expect(JSON.stringify((await terraform.plan(hcl(''))).diagnostics)).not.toContain('Senders may cache')
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(published()).toEqual([])
  })

  it('ends a withdrawal at once where retire_after says so, also one that has begun', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(mtaSts))
    await terraform.apply(hcl('retire_after = "240h"'))
    expect(Date.parse(String((await state())?.mta_sts_retires_at)) - Date.now()).toBeGreaterThan(9 * DAY_MS)
    const ends = watchEnds()
    await terraform.apply(hcl('retire_after = "0s"'))
    await terraform.expectEmptyPlan()
    expect(ends).toEqual({ hosted_mta_sts: [] })

    await terraform.apply(hcl(mtaSts))
    await terraform.apply(hcl('retire_after = "0s"'))
    await terraform.expectEmptyPlan()
    expect(await only()).toMatchObject({ hosted_mta_sts: false, mta_sts_policy: { mode: 'none' } })
    expect(published()).toEqual([])
    await expect(terraform.validate(hcl('retire_after = "7 days"'))).rejects.toThrow(/"7 days"[\s\S]*"168h"/)
    await expect(terraform.validate(hcl('retire_after = "9999999999h"'))).rejects.toThrow(/at most "8784h"/)
  })

  it.each(['0s', '48h'])('withdraws a policy for a time that is known only after apply: %s', async (time) => {
    const { terraform } = bench
    const unknown = (input: string, settings: string) =>
      `resource "terraform_data" "time" {\n  input = "${input}"\n  triggers_replace = "${Math.random()}"\n}\n${hcl(settings)}`
    await terraform.apply(hcl(mtaSts))
    await terraform.apply(unknown(time, 'retire_after = terraform_data.time.output'))
    expect(published()).toHaveLength(time === '0s' ? 0 : 3)
    await terraform.apply(unknown('0s', 'retire_after = terraform_data.time.output'))
    expect(published()).toEqual([])
  })

  it('takes a withdrawn policy back, and withdraws again what was changed meanwhile', async () => {
    const { terraform, api, sandbox } = bench
    await terraform.apply(hcl(mtaSts))
    await terraform.apply(hcl(''))
    await terraform.apply(hcl(mtaSts))
    await terraform.expectEmptyPlan()
    expect(await only()).toMatchObject({ hosted_mta_sts: true, mta_sts_policy: { mode: 'enforce' } })
    expect(await state()).toMatchObject({ mta_sts_retires_at: null })
    await terraform.apply(hcl(''))
    const { id } = await only()
    await api.domains.update(sandbox.accountId, id, {
      mta_sts_policy: { mode: 'testing', mx: ['mail.shop.test'], mx_age: 3 },
    })
    expect(await changed()).toEqual(['dmarcreport_domain.this'])
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect((await only()).mta_sts_policy).toMatchObject({ mode: 'none' })
  })

  it('removes the CNAME of hosted DMARC before the service stops to answer', async () => {
    const { terraform } = bench
    await terraform.apply(hcl(dmarc))
    expect(published()).toEqual(['_dmarc'])
    const ends = watchEnds()
    await terraform.apply(hcl(''))
    expect(ends).toEqual({ hosted_dmarc: [] })
    expect(await only()).toMatchObject({ hosted_dmarc: false })
    await terraform.expectEmptyPlan()
  })

  it('says so where hosting cannot be turned off after its records are gone, and does it in the next run', async () => {
    const { terraform, sandbox } = bench
    await terraform.apply(hcl(dmarc))
    bench.watch = (_, body) => {
      if (!body.includes('"hosted_dmarc":false')) return
      bench.watch = undefined
      sandbox.faults.add({ fault: { kind: 'status', status: 422 }, matches: ({ method }) => method === 'PUT' })
    }
    const { diagnostics } = await terraform.apply(hcl(''))
    expect(diagnostics.map(({ summary }) => summary)).toContain('Hosting is still on')
    sandbox.faults.clear()
    expect(await changed()).toEqual(['dmarcreport_domain.this'])
    await terraform.apply()
    await terraform.expectEmptyPlan()
  })
})

describeTerraforms(({ program }) => {
  let sandbox: Sandbox
  let workspace: MirrorWorkspace
  beforeAll(async () => {
    sandbox = await createSandbox()
    workspace = await mirrorWorkspace(program, providerEnvironment(sandbox), `${import.meta.dirname}/killed`)
  })
  afterAll(async () => {
    await workspace?.close()
    await sandbox?.close()
  })

  it('ends hosting with the run where the records are managed by other means', async () => {
    const { terraform } = workspace
    const main = (settings: string) =>
      workspace.write(`
terraform {
  required_providers {
    dmarcreport = {
      source = "dmarc-as-code/dmarcreport"
    }
  }
}
resource "dmarcreport_domain" "this" {
  address      = "shop.test"
  allow_weaker = "The end of hosting is what this test is about"
  ${settings}
}
`)
    await main('hosted_dmarc = {}')
    await terraform('init')
    await terraform('apply', '-auto-approve', '-no-color')
    const api = clientOf(sandbox)
    const only = async () => (await api.domains.list().all())[0]
    const [record] = (await only())?.cname_records ?? []
    sandbox.zone('shop.test').setRrsets('_dmarc.shop.test', [{ type: 'CNAME', ttl: 60, data: [record?.value ?? ''] }])
    await main('')
    await terraform('apply', '-auto-approve', '-no-color')
    expect(await only()).toMatchObject({ hosted_dmarc: false })
    await terraform('plan', '-detailed-exitcode', '-no-color')
  }, 120_000)
})
