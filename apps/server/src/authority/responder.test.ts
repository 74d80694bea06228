import { type Answer, decode, encode, type RecordType } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { respond } from './responder.ts'
import { ZoneData } from './zone-data.ts'

function exampleZone(): ZoneData {
  const zone = new ZoneData({ origin: 'example.test', nameServers: ['ns1.example.test'], negativeTtl: 30 })
  zone.apply([
    ['ns1.example.test', [{ type: 'A', ttl: 60, data: ['127.0.0.1'] }]],
    ['txt.example.test', [{ type: 'TXT', ttl: 60, data: ['v=spf1 -all'] }]],
    ['long.example.test', [{ type: 'TXT', ttl: 60, data: ['x'.repeat(600)] }]],
    ['huge.example.test', [{ type: 'TXT', ttl: 60, data: ['x'.repeat(1400)] }]],
    ['caa.example.test', [{ type: 'CAA', ttl: 60, data: [{ flags: 128, tag: 'issue', value: 'ca.test' }] }]],
    ['mail.example.test', [{ type: 'MX', ttl: 60, data: [{ preference: 10, exchange: 'ns1.example.test' }] }]],
    [
      'two.example.test',
      [
        { type: 'TXT', ttl: 60, data: ['one'] },
        { type: 'A', ttl: 60, data: ['127.0.0.9'] },
      ],
    ],
    ['alias.example.test', [{ type: 'CNAME', ttl: 60, data: ['alias2.example.test'] }]],
    ['alias2.example.test', [{ type: 'CNAME', ttl: 60, data: ['txt.example.test'] }]],
    ['dangling.example.test', [{ type: 'CNAME', ttl: 60, data: ['gone.example.test'] }]],
    ['away.example.test', [{ type: 'CNAME', ttl: 60, data: ['key.dmarc.hosted.test'] }]],
    ['loop1.example.test', [{ type: 'CNAME', ttl: 60, data: ['loop2.example.test'] }]],
    ['loop2.example.test', [{ type: 'CNAME', ttl: 60, data: ['loop1.example.test'] }]],
    ['deep.ent.example.test', [{ type: 'TXT', ttl: 60, data: ['deep'] }]],
    ['*.wild.example.test', [{ type: 'TXT', ttl: 60, data: ['wildcard'] }]],
    ['real.wild.example.test', [{ type: 'A', ttl: 60, data: ['127.0.0.2'] }]],
    ['child.example.test', [{ type: 'NS', ttl: 60, data: ['ns.child.example.test', 'ns.elsewhere.test'] }]],
    ['ns.child.example.test', [{ type: 'A', ttl: 60, data: ['127.0.0.3'] }]],
  ])
  return zone
}

const zones = [exampleZone(), new ZoneData({ origin: 'hosted.test', nameServers: ['ns1.hosted.test'] })]

/** dns-packet's types leave out the response code. */
type Reply = ReturnType<typeof decode> & { rcode: string; opcode: string }

interface Ask {
  transport?: 'udp' | 'tcp'
  flags?: number
  payload?: number
  version?: number
  dnssecOk?: boolean
}

function ask(name: string, type: RecordType | 'ANY', options: Ask = {}): Reply {
  const message = encode({
    type: 'query',
    id: 4711,
    flags: options.flags ?? 0,
    questions: [{ name, type: type as RecordType }],
    additionals:
      options.payload === undefined
        ? []
        : [
            {
              name: '.',
              type: 'OPT',
              udpPayloadSize: options.payload,
              ednsVersion: options.version ?? 0,
              flags: options.dnssecOk ? 0x8000 : 0,
            } as Answer,
          ],
  })
  const reply = respond(zones, message, options.transport ?? 'udp')
  if (!reply) throw new Error('no reply')
  return decode(reply) as Reply
}

const short = (records: Answer[] | undefined) =>
  (records ?? []).map((r) => `${r.name} ${r.type} ${'data' in r ? String(r.data) : ''}`.trim())

