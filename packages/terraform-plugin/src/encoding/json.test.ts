import { describe, expect, it } from 'vitest'
import { Dynamic } from './dynamic.ts'
import { decodeJsonValue, parseJson } from './json.ts'
import { ExactNumber } from './number.ts'
import { rawObject } from './raw.ts'
import type { Type } from './type.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const decode = (type: Type, text: string) => decodeJsonValue(type, bytes(text))

describe('a stored state', () => {
  it('keeps every digit of its numbers', () => {
    expect(decode('number', '12345678901234567890123')).toBe(12345678901234567890123n)
    expect(decode('number', '0.1')).toBe(0.1)
    expect(decode('number', '3.14159265358979323846')).toEqual(new ExactNumber('3.14159265358979323846'))
    expect(decode('number', '1e3')).toBe(1000)
    expect(decode('number', '"7"')).toBe(7)
  })

  it('is read by its schema: dynamic values carry their type, missing attributes are null, foreign ones are left out', () => {
    const type: Type = [
      'object',
      { any: 'dynamic', gone: 'string', tags: ['map', ['set', 'bool']], pair: ['tuple', ['string', 'number']] },
    ]
    expect(
      decode(
        type,
        '{"any":{"type":["list","number"],"value":[1]},"tags":{"__proto__":[true]},"pair":["a",1],"foreign":1}',
      ),
    ).toEqual(
      rawObject([
        ['any', new Dynamic(['list', 'number'], [1])],
        ['gone', null],
        ['tags', rawObject([['__proto__', [true]]])],
        ['pair', ['a', 1]],
      ]),
    )
  })

  it.each<[string, Type, string]>([
    ['a number where a text is expected', ['object', { a: 'string' }], '{"a":1}'],
    ['a text where a list is expected', ['list', 'string'], '"a"'],
    ['a list where an object is expected', ['object', {}], '[]'],
    ['a dynamic value without a type', 'dynamic', '{"value":1}'],
  ])('fails on %s', (_, type, text) => {
    expect(() => decode(type, text)).toThrow(/expected|no Terraform type|JSON/)
  })

  it('fails naming the place', () => {
    expect(() => decode(['object', { a: ['list', 'bool'] }], '{"a":[true,"no"]}')).toThrow(
      /at \.a\[1\], expected "bool"/,
    )
  })
})

it('JSON of no known schema keeps numbers as text where nothing else is exact', () => {
  expect(parseJson(bytes('{"a":[1,12345678901234567890,0.12345678901234567890123,null]}'))).toEqual({
    a: [1, 12345678901234567890n, '0.12345678901234567890123', null],
  })
})
