import { describe, expect, it } from 'vitest'
import { Attribute } from './attribute.ts'
import { s } from './s.ts'

const types = {
  json: s.json(),
  duration: s.duration(),
  ipAddress: s.ipAddress(),
  ipv4: s.ipAddress(4),
  cidr: s.cidr(),
  dateTime: s.dateTime(),
  domainName: s.domainName(),
}
type TypeName = keyof typeof types

const check = (type: TypeName, text: string) => types[type].spec.validators[0]?.(text as never, { path: [] })
const same = (type: TypeName, left: string, right: string) =>
  (types[type].spec.shape.same as unknown as (left: string, right: string) => boolean)(left, right)

describe('texts that stand for values', () => {
  it.each<[TypeName, string, string]>([
    ['json', '{"a":1,"b":[1,2]}', ' { "b": [1, 2], "a": 1.0 } '],
    ['json', '"\\u00e9"', '"é"'],
    ['duration', '90s', '1m30s'],
    ['ipAddress', '2001:DB8:0:0::1', '2001:db8::1'],
    ['ipAddress', '::ffff:192.0.2.1', '::ffff:c000:201'],
    ['cidr', '2001:DB8::/32', '2001:db8:0::/32'],
    ['dateTime', '2024-01-01T01:00:00+01:00', '2024-01-01T00:00:00Z'],
    ['dateTime', '2024-01-01T00:00:00.50z', '2024-01-01t00:00:00.5Z'],
    ['domainName', 'Example.COM.', 'example.com'],
    ['domainName', 'bücher.example', 'XN--BCHER-KVA.example'],
    ['domainName', '_dmarc.1.Example', '_dmarc.1.example'],
    ['domainName', '_dmarc.Bücher。example', '_dmarc.xn--bcher-kva.example'],
    ['domainName', 'bu\u0308cher.example', 'bücher.example'],
  ])('%s: %s and %s are the same', (type, left, right) => {
    expect([check(type, left), check(type, right), same(type, left, right)]).toEqual([undefined, undefined, true])
  })

  it.each<[TypeName, string, string]>([
    ['json', '12345678901234567890', '12345678901234567891'],
    ['json', '[1,2]', '[2,1]'],
    ['json', '{"a":null}', '{}'],
    ['json', '"1"', '1'],
    ['duration', '1s', '1ms'],
    ['ipAddress', '192.0.2.1', '192.0.2.2'],
    ['cidr', '192.0.2.1/24', '192.0.2.0/24'],
    ['dateTime', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.0001Z'],
    ['domainName', 'a.example', 'b.example'],
    ['domainName', 'not a name', 'not a name!'],
  ])('%s: %s and %s differ', (type, left, right) => {
    expect(same(type, left, right)).toBe(false)
  })

  it.each<[TypeName, string, RegExp]>([
    ['json', '{a}', /Found "\{a\}", expected JSON text/],
    ['duration', '5 minutes', /expected a duration/],
    ['ipAddress', '192.0.2.256', /expected an IP address/],
    ['ipAddress', 'fe80::1%eth0', /expected an IP address/],
    ['ipv4', '::1', /expected an IPv4 address/],
    ['cidr', '192.0.2.0/33', /with a prefix length/],
    ['cidr', '192.0.2.0', /with a prefix length/],
    ['dateTime', '2023-02-29T00:00:00Z', /RFC 3339/],
    ['dateTime', '2024-01-01T24:00:00Z', /RFC 3339/],
    ['dateTime', '2024-01-01 00:00:00Z', /RFC 3339/],
    ['domainName', 'a..example', /expected a domain name/],
    ['domainName', `${'a'.repeat(64)}.example`, /expected a domain name/],
  ])('%s refuses %s', (type, text, message) => {
    expect(check(type, text)).toMatch(message)
  })

  it.each([
    ['user information', 'mallory@bücher.example'],
    ['a path', 'bücher.example/evil'],
    ['a port', 'bücher.example:25'],
    ['a query', 'bücher.example?x'],
    ['a fragment', 'bücher.example#x'],
    ['a percent-encoded dot', 'bücher%2eexample'],
    ['a backslash', 'bücher.example\\evil'],
    ['a tab', 'bü\tcher.example'],
    ['a line break', 'bü\ncher.example'],
    ['a soft hyphen', 'bü\u00adcher.example'],
    ['full-width letters', 'bücher.ｅxample'],
    ['full-width digits', '１２７.0.0.1'],
    ['an empty label', 'bücher..example'],
  ])('domainName refuses %s, and takes it for no other name', (_, text) => {
    expect(check('domainName', text)).toMatch(/expected a domain name/)
    expect([same('domainName', text, 'bücher.example'), same('domainName', text, '127.0.0.1')]).toEqual([false, false])
  })

  it('does not repeat a long text whole', () => {
    expect(check('json', 'x'.repeat(10_000))?.length).toBeLessThan(200)
  })

  it('is a type like any other, and unordered is for lists', () => {
    expect(types.json).toBeInstanceOf(Attribute)
    expect(() => s.string().unordered()).toThrow('unordered() is for lists, found a string.')
  })
})
