import { describe, expect, it } from 'vitest'
import { checkedBaseUrl, parseStubZones } from './endpoint.ts'

describe('checkedBaseUrl', () => {
  it('makes an address regular', () => {
    expect(checkedBaseUrl(' https://dmarc.example.com/v2/ ')).toBe('https://dmarc.example.com')
    expect(checkedBaseUrl('http://127.0.0.1:8080')).toBe('http://127.0.0.1:8080')
  })

  it.each([
    ['example.com', 'not a valid URL'],
    ['ftp://example.com', 'not a valid URL'],
    ['http://dmarc.example.com', 'Use https'],
    ['https://me:pw@dmarc.example.com', 'user name'],
  ])('fails on %s', (typed, why) => {
    expect(() => checkedBaseUrl(typed)).toThrow(why)
  })
})

describe('parseStubZones', () => {
  it('reads zones with several servers, IPv6 and default port', () => {
    expect(parseStubZones('Corp.example=10.0.0.1:5353\ncorp.example=10.0.0.2, x.example = [::1]:54')).toEqual([
      {
        zone: 'corp.example',
        servers: [
          { address: '10.0.0.1', port: 5353 },
          { address: '10.0.0.2', port: 53 },
        ],
      },
      { zone: 'x.example', servers: [{ address: '::1', port: 54 }] },
    ])
    expect(parseStubZones('  \n')).toEqual([])
  })

  it.each(['corp.example', 'corp.example=ns1.example', 'corp.example=10.0.0.1:0', 'corp.example=10.0.0.1:99999'])(
    'fails on %s',
    (line) => {
      expect(() => parseStubZones(line)).toThrow('is not valid')
    },
  )
})
