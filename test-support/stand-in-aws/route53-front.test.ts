import { randomBytes } from 'node:crypto'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { apply, type DnsAdapter, memoryJournalStore, plan, undo } from '@dmarc-as-code/dns/apply'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startKnot } from '../knot.ts'
import { hasPrograms } from '../programs.ts'
import { type Route53Front, startRoute53Front } from './route53-front.ts'
import { zoneIdOf } from './zone-id.ts'

const example = { id: zoneIdOf('example.test'), name: 'example.test' }

describe.skipIf(!hasPrograms('knotd'))('the Route 53 front on Knot, driven by the AWS SDK', () => {
  const key = { name: 'front', algorithm: 'hmac-sha256' as const, secret: randomBytes(32).toString('base64') }
  let knot: DnsDaemon
  let live: DnsAdapter
  let front: Route53Front
  let route53: DnsAdapter
  beforeAll(async () => {
    const records = ['_dmarc IN TXT "v=DMARC1; p=none"', '*.wild IN CNAME mx', 'kept IN CNAME mx']
    knot = await startKnot({ zones: [{ name: 'example.test', records }, { name: 'shop.test' }], keys: [key] })
    const server = { server: knot.address, port: knot.port, key }
    live = await createAdapter({ type: 'rfc2136', ...server })
    front = await startRoute53Front(server, ['shop.test', 'example.test'])
    route53 = await createAdapter({
      type: 'route53',
      endpoint: front.url,
      accessKeyId: 'stand-in',
      secretAccessKey: 'stand-in',
    })
  })
  afterAll(async () => {
    await route53?.close?.()
    await front?.close()
    await live?.close?.()
    await knot?.close()
  })

  it('plans, applies, has nothing more to do, and undoes, all in the live zone', async () => {
    const journals = memoryJournalStore()
    const wanted = [
      { name: '_dmarc.example.test', type: 'CNAME' as const, value: 'd1.dmarc.hosted.test' },
      { name: 'mta-sts.example.test', type: 'CNAME' as const, value: 'd1.mta-sts.hosted.test' },
      { name: '_dmarc.shop.test', type: 'CNAME' as const, value: 'd2.dmarc.hosted.test' },
    ]
    const planned = await plan(wanted, route53, { conflict: 'replace' })
    expect(planned.items.map(({ action }) => action)).toEqual(['replace', 'create', 'create'])
    const { journal } = await apply(planned, route53, { journals })
    expect(await cnameAt('_dmarc.example.test')).toBe('d1.dmarc.hosted.test.')
    expect(await cnameAt('_dmarc.shop.test')).toBe('d2.dmarc.hosted.test.')
    expect((await plan(wanted, route53)).items.map(({ action }) => action)).toEqual(Array(3).fill('unchanged'))
    if (!journal) throw new Error('the apply left no journal')
    await undo(journal, route53)
    expect(await cnameAt('_dmarc.shop.test')).toBeUndefined()
    expect(await live.read(example, ['_dmarc.example.test', 'mta-sts.example.test'])).toMatchObject([
      { name: '_dmarc.example.test', type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=none"'] },
    ])
  })

  it('gives names with an asterisk in octal and finds the zone and its name servers', async () => {
    expect(await route53.read(example, ['*.wild.example.test'])).toMatchObject([
      { name: '*.wild.example.test', type: 'CNAME', values: ['mx.example.test.'] },
    ])
    const zone = { id: zoneIdOf('shop.test'), name: 'shop.test' }
    expect(await route53.findZone('a.b.shop.test')).toEqual(zone)
    expect(await route53.nameServers?.(zone)).toEqual(['ns1.shop.test'])
  })

  it('reads several names of a zone it does not list as a whole, and says so to those who want all of it', async () => {
    const sets = await route53.read(example, ['kept.example.test', '*.wild.example.test'])
    expect(sets.map(({ name }) => name)).toEqual(['kept.example.test', '*.wild.example.test'])
    expect(await call('GET', `hostedzone/${example.id}/rrset`)).toMatch(
      '<IsTruncated>true</IsTruncated><MaxItems>100</MaxItems><NextRecordName>beyond.example.test.</NextRecordName>',
    )
    expect(await call('GET', `hostedzone/${example.id}/rrset?name=beyond.example.test.`)).toMatch('one name only')
  })

  it('gives values back as they were written, with or without the final dot', async () => {
    const set = (value: string) => ({ name: 'dot.example.test', type: 'CNAME', ttl: 60, values: [value] })
    await route53.write(example, [{ name: 'dot.example.test', before: [], after: [set('a.hosted.test')] }])
    expect(await live.read(example, ['dot.example.test'])).toMatchObject([set('a.hosted.test.')])
    expect(await route53.read(example, ['dot.example.test'])).toMatchObject([set('a.hosted.test')])
    await route53.write(example, [{ name: 'dot.example.test', before: [set('a.hosted.test')], after: [] }])
    expect(await live.read(example, ['dot.example.test'])).toEqual([])
  })

  it.each([
    ['CREATE', 'kept', 'mx.example.test', /already exists/],
    ['DELETE', 'kept', 'other.example.test', /do not match the current values/],
    ['DELETE', 'missing', 'mx.example.test', /was not found/],
    ['UPSERT', 'ns1', 'mx.example.test', /conflicts with other records/],
  ])('fails to %s %s -> %s and leaves the rest of the batch undone', async (action, label, target, message) => {
    const changes =
      change('CREATE', 'first.example.test', 'x.hosted.test') + change(action, `${label}.example.test`, target)
    const answer = await call('POST', `hostedzone/${example.id}/rrset`, changes)
    expect(answer).toMatch('<Code>InvalidChangeBatch</Code>')
    expect(answer).toMatch(message)
    expect(await cnameAt('first.example.test')).toBeUndefined()
    expect(await cnameAt('kept.example.test')).toBe('mx.example.test.')
  })

  it('overwrites by UPSERT, which is what allow_overwrite sends', async () => {
    for (const target of ['one.hosted.test', 'two.hosted.test']) {
      await call('POST', `hostedzone/${example.id}/rrset`, change('UPSERT', 'upsert.example.test', target))
      expect(await cnameAt('upsert.example.test')).toBe(`${target}.`)
    }
  })

  it('lists all zones, their tags, and changes that are in sync, as the zone data source wants them', async () => {
    expect((await call('GET', 'hostedzone')).match(/<Name>[^<]+/g)).toEqual(['<Name>example.test.', '<Name>shop.test.'])
    expect(await call('GET', `tags/hostedzone/${example.id}`)).toMatch(`<ResourceId>${example.id}</ResourceId>`)
    expect(await call('GET', 'change/C1')).toMatch('<Status>INSYNC</Status>')
  })

  it('fails for zones and calls it does not know', async () => {
    expect(await call('GET', 'hostedzone/Z00')).toMatch('<Code>NoSuchHostedZone</Code>')
    expect(await call('GET', 'healthcheck')).toMatch('<Code>UnknownOperation</Code>')
  })

  async function cnameAt(name: string): Promise<string | undefined> {
    const zone = name.split('.').slice(-2).join('.')
    const sets = await live.read({ id: zone, name: zone }, [name])
    return sets.find(({ type }) => type === 'CNAME')?.values.join()
  }

  async function call(method: string, path: string, changes?: string): Promise<string> {
    const body =
      changes &&
      `<ChangeResourceRecordSetsRequest><ChangeBatch><Changes>${changes}</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>`
    const signal = AbortSignal.timeout(10_000)
    return (await fetch(`${front.url}/2013-04-01/${path}`, { method, signal, ...(body && { body }) })).text()
  }
})

const change = (action: string, name: string, target: string) =>
  `<Change><Action>${action}</Action><ResourceRecordSet><Name>${name}.</Name><Type>CNAME</Type><TTL>60</TTL>` +
  `<ResourceRecords><ResourceRecord><Value>${target}</Value></ResourceRecord></ResourceRecords></ResourceRecordSet></Change>`
