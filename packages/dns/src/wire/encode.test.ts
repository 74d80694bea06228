import packet from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { encodeQuery } from './encode.ts'

describe('encodeQuery', () => {
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
