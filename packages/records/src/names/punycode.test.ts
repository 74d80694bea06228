import { describe, expect, it } from 'vitest'
import { decodePunycode } from './punycode.ts'

describe('decodePunycode', () => {
  // RFC 3492 7.1, samples B, C, L and S.
  it.each([
    ['ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['ihqwctvzc91f659drss3x8bo0yb', '他們爲什麽不說中文'],
    ['3B-ww4c5e180e575a65lsy2b', '3年B組金八先生'],
    ['-> $1.00 <--', '-> $1.00 <-'],
  ])('decodes %s', (encoded, expected) => {
    expect(decodePunycode(encoded)).toBe(expected)
  })

  it.each(['é', 'a-é', '99999999999999', 'bcher-kv!', 'ab-cd-zzzzzzzzzzzzzz'])('fails on %j', (encoded) => {
    expect(decodePunycode(encoded)).toBeUndefined()
  })
})
