import { describe, expect, it } from 'vitest'
import { plainTxt, quoteTxt } from './dotted.ts'

describe('quoteTxt', () => {
  it('cuts after 255 bytes, not characters', () => {
    const text = 'ü'.repeat(200)
    const strings = quoteTxt(text).match(/"[^"]*"/g) ?? []
    expect(strings).toHaveLength(2)
    expect(plainTxt(quoteTxt(text))).toBe(text)
  })

  it('escapes quotes and backslashes, and leaves what is quoted as it is', () => {
    expect(quoteTxt('say "hi" \\ bye')).toBe('"say \\"hi\\" \\\\ bye"')
    expect(quoteTxt('"a" "b"')).toBe('"a" "b"')
    expect(quoteTxt('')).toBe('""')
  })
})
