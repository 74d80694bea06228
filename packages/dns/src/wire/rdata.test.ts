import { describe, expect, it } from 'vitest'
import { encodeName } from './names.ts'
import { rdataText } from './rdata.ts'

const strings = (...texts: string[]) =>
  Buffer.concat(texts.map((text) => Buffer.from([text.length, ...Buffer.from(text, 'latin1')])))

describe('record data as a zone file writes it', () => {
  it.each<[string, Buffer, string]>([
    ['A', Buffer.from([192, 0, 2, 1]), '192.0.2.1'],
    ['AAAA', Buffer.from('20010db8000000000000000000000001', 'hex'), '2001:db8::1'],
    ['CNAME', encodeName('Key.hosted.test'), 'Key.hosted.test.'],
    ['TXT', strings('a "b" \\', 'c\x07'), '"a \\"b\\" \\\\" "c\\007"'],
    ['MX', Buffer.concat([Buffer.from([0, 10]), encodeName('mx.test')]), '10 mx.test.'],
    ['SRV', Buffer.concat([Buffer.from([0, 1, 0, 2, 1, 187]), encodeName('h.test')]), '1 2 443 h.test.'],
    ['CAA', Buffer.concat([Buffer.from([128]), strings('issue'), Buffer.from('ca.test')]), '128 issue "ca.test"'],
    ['TYPE65280', Buffer.from([1, 0xab]), '\\# 2 01ab'],
    ['TYPE65280', Buffer.alloc(0), '\\# 0'],
  ])('%s', (type, rdata, text) => {
    expect(rdataText(type, rdata)).toBe(text)
  })

  it('falls back to the generic form for data that does not fit its type', () => {
    expect(rdataText('A', Buffer.from([1, 2, 3]))).toBe('\\# 3 010203')
    expect(rdataText('TXT', Buffer.from([9, 65]))).toBe('\\# 2 0941')
    expect(rdataText('CNAME', Buffer.from([0xc0, 0x00]))).toBe('\\# 2 c000')
  })
})