describe('answers', () => {
  it('returns the records of a name authoritatively with id and question echoed', () => {
    const reply = ask('txt.example.test', 'TXT', { flags: 0x0100 })
    expect(reply).toMatchObject({ id: 4711, rcode: 'NOERROR', flag_aa: true, flag_rd: true, flag_ra: false })
    expect(reply.questions).toEqual([{ name: 'txt.example.test', type: 'TXT', class: 'IN' }])
    expect(short(reply.answers)).toEqual(['txt.example.test TXT v=spf1 -all'])
  })

  it('finds names in any letter case and echoes the queried case', () => {
    const reply = ask('tXt.eXample.TEST', 'TXT')
    expect(reply.questions?.[0]?.name).toBe('tXt.eXample.TEST')
    expect(reply.answers?.[0]?.name).toBe('tXt.eXample.TEST')
  })

  it('splits text over 255 bytes into several strings', () => {
    const [answer] = ask('long.example.test', 'TXT', { payload: 1232 }).answers ?? []
    const parts = answer?.type === 'TXT' ? (answer.data as Buffer[]) : []
    expect(parts.map((part) => part.length)).toEqual([255, 255, 90])
    expect(Buffer.concat(parts).toString()).toBe('x'.repeat(600))
  })

  it('returns CAA records with their critical flag', () => {
    expect(ask('caa.example.test', 'CAA').answers?.[0]).toMatchObject({
      data: { flags: 128, tag: 'issue', value: 'ca.test', issuerCritical: true },
    })
  })

  it('adds the address of a mail host in the zone', () => {
    expect(short(ask('mail.example.test', 'MX').additionals)).toEqual(['ns1.example.test A 127.0.0.1'])
  })

  it('returns SOA and NS at the apex', () => {
    const soa = ask('example.test', 'SOA').answers?.[0]
    expect(soa).toMatchObject({ data: { mname: 'ns1.example.test', rname: 'hostmaster.example.test', minimum: 30 } })
    const ns = ask('example.test', 'NS')
    expect(short(ns.answers)).toEqual(['example.test NS ns1.example.test'])
    expect(short(ns.additionals)).toEqual(['ns1.example.test A 127.0.0.1'])
  })

  it('answers ANY with a single RRset over UDP, and with all of them over TCP (RFC 8482)', () => {
    expect(ask('two.example.test', 'ANY').answers).toHaveLength(1)
    const whole = ask('example.test', 'ANY', { transport: 'tcp' }).answers ?? []
    const types = new Set(whole.map(({ type }) => type))
    expect([...types].filter((type) => type === 'SOA' || type === 'NS').sort()).toEqual(['NS', 'SOA'])
    expect(whole.filter(({ type }) => type === 'SOA')).toHaveLength(1)
  })
})

describe('negative answers (RFC 2308)', () => {
  it('returns NXDOMAIN with the SOA for a name that does not exist', () => {
    const reply = ask('nothing.example.test', 'TXT')
    expect(reply).toMatchObject({ rcode: 'NXDOMAIN', flag_aa: true, answers: [] })
    expect(reply.authorities?.[0]).toMatchObject({ type: 'SOA', name: 'example.test', ttl: 30 })
  })

  it.each([
    ['another type', 'txt.example.test', 'A'],
    ['an empty non-terminal', 'ent.example.test', 'TXT'],
    ['the apex', 'example.test', 'TXT'],
  ] as const)('says no data for %s, with the SOA', (_, name, type) => {
    const reply = ask(name, type)
    expect(reply).toMatchObject({ rcode: 'NOERROR', flag_aa: true, answers: [] })
    expect(short(reply.authorities)[0]).toMatch(/^example.test SOA/)
  })
})

describe('CNAMEs', () => {
  it('follows them inside the zone', () => {
    expect(short(ask('alias.example.test', 'TXT').answers)).toEqual([
      'alias.example.test CNAME alias2.example.test',
      'alias2.example.test CNAME txt.example.test',
      'txt.example.test TXT v=spf1 -all',
    ])
  })

  it('stops where they leave the zone, even for another served zone', () => {
    const reply = ask('away.example.test', 'TXT')
    expect(reply.rcode).toBe('NOERROR')
    expect(short(reply.answers)).toEqual(['away.example.test CNAME key.dmarc.hosted.test'])
  })

  it('returns only the CNAME for a query of type CNAME', () => {
    expect(short(ask('alias.example.test', 'CNAME').answers)).toEqual(['alias.example.test CNAME alias2.example.test'])
  })

  it('returns NXDOMAIN when the target does not exist (RFC 6604)', () => {
    const reply = ask('dangling.example.test', 'TXT')
    expect(reply.rcode).toBe('NXDOMAIN')
    expect(short(reply.answers)).toEqual(['dangling.example.test CNAME gone.example.test'])
  })

  it('stops in a loop', () => {
    expect(ask('loop1.example.test', 'TXT').answers).toHaveLength(2)
  })
})

