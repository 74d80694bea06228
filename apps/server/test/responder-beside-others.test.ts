import { createDnsClient } from '@dmarc-as-code/dns/resolver'
import type { DnsMessage, DnsRecord, DnsRecordType } from '@dmarc-as-code/dns/wire'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import type { DnsDaemon } from '../../../test-support/dns-daemon.ts'
import { startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { type Authority, type Rrset, startAuthority, ZoneData } from '../src/authority/index.ts'

const ORIGIN = 'example.test'
const txt = (...data: string[]): Rrset => ({ type: 'TXT', ttl: 60, data })
const cname = (target: string): Rrset => ({ type: 'CNAME', ttl: 60, data: [target] })
const a = (address: string): Rrset => ({ type: 'A', ttl: 60, data: [address] })

function zone(): ZoneData {
  const data = new ZoneData({ origin: ORIGIN, nameServers: [`ns1.${ORIGIN}`], negativeTtl: 30 })
  const records: Record<string, Rrset[]> = {
    ns1: [a('127.0.0.1')],
    two: [txt('one', 'two'), a('192.0.2.1'), { type: 'AAAA', ttl: 60, data: ['2001:db8::1'] }],
    long: [txt('x'.repeat(400))],
    quoted: [txt('a "quoted" \\ text; with ümlauts')],
    mail: [{ type: 'MX', ttl: 60, data: [{ preference: 10, exchange: `two.${ORIGIN}` }] }],
    caa: [{ type: 'CAA', ttl: 60, data: [{ flags: 128, tag: 'issue', value: 'ca.test; validationmethods=http-01' }] }],
    alias: [cname(`alias2.${ORIGIN}`)],
    alias2: [cname(`two.${ORIGIN}`)],
    dangling: [cname(`gone.${ORIGIN}`)],
    away: [cname('key.dmarc.hosted.test')],
    'to-wildcard': [cname(`some.wild.${ORIGIN}`)],
    'to-child': [cname(`www.child.${ORIGIN}`)],
    'deep.ent': [txt('deep')],
    '*.wild': [txt('wildcard'), a('192.0.2.9')],
    'real.wild': [a('192.0.2.2')],
    '*.wildalias': [cname(`two.${ORIGIN}`)],
    child: [{ type: 'NS', ttl: 60, data: [`ns.child.${ORIGIN}`, 'ns.elsewhere.test'] }],
    'ns.child': [a('192.0.2.3')],
  }
  data.apply(Object.entries(records).map(([label, rrsets]) => [`${label}.${ORIGIN}`, rrsets]))
  return data
}

const names = [
  '@',
  'two',
  'TWO',
  'long',
  'quoted',
  'mail',
  'caa',
  'alias',
  'dangling',
  'away',
  'to-wildcard',
  'to-child',
  'ent',
  'deep.ent',
  'x.deep.ent',
  'nothing',
  'wild',
  '*.wild',
  'a.wild',
  'b.a.wild',
  'real.wild',
  'x.real.wild',
  'a.wildalias',
  'child',
  'www.child',
  'ns.child',
]
const types: DnsRecordType[] = ['A', 'AAAA', 'CAA', 'CNAME', 'DS', 'MX', 'NS', 'SOA', 'TXT']

const client = createDnsClient()
const ask = (server: { address: string; port: number }, label: string, type: DnsRecordType) =>
  client.query(
    { name: label === '@' ? ORIGIN : `${label}.${ORIGIN}`, type },
    { address: server.address, port: server.port },
  )

const line = ({ name, type, ttl, data }: DnsRecord) => `${name} ${ttl} ${type} ${JSON.stringify(data)}`
const lines = (records: DnsRecord[]) => records.map(line).sort()

/**
 * What matters of a reply. BIND names the zone's own servers beside positive answers, which we leave out; and it gives the
 * SOA of a negative answer to an SOA question the TTL 0 (`zero-no-soa-ttl`), which RFC 2308 does not know.
 */
function essence(type: DnsRecordType, { rcode, authoritative, truncated, answers, authority }: DnsMessage) {
  const requiredOption = authority
    .filter((record) => !(record.type === 'NS' && record.name === ORIGIN))
    .map((record) => (type === 'SOA' ? { ...record, ttl: 30 } : record))
  return { type, rcode, authoritative, truncated, answers: lines(answers), authority: lines(requiredOption) }
}

describe.each([
  ['BIND', 'named', startBind],
  ['Knot', 'knotd', startKnot],
] as const)('our responder beside %s with the same zone', (_, program, start) => {
  describe.skipIf(!hasPrograms(program))(program, () => {
    let ours: Authority
    let theirs: DnsDaemon
    beforeAll(async () => {
      const data = zone()
      ours = await startAuthority({ zones: [data] })
      const soa = `${ORIGIN}. 30 IN SOA ns1.${ORIGIN}. hostmaster.${ORIGIN}. ${data.serial} 3600 600 604800 30`
      theirs = await start({ zones: [{ name: ORIGIN, text: `${soa}\n${data.dump()}` }] })
    })
    afterAll(async () => {
      await Promise.all([ours?.close(), theirs?.close()])
    })

    it.each(names)('says the same about %s', async (label) => {
      const [mine, reference] = await Promise.all(
        [ours, theirs].map((server) => Promise.all(types.map((type) => ask(server, label, type)))),
      )
      for (const [index, type] of types.entries()) {
        const [one, other] = [mine?.[index], reference?.[index]]
        if (!one || !other) throw new Error('no reply')
        expect(essence(type, one)).toEqual(essence(type, other))
      }
    })
  })
})
