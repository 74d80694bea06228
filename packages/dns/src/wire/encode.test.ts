import packet, { type OptAnswer } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeQuery } from './encode.ts'

const opt: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize: 1232,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}
const label = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789-_*/'),
  minLength: 1,
  maxLength: 63,
})
const name = fc
  .array(label, { maxLength: 6 })
  .map((labels) => labels.join('.'))
  .filter((text) => text.length <= 253)
const types = ['A', 'AAAA', 'CAA', 'CNAME', 'DNAME', 'DS', 'MX', 'NS', 'PTR', 'SOA', 'TXT'] as const

describe('encodeQuery', () => {
  it('writes byte for byte what dns-packet writes', () => {
    const flag = fc.boolean()
    const queries = fc.record({
      id: fc.nat(0xffff),
      name,
      type: fc.constantFrom(...types),
      rd: flag,
      cd: flag,
      edns: flag,
    })
    fc.assert(
      fc.property(queries, ({ id, name, type, rd, cd, edns }) => {
        const options = { recursionDesired: rd, checkingDisabled: cd, edns }
        const expected = packet.encode({
          type: 'query',
          id,
          flags: (rd ? packet.RECURSION_DESIRED : 0) | (cd ? packet.CHECKING_DISABLED : 0),
          questions: [{ type, name: name === '' ? '.' : name.toLowerCase() }],
          additionals: edns ? [opt] : [],
        })
        expect(encodeQuery(id, { name, type }, options).toString('hex')).toBe(expected.toString('hex'))
      }),
    )
  })

  it.each(['_dmarc.Example.test', '_dmarc.example.test.', '', '.', 'x'])(
    'writes what dns-packet reads: "%s"',
    (name) => {
      const bytes = encodeQuery(4711, { name, type: 'TXT' }, { recursionDesired: true })
      const query = packet.decode(bytes)
      expect(query).toMatchObject({ id: 4711, type: 'query', flag_rd: true, flag_cd: false })
      expect(query.questions).toMatchObject([{ name: name.toLowerCase().replace(/\.$/, '') || '.', type: 'TXT' }])
      expect(query.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232, flag_do: false, options: [] }])
      expect(packet.decode.bytes).toBe(bytes.length)
    },
  )

  it('leaves EDNS out when told so', () => {
    const bytes = encodeQuery(1, { name: 'a.test', type: 'A' }, { edns: false })
    expect(packet.decode(bytes).additionals).toEqual([])
    expect(packet.decode.bytes).toBe(bytes.length)
  })

  it.each(['a..b', `${'x'.repeat(64)}.test`, '\u00e4.test', 'a b.test', `${'x.'.repeat(126)}xx`])(
    'fails on "%s"',
    (name) => {
      expect(() => encodeQuery(1, { name, type: 'A' })).toThrow('The DNS cannot be asked for')
    },
  )

  it('asks for the longest name there is', () => {
    const name = `${'x.'.repeat(126)}x`
    expect(packet.decode(encodeQuery(1, { name, type: 'A' })).questions?.[0]?.name).toBe(name)
  })
})
