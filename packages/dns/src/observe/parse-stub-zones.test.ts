import { describe, expect, it } from 'vitest'
import { parseStubZones } from './parse-stub-zones.ts'

describe('stub zones from a setting', () => {
  it.each<[string[], unknown]>([
    [['Example.test.=127.0.0.1:5353'], [{ zone: 'example.test', servers: [{ address: '127.0.0.1', port: 5353 }] }]],
    [['.=192.0.2.1'], [{ zone: '.', servers: [{ address: '192.0.2.1' }] }]],
    [['a.test=[2001:db8::1]:53'], [{ zone: 'a.test', servers: [{ address: '2001:db8::1', port: 53 }] }]],
    [
      ['a.test=192.0.2.1', 'a.test=192.0.2.2'],
      [{ zone: 'a.test', servers: [{ address: '192.0.2.1' }, { address: '192.0.2.2' }] }],
    ],
  ])('are read from %j', (texts, expected) => {
    expect(parseStubZones(texts)).toEqual(expected)
  })

  it.each([
    'a.test',
    '=1.2.3.4',
    'a.test=',
    'a.test=ns.test',
    'a.test=1.2.3.4:0',
    'a.test=1.2.3.4:99999',
    'a.test=2001:db8::1',
  ])('fail on "%s"', (text) => {
    expect(() => parseStubZones([text])).toThrow(/expected ZONE=ADDRESS/)
  })
})
