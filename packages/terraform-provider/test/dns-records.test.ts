import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Bench, startBench } from './sandbox.ts'
import { describeTerraforms } from './terraforms.ts'

/** Records in a zone that has an old DMARC record and an old CNAME. */
const hcl = (settings = '', records = 'dmarc', value = 'key.dmarc.hosted.test') => {
  const names = { dmarc: '_dmarc', sts: 'mta-sts', old: 'old' } as Record<string, string>
  const entries = records
    .split(' ')
    .map((key) => `    ${key} = { name = "${names[key]}.shop.test", value = "${value}" }`)
    .join('\n')
  return `resource "dmarcreport_dns_records" "this" {\n  records = {\n${entries}\n  }\n  rfc2136 = {}\n  allow_weaker = "Nothing is hosted at the targets of this test"\n${settings}\n}\n`
}

describeTerraforms(({ program }) => {
  let bench: Bench
  beforeAll(async () => {
    bench = await startBench({ terraform: program })
  })
  afterAll(() => bench.close())
  const zone = () => bench.sandbox.zone('shop.test')
  const txt = { type: 'TXT' as const, ttl: 600, data: ['v=DMARC1; p=none; rua=mailto:old@shop.test'] }
  beforeEach(async () => {
    await bench.terraform.write('')
    await bench.terraform.destroy()
    zone().setRrsets('_dmarc.shop.test', [txt])
    zone().setRrsets('old.shop.test', [{ type: 'CNAME', ttl: 600, data: ['elsewhere.test'] }])
    zone().remove('mta-sts.shop.test')
  })
  const at = (label: string) =>
    zone()
      .dump()
      .split('\n')
      .filter((line) => line.startsWith(`${label}.shop.test.`))
      .join('\n')

  it('shows in the plan what stands in the way, and touches nothing', async () => {
    const before = zone().dump()
    await expect(bench.terraform.plan(hcl())).rejects.toThrow(/_dmarc\.shop\.test[\s\S]*v=DMARC1; p=none/)
    await expect(bench.terraform.apply(hcl('', 'old'))).rejects.toThrow(/on_conflict to "replace"[\s\S]*"adopt"/)
    expect(zone().dump()).toBe(before)
  })

  it('replaces what is there when told to, says so in the plan, and puts it back on destroy', async () => {
    const { terraform } = bench
    const before = zone().dump()
    const { diagnostics } = await terraform.plan(hcl('  on_conflict = "replace"', 'dmarc sts'))
    expect(diagnostics[0]).toMatchObject({ severity: 'warning', summary: '_dmarc.shop.test will be replaced' })
    await terraform.apply()
    await terraform.expectEmptyPlan()
    expect(at('_dmarc')).toContain('CNAME key.dmarc.hosted.test.')
    const state = (await terraform.state()).resources['dmarcreport_dns_records.this']
    expect(state).toMatchObject({
      zones: ['shop.test'],
      applied: { sts: { zone: 'shop.test', ttl: 300 } },
      replaced: [{ name: '_dmarc.shop.test', type: 'TXT', ttl: 600 }],
    })
    await terraform.destroy()
    expect(zone().dump()).toBe(before)
  })

  it('adopts a CNAME and corrects its target', async () => {
    await bench.terraform.apply(hcl('  on_conflict = "adopt"', 'old'))
    await bench.terraform.expectEmptyPlan()
    expect(at('old')).toContain('CNAME key.dmarc.hosted.test.')
  })

  it('repairs a record that was removed, redirected, or given another TTL', async () => {
    const { terraform } = bench
    await terraform.apply(hcl('', 'sts'))
    const right = at('mta-sts')
    for (const drift of [
      () => zone().remove('mta-sts.shop.test'),
      () => zone().setRrsets('mta-sts.shop.test', [{ type: 'CNAME', ttl: 300, data: ['wrong.test'] }]),
      () => zone().setRrsets('mta-sts.shop.test', [{ type: 'CNAME', ttl: 77, data: ['key.dmarc.hosted.test'] }]),
    ]) {
      drift()
      expect((await terraform.plan()).changes[0]?.actions).toEqual(['update'])
      await terraform.apply()
      expect(at('mta-sts')).toBe(right)
      await terraform.expectEmptyPlan()
    }
  })

  it('adds, drops and redirects single records, and puts back only what the dropped ones had replaced', async () => {
    const { terraform } = bench
    const replace = '  on_conflict = "replace"'
    await terraform.apply(hcl(replace, 'dmarc sts'))
    await terraform.apply(hcl(replace, 'sts old', 'new.hosted.test'))
    await terraform.expectEmptyPlan()
    expect(at('_dmarc')).toContain('p=none')
    expect(at('mta-sts')).toContain('new.hosted.test.')
    expect(at('old')).toContain('new.hosted.test.')
    await terraform.destroy()
    expect(at('old')).toContain('elsewhere.test.')
    expect(at('mta-sts')).toBe('')
  })

  it('says in the plan what stays as it is: no record of it is shown as taken away', async () => {
    const { terraform } = bench
    await terraform.apply(hcl('  on_conflict = "replace"', 'dmarc sts'))
    const applied = (await terraform.state()).resources['dmarcreport_dns_records.this']?.applied
    const { dmarc, sts } = applied as { dmarc: object; sts: object }
    const after = async (settings: string, records: string, value?: string) => {
      const { changes } = await terraform.plan(hcl(settings, records, value))
      expect(changes).toMatchObject([{ actions: ['update'] }])
      return changes[0]?.after
    }
    expect(await after('  on_conflict = "adopt"', 'dmarc sts')).toMatchObject({
      applied: { dmarc, sts },
      zones: ['shop.test'],
      replaced: [{ name: '_dmarc.shop.test' }],
    })
    const more = await after('  on_conflict = "replace"', 'dmarc sts old')
    expect(more).toMatchObject({
      applied: { dmarc, sts, old: { name: 'old.shop.test', value: 'key.dmarc.hosted.test' } },
    })
    expect(more).not.toHaveProperty('replaced')
    expect(await after('  on_conflict = "replace"', 'sts')).toMatchObject({ applied: { sts } })
    expect((await after('  on_conflict = "replace"', 'dmarc sts', 'new.test'))?.applied).toEqual({
      dmarc: { name: '_dmarc.shop.test', type: 'CNAME', value: 'new.test' },
      sts: { name: 'mta-sts.shop.test', type: 'CNAME', value: 'new.test' },
    })
    await terraform.apply(hcl('  on_conflict = "adopt"\n  ttl = 60', 'dmarc sts old', 'new.test'))
    await terraform.apply(hcl('  on_conflict = "replace"\n  ttl = 60', 'sts old', 'new.test'))
    await terraform.expectEmptyPlan()
  })

  it('leaves alone on destroy what somebody else has put there since, and says so', async () => {
    const { terraform } = bench
    await terraform.apply(hcl('  on_conflict = "replace"', 'dmarc sts'))
    zone().setRrsets('_dmarc.shop.test', [{ type: 'TXT', ttl: 60, data: ['v=DMARC1; p=reject'] }])
    const { diagnostics } = await terraform.destroy({ args: ['-refresh=false'] })
    expect(diagnostics.map(({ summary }) => summary)).toContain(
      '_dmarc.shop.test was changed outside of this resource and is left unchanged',
    )
    expect(at('_dmarc')).toContain('p=reject')
    expect(at('mta-sts')).toBe('')
  })

  it('takes over a CNAME that is right already, whatever its TTL, without asking', async () => {
    zone().setRrsets('mta-sts.shop.test', [{ type: 'CNAME', ttl: 60, data: ['key.dmarc.hosted.test'] }])
    await bench.terraform.apply(hcl('', 'sts'))
    await bench.terraform.expectEmptyPlan()
    await bench.terraform.destroy()
    expect(at('mta-sts')).toBe('')
  })

  it('warns in the plan, and fails in the apply, about a name that the service refuses to look up', async () => {
    const elsewhere = hcl('', 'sts').replace('mta-sts.shop.test', 'mta-sts.elsewhere.example')
    const { diagnostics } = await bench.terraform.plan(elsewhere)
    expect(diagnostics).toMatchObject([
      {
        severity: 'warning',
        summary: 'Could not check the DNS records during plan',
        detail: expect.stringContaining('mta-sts.elsewhere.example'),
      },
    ])
    await expect(bench.terraform.apply(elsewhere)).rejects.toThrow(/mta-sts\.elsewhere\.example/)
  })

  it('wants exactly one DNS service', async () => {
    await expect(bench.terraform.validate(hcl('  cloudflare = {}', 'sts'))).rejects.toThrow(/only one/)
    const none = hcl('', 'sts').replace('rfc2136 = {}', '')
    await expect(bench.terraform.validate(none)).rejects.toThrow(/None of "rfc2136"/)
  })

  it('never stores the secrets of the configuration', async () => {
    const { terraform, sandbox } = bench
    const secret = 'variable "secret" {\n  ephemeral = true\n}\n'
    const service = '  rfc2136 = {\n    key_secret = var.secret\n  }'
    const options = { variables: { secret: sandbox.tsig.secret } }
    await terraform.apply(secret + hcl('', 'sts').replace('  rfc2136 = {}', service), options)
    const more = hcl('  on_conflict = "replace"', 'sts dmarc').replace('  rfc2136 = {}', service)
    await terraform.plan(secret + more, options)
    for (const args of [
      ['show', '-json'],
      ['show', '-json', 'test.tfplan'],
      ['state', 'pull'],
    ]) {
      const { stdout } = await terraform.run(...args)
      expect(stdout).toContain('rfc2136')
      expect(stdout).not.toContain(sandbox.tsig.secret)
    }
    expect(terraform.logs.join('')).not.toContain(sandbox.tsig.secret)
  })
})
