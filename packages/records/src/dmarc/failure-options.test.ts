import { describe, expect, it } from 'vitest'
import { isFailureOptions, normaliseFailureOptions } from './failure-options.ts'

describe('isFailureOptions', () => {
  it.each(['0', '1', 'd', 's', 'd:s', '1:d', '1:d:s', 'd:1:s', 'd:s:0'])('accepts %s', (value) => {
    expect(isFailureOptions(value)).toBe(true)
  })

  it.each(['', '0:1', 'd:d', '0 : d', ':', '1:', 'x', '1:x', '01'])('fails on %j', (value) => {
    expect(isFailureOptions(value)).toBe(false)
  })
})

describe('normaliseFailureOptions', () => {
  it.each([
    ['0:1:d:s', '1:d:s'],
    ['d:d', 'd'],
    ['0 : D', '0:d'],
    ['s:1:d', 's:1:d'],
  ])('makes %j into %s', (value, expected) => {
    expect(normaliseFailureOptions(value)).toBe(expected)
  })

  it('fails softly on an unknown word', () => {
    expect(normaliseFailureOptions('1:x')).toBeUndefined()
  })
})