describe('wildcards (RFC 4592)', () => {
  it.each(['a.wild.example.test', 'b.a.wild.example.test'])('answer for %s under the name asked', (name) => {
    expect(short(ask(name, 'TXT').answers)).toEqual([`${name} TXT wildcard`])
  })

  it('return no data for another type', () => {
    expect(ask('a.wild.example.test', 'A')).toMatchObject({ rcode: 'NOERROR', answers: [] })
  })

  it('do not cover a name that exists, nor names below it', () => {
    expect(ask('real.wild.example.test', 'TXT')).toMatchObject({ rcode: 'NOERROR', answers: [] })
    expect(ask('below.real.wild.example.test', 'TXT').rcode).toBe('NXDOMAIN')
  })
})

describe('delegations', () => {
  it.each(['child.example.test', 'a.b.child.example.test'])('refer a question for %s to the child', (name) => {
    const reply = ask(name, 'TXT')
    expect(reply).toMatchObject({ rcode: 'NOERROR', flag_aa: false, answers: [] })
    expect(short(reply.authorities)).toEqual([
      'child.example.test NS ns.child.example.test',
      'child.example.test NS ns.elsewhere.test',
    ])
    expect(short(reply.additionals)).toEqual(['ns.child.example.test A 127.0.0.3'])
  })

  it('answer DS at the parent', () => {
    expect(ask('child.example.test', 'DS')).toMatchObject({ flag_aa: true, rcode: 'NOERROR' })
  })
})

describe('EDNS (RFC 6891) and size', () => {
  it('answers OPT with OPT and copies the DO bit', () => {
    const reply = ask('txt.example.test', 'TXT', { payload: 4096, dnssecOk: true })
    expect(reply.additionals?.[0]).toMatchObject({ type: 'OPT', udpPayloadSize: 1232, flag_do: true, ednsVersion: 0 })
  })

  it('omits OPT for a query without OPT', () => {
    expect(ask('txt.example.test', 'TXT').additionals).toEqual([])
  })

  it('returns BADVERS for an unknown version', () => {
    const reply = ask('txt.example.test', 'TXT', { payload: 1232, version: 1 })
    expect(reply.additionals?.[0]).toMatchObject({ extendedRcode: 1, ednsVersion: 0 })
    expect(reply.answers).toEqual([])
  })

  it.each([
    ['over 512 bytes without EDNS', 'long.example.test', {}],
    ['over 512 bytes when EDNS offers less', 'long.example.test', { payload: 100 }],
    ['over 1232 bytes whatever EDNS offers', 'huge.example.test', { payload: 65535 }],
  ] as const)('truncates an answer %s', (_, name, options) => {
    expect(ask(name, 'TXT', options)).toMatchObject({ flag_tc: true, answers: [], rcode: 'NOERROR' })
  })

  it('returns the complete answer over TCP', () => {
    expect(ask('huge.example.test', 'TXT', { transport: 'tcp' })).toMatchObject({ flag_tc: false })
    expect(ask('huge.example.test', 'TXT', { transport: 'tcp' }).answers).toHaveLength(1)
  })
})

