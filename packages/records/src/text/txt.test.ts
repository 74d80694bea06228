import { describe, expect, it } from 'vitest'
import { joinTxt, splitTxt, zoneFileTxt } from './txt.ts'

describe('splitTxt', () => {
  it('keeps a value of 255 bytes whole and cuts one of 256', () => {
    expect(splitTxt('a'.repeat(255))).toEqual(['a'.repeat(255)])
    expect(splitTxt('a'.repeat(256))).toEqual(['a'.repeat(255), 'a'])
  })

  it('counts bytes, not characters, and cuts no character in two', () => {
    expect(splitTxt('€'.repeat(86))).toEqual(['€'.repeat(85), '€'])
    expect(splitTxt(`${'a'.repeat(252)}😀`)).toEqual(['a'.repeat(252), '😀'])
  })

  it('answers one empty string for an empty value', () => {
    expect(splitTxt('')).toEqual([''])
  })

  it('is undone by joining with nothing between', () => {
    const value = 'v=DMARC1; p=none; '.repeat(40)
    expect(joinTxt(splitTxt(value))).toBe(value)
  })
})

describe('zoneFileTxt', () => {
  it('quotes each string, escapes quotes and backslashes, and leaves semicolons alone', () => {
    expect(zoneFileTxt('v=DMARC1; x="a\\b"')).toBe('"v=DMARC1; x=\\"a\\\\b\\""')
  })

  it('writes bytes outside printable ASCII as three decimal digits', () => {
    expect(zoneFileTxt('ü\t')).toBe('"\\195\\188\\009"')
  })

  it('separates several strings by a space', () => {
    expect(zoneFileTxt('a'.repeat(256))).toBe(`"${'a'.repeat(255)}" "a"`)
  })
})
