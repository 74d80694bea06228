import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyLabels, anyRdata, dataTypes } from '../../test/record-arbitraries.ts'
import { classes, typeName, typeNumber, types } from './codes.ts'
import { decodeMessage } from './decode.ts'
import { encodeLabels, foldCase, nameText, parseName, readLabels } from './labels.ts'
import { readMessage, writeMessage } from './message.ts'
import { comparableRdata, parseRdata, rdataText } from './rdata.ts'

describe('the DNS codec', () => {
  it('gives back every name from its text and from the wire, whatever bytes the labels hold', () => {
    fc.assert(
      fc.property(anyLabels, (labels) => {
        expect(parseName(nameText(labels))).toEqual(labels)
        expect(readLabels(encodeLabels(labels), 0).labels).toEqual(labels)
      }),
    )
  })

  it.each(dataTypes)('gives back the data of every %s record from its text', (type) => {
    fc.assert(
      fc.property(anyRdata(type), (rdata) => {
        const text = rdataText(type, rdata)
        expect(parseRdata(type, text)).toEqual(rdata)
        expect(text).toMatch(/^[\x20-\x7e]+$/)
      }),
      { numRuns: 60 },
    )
  })

  it.each(dataTypes)(
    'gives back arbitrary bytes as the data of a %s record, in the generic form if need be',
    (type) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
          expect(parseRdata(type, rdataText(type, bytes))).toEqual(Buffer.from(bytes))
        }),
        { numRuns: 200 },
      )
    },
  )

  it.each([true, false])('gives back every message (owner names compressed: %s)', (compress) => {
    const record = fc
      .constantFrom(...dataTypes)
      .chain((type) =>
        fc
          .record({ name: anyLabels.map(nameText), ttl: fc.nat(86400), rdata: anyRdata(type) })
          .map((rest) => ({ type, class: classes.IN, ...rest })),
      )
    const records = fc.array(record, { maxLength: 4 })
    const message = fc.record({
      id: fc.nat(0xffff),
      flags: fc.nat(0xffff),
      questions: fc.array(
        fc.record({ name: anyLabels.map(nameText), type: fc.constantFrom('MX', 'TYPE65280'), class: fc.constant(1) }),
        { maxLength: 2 },
      ),
      sections: fc.tuple(records, records, records),
    })
    fc.assert(
      fc.property(message, (given) => {
        const { sections, ...rest } = readMessage(writeMessage({ ...given, compress }))
        const found = sections.map((section) => section.map(({ start: _, ...one }) => one))
        expect({ ...rest, sections: found }).toEqual(given)
      }),
    )
  })

  it('reads names in the fast reader of answers as everywhere else, in lower case', () => {
    fc.assert(
      fc.property(anyLabels, anyLabels, (owner, target) => {
        const rdata = encodeLabels(target)
        const name = nameText(owner)
        const bytes = writeMessage({
          id: 1,
          flags: 0x8000,
          questions: [],
          sections: [[{ name, type: 'CNAME', class: 1, ttl: 5, rdata }]],
        })
        expect(decodeMessage(bytes).answers).toEqual([
          { name: foldCase(name), type: 'CNAME', ttl: 5, data: foldCase(nameText(target)) },
        ])
      }),
    )
  })

  it.each([
    ['a"b', String.raw`a\"b`],
    ['a$b', String.raw`a\$b`],
    ['a@b', String.raw`a\@b`],
    ['a.b', String.raw`a\.b`],
    ['a\\b', String.raw`a\\b`],
    ['a b', String.raw`a\032b`],
    ['a\xe4b', String.raw`a\228b`],
    ['_a*/-b', '_a*/-b'],
  ])('prints the label %s as %s in names, in data and in the reader of answers', (label, text) => {
    const labels = [label, 'test']
    const rdata = encodeLabels(labels)
    expect(nameText(labels)).toBe(`${text}.test`)
    expect(rdataText('NS', rdata)).toBe(`${text}.test.`)
    const bytes = writeMessage({
      id: 1,
      flags: 0x8000,
      questions: [],
      sections: [[{ name: `${text}.test`, type: 'NS', class: 1, ttl: 5, rdata }]],
    })
    expect(decodeMessage(bytes).answers).toMatchObject([{ name: `${text}.test`, data: `${text}.test` }])
    expect(readMessage(bytes).sections[0]).toMatchObject([{ name: `${text}.test` }])
  })

  it('compares the names inside data without case where RFC 4034 says so, and all else byte by byte', () => {
    const same = (type: string, one: string, other: string) =>
      comparableRdata(type, parseRdata(type, one)) === comparableRdata(type, parseRdata(type, other))
    expect(same('MX', '10 Mail.Test.', '10 mail.test.')).toBe(true)
    expect(same('SRV', '1 2 3 A.test.', '1 2 3 a.test.')).toBe(true)
    expect(same('NAPTR', '1 2 "u" "E2U" "" A.test.', '1 2 "u" "E2U" "" a.test.')).toBe(true)
    expect(same('MX', '10 mail.test.', '20 mail.test.')).toBe(false)
    expect(same('TXT', '"A"', '"a"')).toBe(false)
  })

  it.each([
    ['A', '300.1.1.1', /not an IPv4 address/],
    ['AAAA', '1.2.3.4', /not an IPv6 address/],
    ['MX', '10', /ends too early/],
    ['MX', '70000 a.test.', /from 0 to 65535/],
    ['CNAME', 'a..test.', /label 2 is empty/],
    ['TXT', '"open', /no end/],
    ['TXT', `"${'a'.repeat(256)}"`, /at most 255/],
    ['A', '192.0.2.1 192.0.2.2', /more follows/],
    ['LOC', '1 2 3', /ends in N or S/],
    ['TYPE65280', String.raw`\# 3 0102`, /2 bytes follow/],
  ])('refuses %s data %s', (type, text, message) => {
    expect(() => parseRdata(type, text)).toThrow(
      expect.objectContaining({ name: 'DnsFormatError', message: expect.stringMatching(message) }),
    )
  })

  it('reads data over several lines with comments, as zone files have it', () => {
    const text = 'ns1.test. host.test. (\n 7 ; serial\n 3600 600\n 86400 30 )'
    expect(rdataText('SOA', parseRdata('SOA', text))).toBe('ns1.test. host.test. 7 3600 600 86400 30')
  })

  it('names every type both ways, in any case', () => {
    for (const [name, number] of Object.entries(types)) {
      expect(typeName(number)).toBe(name)
      expect(typeNumber(name.toLowerCase())).toBe(number)
    }
    expect(typeName(65280)).toBe('TYPE65280')
    expect(typeNumber('type65280')).toBe(65280)
    expect(() => typeNumber('toString')).toThrow(/not a DNS record type/)
  })
})
