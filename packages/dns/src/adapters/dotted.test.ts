import { describe, expect, it } from 'vitest'
import { absoluteValue, plainTxt, quoteTxt } from './dotted.ts'

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

describe('absoluteValue', () => {
  it.each([
    ['CNAME', 'k.hosted.test.', 'k.hosted.test.'],
    ['CNAME', 'k.hosted.test', 'k.hosted.test.example.test.'],
    ['CNAME', '@', 'example.test.'],
    ['MX', '10 mail', '10 mail.example.test.'],
    ['MX', '10 @', '10 example.test.'],
    ['SRV', '0 5 443 host', '0 5 443 host.example.test.'],
    ['TXT', '"k.hosted.test"', '"k.hosted.test"'],
    ['CAA', '0 issue "ca.test"', '0 issue "ca.test"'],
  ])('reads %s %s as zone files do', (type, value, absolute) => {
    expect(absoluteValue(type, value, 'example.test')).toBe(absolute)
  })
})
