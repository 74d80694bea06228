import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startBind } from '../../../test-support/bind.ts'
import type { DnsDaemon, TestZone } from '../../../test-support/dns-daemon.ts'
import { startKnot } from '../../../test-support/knot.ts'
import { hasPrograms } from '../../../test-support/programs.ts'
import { createSignedClient } from '../src/rfc2136/client.ts'
import { absoluteText, encodeLabels, nameText } from '../src/wire/labels.ts'
import { readMessage, type WireRecord, writeMessage } from '../src/wire/message.ts'
import { parseRdata, rdataText } from '../src/wire/rdata.ts'
import { anyLabels, anyRdata } from './record-arbitraries.ts'

const run = promisify(execFile)

/** Records of every type with a form of its own, as `dig` prints them. */
const records = [
  ['A', '192.0.2.1'],
  ['AAAA', '2001:db8::1'],
  ['AAAA', '::ffff:192.0.2.1'],
  ['NS', String.raw`a\"b.c\$d.e\@f.g\.h.i\\j.k\032l.m\228n.Example.test.`],
  ['CNAME', '_dmarc.Example.test.'],
  ['PTR', '.'],
  ['DNAME', 'other.test.'],
  ['SOA', 'ns1.test. host.test. 4294967295 3600 600 86400 30'],
  ['HINFO', '"PC" "a \\"b\\""'],
  ['MX', '10 mx.test.'],
  ['MX', '0 .'],
  ['TXT', String.raw`"v=DMARC1; p=none" "say \"hi\" \\ \195\164" ""`],
  ['SPF', '"v=spf1 -all"'],
  ['RP', 'a.test. b.test.'],
  ['AFSDB', '1 a.test.'],
  ['KX', '1 a.test.'],
  ['SRV', '1 2 443 h.test.'],
  ['NAPTR', '100 10 "u" "E2U+sip" "!^.*$!sip:a@b.test!" .'],
  ['DS', '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118'],
  ['CDS', '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118'],
  ['SSHFP', '2 1 123456789ABCDEF67890123456789ABCDEF67890'],
  ['TLSA', '3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971'],
  ['SMIMEA', '3 1 1 D2ABDE240D7CD3EE6B4B28C54DF034B97983A1D16E8A410E4561CB106618E971'],
  ['DNSKEY', '256 3 8 AwEAAag='],
  ['CDNSKEY', '257 3 8 AwEAAag='],
  ['OPENPGPKEY', 'AQIDBA=='],
  ['DHCID', 'AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA='],
  ['NSEC3PARAM', '1 0 12 AABBCCDD'],
  ['NSEC3PARAM', '1 0 0 -'],
  ['CSYNC', '66 3 A NS AAAA'],
  [
    'ZONEMD',
    '2018031500 1 1 FEBE3D4CE2EC2FFA4BA99D46CD69D6D29711E55217057BEE7EB1A7B641A47BA7FED2DD5B97AE499FAFA4F22C6BD647DE',
  ],
  ['URI', '10 1 "https://a.test/\\"x\\""'],
  ['CAA', '128 issue "ca.test; account=1"'],
  ['HTTPS', '1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1 ech=AEA= ipv6hint=2001:db8::1'],
  ['SVCB', '0 other.test.'],
  ['NSEC', 'b.test. A MX RRSIG NSEC TYPE65280'],
  ['NSEC3', '1 1 12 AABBCCDD 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A RRSIG'],
  ['RRSIG', 'A 8 2 60 20300101000000 20290101000000 1234 test. AQID'],
] as const

/** Answers every question over TCP with the records it is given. */
async function serve(answers: readonly Omit<WireRecord, 'start'>[]) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (chunk) => {
      const { id, questions } = readMessage(chunk.subarray(2))
      const message = writeMessage({ id, flags: 0x8400, questions, sections: [answers], compress: true })
      const length = Buffer.alloc(2)
      length.writeUInt16BE(message.length)
      socket.end(Buffer.concat([length, message]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as { port: number }).port, close: () => server.close() }
}

