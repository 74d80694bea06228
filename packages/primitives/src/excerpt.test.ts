import { describe, expect, it } from 'vitest'
import { excerpt } from './excerpt.ts'

describe('excerpt', () => {
  it('puts a text on one line', () => {
    expect(excerpt(' a\n  b\t')).toBe('a b')
  })

  it('cuts a long text and says how long it was', () => {
    expect(excerpt('x'.repeat(30), 10)).toBe('xxxxxxxxxx… (30 characters)')
    expect(excerpt('x'.repeat(10), 10)).toBe('xxxxxxxxxx')
  })
})
