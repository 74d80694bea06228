import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import { type TestWorkspace, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../test-support/dns-daemon.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { dmarcSituations, dmarcTarget, dmarcZones } from '../../../test-support/weakening/index.ts'
import { LiveDns } from '../src/live/live-dns.ts'
import { createProvider } from '../src/provider.ts'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

const lookUp = (name: string, more = '') => `
data "dmarcreport_dns_lookup" "this" {
  name = "${name}"
  ${more}
}
output "seen" {
  value = data.dmarcreport_dns_lookup.this
}
`

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  const zone = () => bench.sandbox.zone('shop.test')
  const seen = async (name: string, more?: string) => {
    await bench.terraform.apply(lookUp(name, more))
    return (await bench.terraform.state()).outputs.seen as Record<string, unknown>
  }

  it('shows what stands at a name, whether a CNAME can be created, and what holds for mail', async () => {
    zone().setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 600, data: ['v=DMARC1; p=reject'] }])
    expect(await seen('_dmarc.shop.test')).toMatchObject({
      status: 'other_records',
      can_create: false,
      cname: null,
      found: [{ type: 'TXT', ttl: 600, values: ['"v=DMARC1; p=reject"'] }],
      zone: 'shop.test',
      reason: 'records-in-place',
      message: expect.stringContaining('A CNAME must be the only record at its name'),
      in_force: 'v=DMARC1; p=reject',
      in_force_source: 'TXT at _dmarc.shop.test',
      effect: null,
    })
    expect(await seen('_dmarc.shop.test', 'expected = "v=DMARC1; p=none"')).toMatchObject({
      effect: 'weaker',
      needs_consent: true,
      effect_messages: expect.arrayContaining(['The policy for the domain goes from reject to none.']),
    })
    zone().remove('_dmarc.shop.test')
    expect(await seen('_dmarc.shop.test')).toMatchObject({ status: 'absent', can_create: true, in_force: null })
  })

  it('tells the CNAME that is wanted from another one', async () => {
    zone().setRrsets('mta-sts.shop.test', [{ type: 'CNAME', ttl: 60, data: ['elsewhere.test'] }])
    const target = 'target = "key.mta-sts.hosted.test"'
    const other = { can_create: false, cname: 'elsewhere.test', reason: 'other-target' }
    expect(await seen('mta-sts.shop.test')).toMatchObject({ ...other, status: 'cname' })
    expect(await seen('mta-sts.shop.test', target)).toMatchObject({ ...other, status: 'cname' })
    zone().setRrsets('mta-sts.shop.test', [{ type: 'CNAME', ttl: 60, data: ['key.mta-sts.hosted.test'] }])
    expect(await seen('mta-sts.shop.test', target)).toMatchObject({ status: 'target', can_create: false, reason: null })
    zone().remove('mta-sts.shop.test')
  })

  it('says that a zone of its own, or a name that no server answers for, takes no CNAME or is not known', async () => {
    expect(await seen('shop.test')).toMatchObject({ status: 'blocked', can_create: false, reason: 'apex' })
    const { diagnostics } = await bench.terraform.apply(lookUp('_dmarc.nowhere.invalid'))
    expect(diagnostics).toMatchObject([
      { severity: 'warning', summary: 'Could not look up a name in the DNS', detail: /_dmarc\.nowhere\.invalid/ },
    ])
    expect((await bench.terraform.state()).outputs.seen).toMatchObject({ status: 'unknown', can_create: null })
  })

  it('stops the record of another provider in the plan, with what is in the way', async () => {
    zone().setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 600, data: ['v=DMARC1; p=reject'] }])
    const record = `${lookUp('_dmarc.shop.test', 'expected = "v=DMARC1; p=none"')}
resource "terraform_data" "cname" {
  input = "key.dmarc.hosted.test"
  lifecycle {
    precondition {
      condition     = data.dmarcreport_dns_lookup.this.can_create != false
      error_message = join(" ", concat([data.dmarcreport_dns_lookup.this.message], data.dmarcreport_dns_lookup.this.effect_messages))
    }
  }
}
`
    await expect(bench.terraform.plan(record)).rejects.toThrow(
      /Found TXT[\s\S]*p=reject[\s\S]*The policy for the domain goes from reject to none/,
    )
    zone().remove('_dmarc.shop.test')
    await bench.terraform.plan(record)
  })
})

describe.skipIf(!hasPrograms('named'))('the effect on mail, on zones of BIND', () => {
  describeTerraforms(({ program }) => {
    let server: DnsDaemon
    let terraform: TestWorkspace
    beforeAll(async () => {
      server = await startBind({ zones: dmarcZones() })
      const { address, port } = server
      const stubZones = [{ zone: '.', servers: [{ address, port }] }]
      const live = new LiveDns(async () => createResolver({ client: createDnsClient(), stubZones, recursors: [] }))
      const env = { DMARCREPORT_TOKEN: 'not-used', DMARCREPORT_ENDPOINT: 'http://127.0.0.1:1' }
      terraform = await testProvider(createProvider({ env, live, workFolder: '/nonexistent' }), { terraform: program })
    })
    afterAll(async () => {
      await terraform?.close()
      await server?.close()
    })

    it('is that of the table of situations', async () => {
      const situations = Object.fromEntries(
        dmarcSituations.map((one) => [one.id, { name: `_dmarc.${one.domain}`, target: dmarcTarget(one) }]),
      )
      await terraform.apply(`
data "dmarcreport_dns_lookup" "each" {
  for_each = ${JSON.stringify(situations)}
  name     = each.value.name
  target   = each.value.target
}
output "effects" {
  value = { for id, seen in data.dmarcreport_dns_lookup.each : id => [seen.effect, seen.needs_consent] }
}
`)
      expect((await terraform.state()).outputs.effects).toEqual(
        Object.fromEntries(dmarcSituations.map(({ id, verdict }) => [id, [verdict.grade, verdict.needsConsent]])),
      )
    })
  })
})
