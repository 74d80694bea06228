import { describe, expect, it } from 'vitest'
import { ZoneData } from './zone-data.ts'

const zone = () => new ZoneData({ origin: 'hosted.test', nameServers: ['ns1.hosted.test'] })
const txt = (value: string) => ({ type: 'TXT', ttl: 300, data: [value] }) as const

describe('zone data', () => {
  it('replaces all records of a name and raises the serial once', () => {
    const data = zone()
    data.setRrsets('a.hosted.test', [txt('one'), { type: 'A', ttl: 60, data: ['127.0.0.1'] }])
    data.setRrsets('a.hosted.test', [txt('two')])
    expect(data.serial).toBe(3)
    expect(data.dump()).toBe('a.hosted.test. 300 IN TXT "two"\nhosted.test. 3600 IN NS ns1.hosted.test.\n')
  })

  it('changes several names atomically with one new serial', () => {
    const data = zone()
    data.apply([
      ['a.hosted.test', [txt('one')]],
      ['b.hosted.test', [txt('two')]],
    ])
    expect(data.serial).toBe(2)
  })

  it('changes nothing when one of several changes is refused', () => {
    const data = zone()
    const before = data.dump()
    expect(() =>
      data.apply([
        ['a.hosted.test', [txt('one')]],
        ['a.elsewhere.test', [txt('two')]],
      ]),
    ).toThrow('a.elsewhere.test is not in the zone hosted.test')
    expect(data.dump()).toBe(before)
    expect(data.serial).toBe(1)
  })

  it('keeps empty non-terminals while a deeper name exists', () => {
    const data = zone()
    const middle = ['b', 'hosted', 'test']
    data.setRrsets('x.a.b.hosted.test', [txt('deep')])
    data.setRrsets('y.b.hosted.test', [txt('other')])
    data.remove('x.a.b.hosted.test')
    expect(data.node(middle)?.rrsets.size).toBe(0)
    expect(data.node(['a', ...middle])).toBeUndefined()
    data.remove('y.b.hosted.test')
    expect(data.node(middle)).toBeUndefined()
  })

  it('keeps a name without records while deeper names exist', () => {
    const data = zone()
    data.setRrsets('b.hosted.test', [txt('here')])
    data.setRrsets('a.b.hosted.test', [txt('below')])
    data.remove('b.hosted.test')
    expect(data.node(['b', 'hosted', 'test'])?.rrsets.size).toBe(0)
    data.remove('a.b.hosted.test')
    expect(data.node(['b', 'hosted', 'test'])).toBeUndefined()
  })

  it('compares names without case and preserves case', () => {
    const data = zone()
    data.setRrsets('MiXed.hosted.test', [txt('one')])
    expect(data.rrsets('mixed.HOSTED.test.')).toHaveLength(1)
    expect(data.dump()).toContain('MiXed.hosted.test. 300')
  })

  it('skips 0 when the serial wraps', () => {
    const data = new ZoneData({ origin: 'hosted.test', nameServers: ['ns1.hosted.test'], serial: 0xffffffff })
    data.remove('a.hosted.test')
    expect(data.serial).toBe(1)
  })

  it.each([
    [
      'a CNAME beside TXT',
      'a.hosted.test',
      [{ type: 'CNAME', ttl: 1, data: ['b.test'] }, txt('x')],
      'cannot have any other record',
    ],
    [
      'two CNAMEs',
      'a.hosted.test',
      [{ type: 'CNAME', ttl: 1, data: ['b.test', 'c.test'] }],
      'cannot have any other record',
    ],
    ['an apex without NS', 'hosted.test', [txt('x')], 'needs NS records'],
    ['a set without values', 'a.hosted.test', [{ type: 'TXT', ttl: 1, data: [] }], 'have no value'],
    ['the same type twice', 'a.hosted.test', [txt('x'), txt('y')], 'two sets of TXT'],
    ['a negative TTL', 'a.hosted.test', [{ type: 'TXT', ttl: -1, data: ['x'] }], 'found -1'],
    ['an empty label', 'a..hosted.test', [txt('x')], 'label 2 is empty'],
    ['a label over 63 bytes', `${'a'.repeat(64)}.hosted.test`, [txt('x')], '64 bytes, and at most 63'],
    ['a name over 255 bytes', `${'a.'.repeat(130)}hosted.test`, [txt('x')], 'at most 255'],
    ['a name outside ASCII', 'bücher.hosted.test', [txt('x')], 'A-labels'],
  ] as const)('fails for %s and says why', (_, name, rrsets, message) => {
    expect(() => zone().setRrsets(name, rrsets)).toThrow(message)
  })
})