describe('OPT in the answers to faulty requests (RFC 6891)', () => {
  const opt = (options: number[] = [], version = 0, rdlength = options.length) =>
    Buffer.from([0, 0, 41, 4, 208, 0, version, 0, 0, 0, rdlength, ...options])
  const header = (counts: number[], flags = 0) =>
    Buffer.from([0, 1, flags, 0, ...counts.flatMap((count) => [0, count])])
  const question = Buffer.from([
    3, 116, 120, 116, 7, 101, 120, 97, 109, 112, 108, 101, 4, 116, 101, 115, 116, 0, 0, 16, 0, 1,
  ])
  const reply = (...parts: Buffer[]) => {
    const bytes = respond(zones, Buffer.concat(parts), 'udp')
    if (!bytes) throw new Error('there is no reply')
    const decoded = decode(bytes)
    const edns = decoded.additionals?.find(({ type }) => type === 'OPT')
    const extended = edns && 'extendedRcode' in edns ? edns.extendedRcode << 4 : 0
    return { rcode: extended | (bytes.readUInt16BE(2) & 0xf), hasOpt: edns !== undefined }
  }

  it.each([
    ['an option longer than the data', [question, opt([0, 10, 0, 9, 1])], [1, 0, 0, 1], 0, 1],
    ['half an option', [question, opt([0, 10, 0])], [1, 0, 0, 1], 0, 1],
    ['two OPT records', [question, opt(), opt()], [1, 0, 0, 2], 0, 1],
    ['an OPT record in the answer section', [question, opt()], [1, 1, 0, 0], 0, 1],
    ['a record cut off behind the OPT', [question, opt(), Buffer.from([0, 0])], [1, 0, 0, 2], 0, 1],
    ['no question', [opt()], [0, 0, 0, 1], 0, 1],
    ['two questions', [question, question, opt()], [2, 0, 0, 1], 0, 1],
    ['another opcode', [question, opt()], [1, 0, 0, 1], 4 << 3, 4],
    ['a newer version, whatever its options look like', [question, opt([0], 1)], [1, 0, 0, 1], 0, 16],
  ] as const)('stands in the answer to %s', (_, parts, counts, flags, rcode) => {
    expect(reply(header([...counts], flags), ...parts)).toEqual({ rcode, hasOpt: true })
  })

  it('does not stand in the answer to a faulty request without OPT', () => {
    expect(reply(header([2, 0, 0, 0]), question, question)).toEqual({ rcode: 1, hasOpt: false })
  })

  it('lets a request with well-formed unknown options through', () => {
    expect(reply(header([1, 0, 0, 1]), question, opt([0xff, 0xfe, 0, 1, 7]))).toEqual({ rcode: 0, hasOpt: true })
  })
})

describe('a question of class ANY', () => {
  it('is answered without authority (RFC 1035 section 4.3.1)', () => {
    const message = encode({ type: 'query', questions: [{ name: 'txt.example.test', type: 'TXT', class: 'ANY' }] })
    const bytes = respond(zones, message, 'udp') ?? Buffer.alloc(12)
    expect(bytes.readUInt16BE(2) & 0x0400).toBe(0)
    expect(bytes.readUInt16BE(6)).toBeGreaterThan(0)
  })
})

describe('refusals', () => {
  it.each([
    ['a name outside its zones', 'example.com', 'TXT', 'REFUSED'],
    ['a zone transfer', 'example.test', 'AXFR', 'REFUSED'],
    ['a question for OPT', 'example.test', 'OPT', 'FORMERR'],
  ] as const)('answers %s with the right code', (_, name, type, rcode) => {
    expect(ask(name, type)).toMatchObject({ rcode, answers: [], authorities: [] })
  })

  it('answers another opcode with NOTIMP', () => {
    expect(ask('example.test', 'SOA', { flags: 4 << 11 })).toMatchObject({ rcode: 'NOTIMP', opcode: 'NOTIFY' })
  })

  it('answers a question of another class with REFUSED', () => {
    const message = encode({ type: 'query', questions: [{ name: 'version.bind', type: 'TXT', class: 'CH' }] })
    expect(decode(respond(zones, message, 'udp') ?? Buffer.alloc(0))).toMatchObject({ rcode: 'REFUSED' })
  })

  it('answers two questions, or none, with FORMERR (RFC 9619)', () => {
    const two = encode({
      type: 'query',
      questions: [
        { name: 'txt.example.test', type: 'TXT' },
        { name: 'txt.example.test', type: 'A' },
      ],
    })
    for (const message of [two, encode({ type: 'query' })]) {
      expect((decode(respond(zones, message, 'udp') ?? Buffer.alloc(0)) as Reply).rcode).toBe('FORMERR')
    }
  })

  it('answers a question whose name points into the header with FORMERR', () => {
    const message = Buffer.concat([
      Buffer.from([1, 0x61, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      Buffer.from([0xc0, 0, 0, 16, 0, 1]),
    ])
    expect((decode(respond(zones, message, 'udp') ?? Buffer.alloc(0)) as Reply).rcode).toBe('FORMERR')
  })

  it('answers two OPT records with FORMERR', () => {
    const opt = { name: '.', type: 'OPT', udpPayloadSize: 1232 } as Answer
    const message = encode({ questions: [{ name: 'txt.example.test', type: 'TXT' }], additionals: [opt, opt] })
    expect((decode(respond(zones, message, 'udp') ?? Buffer.alloc(0)) as Reply).rcode).toBe('FORMERR')
  })

  it('does not answer replies and messages shorter than a header', () => {
    expect(respond(zones, encode({ type: 'response', questions: [] }), 'udp')).toBeUndefined()
    expect(respond(zones, Buffer.from('hello'), 'udp')).toBeUndefined()
  })
})