/** What a program prints for the records, each as `name type data`. */
async function printed(
  program: string,
  flags: string[],
  answers: readonly Omit<WireRecord, 'start'>[],
): Promise<string[]> {
  const server = await serve(answers)
  try {
    const args = ['@127.0.0.1', '-p', String(server.port), '+tcp', ...flags, 'question.test', 'TXT']
    const { stdout } = await run(program, args)
    return stdout
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(';'))
      .map((line) => {
        const [name = '', , , type = '', ...data] = line.split(/[\t ]+/)
        return `${name} ${type} ${data.join(' ')}`
      })
  } finally {
    server.close()
  }
}

const answer = (type: string, rdata: Buffer, name = 'question.test') => ({ name, type, class: 1, ttl: 60, rdata })
const dig = (answers: readonly Omit<WireRecord, 'start'>[]) =>
  printed('dig', ['+noall', '+answer', '+nosplit'], answers)
const kdig = (answers: readonly Omit<WireRecord, 'start'>[]) => printed('kdig', ['+noall', '+answer'], answers)
const spaces = (text: string) => text.replace(/ +/g, ' ')

describe.skipIf(!hasPrograms('dig'))('dig prints', () => {
  it('the data of every type as we do', async () => {
    const lines = await dig(records.map(([type, text]) => answer(type, parseRdata(type, text))))
    const ours = records.map(([type, text]) => `question.test. ${type} ${rdataText(type, parseRdata(type, text))}`)
    expect(lines).toEqual(ours.map(spaces))
    expect(ours).toEqual(records.map(([type, text]) => `question.test. ${type} ${text}`))
  })

  it('names of any bytes as we do, as owner and inside data', async () => {
    const names = fc
      .sample(anyLabels, { numRuns: 200, seed: 7 })
      .concat(Array.from({ length: 256 }, (_, byte) => [`n${byte}`, `a${String.fromCharCode(byte)}b`, 'test']))
    const lines = await dig(names.map((labels) => answer('NS', encodeLabels(labels), nameText(labels))))
    expect(lines).toEqual(names.map((labels) => `${absoluteText(labels)} NS ${absoluteText(labels)}`))
  })

  it('texts of any bytes as we do', async () => {
    const texts = fc.sample(anyRdata('TXT'), { numRuns: 100, seed: 7 })
    const lines = await dig(texts.map((rdata) => answer('TXT', rdata)))
    expect(lines).toEqual(texts.map((rdata) => spaces(`question.test. TXT ${rdataText('TXT', rdata)}`)))
  })
})

describe.skipIf(!hasPrograms('kdig'))("what Knot's kdig prints", () => {
  it('is read by us as the data it was made of', async () => {
    const sent = records.filter(([type]) => type !== 'ZONEMD')
    const lines = await kdig(sent.map(([type, text]) => answer(type, parseRdata(type, text))))
    const read = lines.map((line) => {
      const [, type = '', ...data] = line.split(' ')
      return `${type} ${rdataText(type, parseRdata(type, data.join(' ')))}`
    })
    expect(read).toEqual(sent.map(([type, text]) => `${type} ${spaces(text)}`))
  })
})

const servers: [string, string, (options: { zones: TestZone[] }) => Promise<DnsDaemon>][] = [
  ['BIND', 'named', startBind],
  ['Knot', 'knotd', startKnot],
]

describe.each(servers)('%s, given a zone file in our words', (_, program, start) => {
  it.skipIf(!hasPrograms(program))('serves the data that we wrote', async () => {
    const alone = [
      'CNAME',
      'DNAME',
      'SOA',
      'NS',
      'NSEC',
      'NSEC3',
      'RRSIG',
      'NSEC3PARAM',
      'DNSKEY',
      'CDNSKEY',
      'CDS',
      'DS',
      'ZONEMD',
      'CSYNC',
    ]
    const kept = records.filter(([type]) => !alone.includes(type))
    const file = kept.map(([type, text], index) => `r${index} IN ${type} ${rdataText(type, parseRdata(type, text))}`)
    const server = await start({ zones: [{ name: 'zone.test', records: file }] })
    try {
      const client = createSignedClient({ host: server.address, port: server.port, transport: 'tcp' })
      for (const [index, [type, text]] of kept.entries()) {
        const { message } = await client.query(`r${index}.zone.test`, type)
        expect(message.sections[0].map((record) => [record.type, record.rdata])).toEqual([
          [type, parseRdata(type, text)],
        ])
      }
    } finally {
      await server.close()
    }
  })
})
