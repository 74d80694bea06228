import { describe, expect, test } from 'vitest'
import { excerpt, redactor } from './redact.ts'

const { text, data, cause } = redactor('s3cr3t+tok/en')

describe('redaction', () => {
  test('removes the token in each spelling it may travel in', () => {
    expect(text('a s3cr3t+tok/en b')).toBe('a [redacted] b')
    expect(text(`a ${encodeURIComponent('s3cr3t+tok/en')} b`)).toBe('a [redacted] b')
    expect(text(`a ${btoa('s3cr3t+tok/en')} b`)).toBe('a [redacted] b')
  })

  test("removes other people's tokens from an echoed header", () => {
    expect(text('authorization: Token token="abc123", x')).toBe('authorization: Token token=[redacted], x')
    expect(text('Bearer abc123')).toBe('Bearer [redacted]')
  })

  test('goes through plain data, keys included, and leaves the rest alone', () => {
    expect(data({ 's3cr3t+tok/en': ['x s3cr3t+tok/en', 1, null, true] })).toEqual({
      '[redacted]': ['x [redacted]', 1, null, true],
    })
  })

  test('keeps of an error what explains it, and nothing a fetch may have hung on it', () => {
    const inner = Object.assign(new Error('connect s3cr3t+tok/en'), { code: 'ECONNRESET' })
    const outer = Object.assign(new TypeError('fetch failed', { cause: inner }), {
      config: { headers: { authorization: 'Token token=s3cr3t+tok/en' } },
    })
    const copy = cause(outer) as Error & { config?: unknown; cause: Error & { code: string } }
    expect(copy).toBeInstanceOf(Error)
    expect(copy.name).toBe('TypeError')
    expect(copy.config).toBeUndefined()
    expect(copy.cause.message).toBe('connect [redacted]')
    expect(copy.cause.code).toBe('ECONNRESET')
    expect(copy.cause.stack).not.toContain('s3cr3t')
  })

  test('ends on errors and data that contain themselves', () => {
    const loop = new Error('loop')
    loop.cause = loop
    expect(cause(loop)).toBeInstanceOf(Error)
    const ring: Record<string, unknown> = {}
    ring.ring = ring
    expect(JSON.stringify(data(ring))).toContain('[redacted]')
  })
})

test('a long text is cut, and says how long it was', () => {
  expect(excerpt('a\n  b')).toBe('a b')
  expect(excerpt('x'.repeat(30), 10)).toBe('xxxxxxxxxx… (30 characters)')
})

test('a stand-in for a token does not eat the words it occurs in', () => {
  expect(redactor('test').text('the test with Token token=test failed')).toBe(
    'the test with Token token=[redacted] failed',
  )
})
