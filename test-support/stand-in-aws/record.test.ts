import { randomBytes } from 'node:crypto'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, type DnsAdapter, memoryJournalStore, plan } from '@dmarc-as-code/dns/apply'
import { runCli } from '@dmarc-as-code/dns/cli'
import { type TestWorkspace, testProvider } from '@dmarc-as-code/terraform-plugin/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../knot.ts'
import { hasPrograms } from '../programs.ts'
import provider from './provider.ts'
import { zoneIdOf } from './zone-id.ts'

const zone = { id: 'example.test', name: 'example.test' }
const zoneId = zoneIdOf(zone.name)

describe.skipIf(!hasPrograms('knotd', 'terraform'))('the stand-in for aws_route53_record, on Knot', () => {
  const key = { name: 'stand-in', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }
  let knot: DnsDaemon
  let live: DnsAdapter
  let terraform: TestWorkspace
  beforeAll(async () => {
    const records = ['taken 60 IN CNAME old.example.test.', 'there 60 IN CNAME x.hosted.test.']
    knot = await startKnot({ zones: [{ name: zone.name, records }], keys: [key] })
    const server = { server: knot.address, port: knot.port, key }
    live = await createAdapter({ type: 'rfc2136', ...server })
    process.env.STAND_IN_DNS = JSON.stringify(server)
    terraform = await testProvider(provider)
  })
  afterEach(() => terraform?.destroy())
  afterAll(async () => {
    delete process.env.STAND_IN_DNS
    await terraform?.close()
    await live?.close?.()
    await knot?.close()
  })

  const record = (name: string, more = '') => `
    data "aws_route53_zone" "this" { name = "Example.Test." }
    resource "aws_route53_record" "this" {
      zone_id = data.aws_route53_zone.this.zone_id
      name    = ${JSON.stringify(name)}
      type    = "CNAME"
      ${more}
    }`
  const to = (target: string, ttl = 300) => `ttl = ${ttl}\nrecords = [${JSON.stringify(target)}]`
  const at = async (name: string) => (await live.read(zone, [name])).map(({ ttl, values }) => [ttl, ...values])
  const changes = async () =>
    (await terraform.plan()).changes.map(({ actions }) => actions.join()).filter((actions) => actions !== 'no-op')

  it('writes the set, sees what was changed behind its back, and changes it in place', async () => {
    await terraform.write(record('_dmarc.example.test', to('a.hosted.test')))
    await terraform.apply()
    expect(await at('_dmarc.example.test')).toEqual([[300, 'a.hosted.test.']])
    expect(await changes()).toEqual([])
    const [before] = await live.read(zone, ['_dmarc.example.test'])
    if (!before) throw new Error('the record is gone')
    const moved = { ...before, ttl: 60, values: ['elsewhere.test.'] }
    await live.write(zone, [{ name: '_dmarc.example.test', before: [before], after: [moved] }])
    expect(await changes()).toEqual(['update'])
    await terraform.write(record('_dmarc.example.test', to('b.hosted.test', 120)))
    expect(await changes()).toEqual(['update'])
    await terraform.apply()
    expect(await at('_dmarc.example.test')).toEqual([[120, 'b.hosted.test.']])
    await terraform.destroy()
    expect(await at('_dmarc.example.test')).toEqual([])
  })

  it.each([
    ['in other letters', '_DMARC.Example.TEST', '_dmarc.example.test'],
    ['with its final dot', '_dmarc.example.test.', '_dmarc.example.test'],
  ])('takes a name %s, and values with a final dot, and has nothing to do after that', async (_, name, fqdn) => {
    await terraform.write(record(name, to('a.hosted.test.')))
    await terraform.apply()
    expect(await at(fqdn)).toEqual([[300, 'a.hosted.test.']])
    expect((await terraform.state()).resources['aws_route53_record.this']).toMatchObject({ fqdn })
    expect(await changes()).toEqual([])
  })

  it('fails where a set is there already, unless it may overwrite it', async () => {
    await terraform.write(record('taken.example.test', to('a.hosted.test')))
    await expect(terraform.apply()).rejects.toThrow('already exists')
    expect(await at('taken.example.test')).toEqual([[60, 'old.example.test.']])
    await terraform.write(record('taken.example.test', `${to('a.hosted.test')}\nallow_overwrite = true`))
    await terraform.apply()
    expect(await at('taken.example.test')).toEqual([[300, 'a.hosted.test.']])
    expect(await changes()).toEqual([])
  })

  it('imports by zone, name and type', async () => {
    const id = `${zoneId}_there.example.test_CNAME`
    await terraform.write(
      `${record('there.example.test', to('x.hosted.test', 60))}\nimport {\n  to = aws_route53_record.this\n  id = "${id}"\n}`,
    )
    await terraform.apply()
    expect((await terraform.state()).resources['aws_route53_record.this']).toMatchObject({ id, ttl: 60 })
    expect(await changes()).toEqual([])
  })

  // The recipe "Handing over a record that another tool manages" of packages/dns/README.md.
  it('gives a record up by a removed block, so that another one takes its place without a gap', async () => {
    const name = '_dmarc.example.test'
    const data = 'data "aws_route53_zone" "this" { name = "example.test" }'
    const text = 'v=DMARC1; p=reject'
    await terraform.write(record(name, `ttl = 60\nrecords = [${JSON.stringify(text)}]`).replace('"CNAME"', '"TXT"'))
    await terraform.apply()
    expect(await at(name)).toEqual([[60, `"${text}"`]])
    await terraform.write(
      `${data}\nremoved {\n  from = aws_route53_record.this\n  lifecycle {\n    destroy = false\n  }\n}`,
    )
    await terraform.apply()
    expect(await at(name)).toEqual([[60, `"${text}"`]])
    const wanted = [{ name, type: 'CNAME' as const, value: 'k3y.dmarc.hosted.test' }]
    const expected = { [name]: text }
    const planned = await plan(wanted, live, { conflict: 'replace', expected })
    expect(planned.verdict.words).toBe('Protection stays the same.')
    await apply(planned, live, { journals: memoryJournalStore() })
    expect(await at(name)).toEqual([[300, 'k3y.dmarc.hosted.test.']])
    expect(await changes()).toEqual([])
    await terraform.write(data)
    expect(await changes()).toEqual([])
  })

  it('makes the records that "dmarc-dns print --format terraform" writes, and has nothing to do after that', async () => {
    const cnames = [
      '_dmarc.printed.example.test=k3y.dmarc.hosted.test',
      '_smtp._tls.printed.example.test=k3y.tls-rpt.hosted.test',
    ]
    const given = ['--zone', zone.name, ...cnames.flatMap((cname) => ['--cname', cname])]
    let printed = ''
    const io = {
      out(text: string) {
        printed += text
      },
      err(text: string) {
        throw new Error(text)
      },
      readInput: async () => '',
      env: {},
      terminal: false,
      signal: new AbortController().signal,
    }
    await runCli(['print', ...given, '--ttl', '600', '--format', 'terraform'], io, '')
    await terraform.write(`${printed}
      data "aws_route53_zone" "this" {
        for_each = toset([for record in local.dmarc_cnames : record.zone])
        name     = each.key
      }
      resource "aws_route53_record" "this" {
        for_each = local.dmarc_cnames
        zone_id  = data.aws_route53_zone.this[each.value.zone].zone_id
        name     = each.value.name
        type     = each.value.type
        ttl      = each.value.ttl
        records  = [each.value.value]
      }`)
    await terraform.apply()
    expect(await at('_dmarc.printed.example.test')).toEqual([[600, 'k3y.dmarc.hosted.test.']])
    expect(await at('_smtp._tls.printed.example.test')).toEqual([[600, 'k3y.tls-rpt.hosted.test.']])
    expect(await changes()).toEqual([])
  })

  it('fails for a zone that is not there', async () => {
    await terraform.write(`data "aws_route53_zone" "this" { name = "other.test" }`)
    await expect(terraform.plan()).rejects.toThrow('no matching Route 53 Hosted Zone found')
  })
})
