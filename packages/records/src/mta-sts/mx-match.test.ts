import { describe, expect, it } from 'vitest'
import { isMxPattern, mtaStsMxMatches } from './mx-match.ts'

describe('mtaStsMxMatches', () => {
  it.each([
    ['mail.example.com', 'mail.example.com'],
    ['Mail.Example.com', 'mAIL.example.COM.'],
    ['*.example.net', 'a.example.net'],
    ['*.example.net', 'A.EXAMPLE.NET.'],
    ['*.xn--bcher-kva.example', 'mx.xn--bcher-kva.example'],
    ['*.bücher.example', 'mx.xn--bcher-kva.example'],
    ['*.xn--bcher-kva.example', 'mx.Bücher.example.'],
    ['mx.BÜCHER.example', 'mx.bücher.example'],
  ])('%s covers %s', (pattern, host) => {
    expect(mtaStsMxMatches(pattern, host)).toBe(true)
  })

  it.each([
    ['*.example.net', 'example.net'],
    ['*.example.net', 'a.b.example.net'],
    ['*.example.net', 'a.notexample.net'],
    ['*.example.net', '.example.net'],
    ['*.example.net', 'aexample.net'],
    ['*.example.net', '*.example.net'],
    ['mail.example.com', 'mail.example.com.evil.example'],
    ['mail.example.com', 'mailXexample.com'],
    ['*', 'localhost'],
    ['*.', 'a.'],
    ['**.example.net', 'a.example.net'],
    ['mail.*.example.net', 'mail.a.example.net'],
    ['*a.example.net', 'aa.example.net'],
    ['', ''],
    ['*.0.2.1', '192.0.2.1'],
    ['*.bücher.example', 'mx.bucher.example'],
    ['*.example.net', 'ü..example.net'],
  ])('fails to let %j cover %j', (pattern, host) => {
    expect(mtaStsMxMatches(pattern, host)).toBe(false)
  })
})

describe('isMxPattern', () => {
  it('knows what an mx line may hold', () => {
    expect(['mx.example.com', '*.example.com', 'localhost'].every(isMxPattern)).toBe(true)
    expect(['', '*', '*.', 'mx.example.com.', '*.*.example.com', 'bücher.example', '10.0.0.1'].some(isMxPattern)).toBe(
      false,
    )
  })
})
