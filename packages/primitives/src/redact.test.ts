import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Redactor } from './redact.ts'

const secret = 's3cr3t+tok/en "&\\x'
const redactor = new Redactor([secret])
const mask = '[redacted]'
const base64 = (text: string) => Buffer.from(text).toString('base64')
const base64url = (text: string) => Buffer.from(text).toString('base64url')

describe('a redactor', () => {
  it.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
    ['percent-encoded only where a path needs it', encodeURI(secret)],
    ['in a form', new URLSearchParams([['', secret]]).toString().slice(1)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON with escaped slashes', JSON.stringify(secret).slice(1, -1).replace('/', '\\/')],
    ['in HTML', 's3cr3t+tok/en &quot;&amp;\\x'],
    ['in HTML with numbers', 's3cr3t+tok/en &#34;&#x26;\\x'],
    ['in base64', base64(secret)],
    ['in base64 without padding', base64(secret).replace(/=+$/, '')],
    ['in base64url', base64url(secret)],
    ['in the base64 of user and password', base64(`user:${secret}`)],
    ['in the base64 of a longer text', base64(`{"a":"xy","key":${JSON.stringify('z')},"t":"${secret}"}`)],
  ])('removes a secret %s', (_, form) => {
    expect(redactor.text(`before ${form} after`)).toBe(`before ${mask} after`)
  })

  it('leaves nothing of a secret in base64, whatever stands around it', () => {
    const token = fc.stringMatching(/^[a-zA-Z0-9+/=!é漢]{8,40}$/)
    fc.assert(
      fc.property(token, fc.string({ maxLength: 7 }), fc.string({ maxLength: 7 }), (value, before, after) => {
        const one = new Redactor([value])
        const text = before + value + after
        expect(one.text(`x ${base64(text)} y`)).toBe(`x ${mask} y`)
        expect(one.text(`x ${base64url(text)} y`)).toBe(`x ${mask} y`)
        expect(one.text(encodeURIComponent(value))).toBe(mask)
      }),
    )
  })

  it("removes other people's tokens from an echoed header", () => {
    expect(redactor.text('authorization: Token token="abc123", x')).toBe(`authorization: Token token=${mask}, x`)
    expect(redactor.text('Bearer abc123')).toBe(`Bearer ${mask}`)
    expect(redactor.text('authorization: Basic dXNlcjpwYXNz')).toBe(`authorization: Basic ${mask}`)
  })

  it('leaves ordinary words and its own mask alone', () => {
    const texts = ['the basic concept is a bearer of news', `Token token=${mask}`, 'a+b']
    expect(texts.map((text) => redactor.text(text))).toEqual(texts)
    expect(redactor.text(redactor.text(`Token token=${secret}`))).toBe(`Token token=${mask}`)
  })

  it('does not look for a stand-in that is no secret, but masks it as a token', () => {
    expect(new Redactor(['test']).text('the test with Token token=test failed')).toBe(
      `the test with Token token=${mask} failed`,
    )
  })

  it('learns further secrets, and removes the longest first', () => {
    const learning = new Redactor([], { mask: '*' })
    learning.add('password')
    learning.add('password-of-admin')
    expect(learning.text('password-of-admin and password')).toBe('* and *')
  })

  it('keeps a mask with the signs of a replacement pattern as it is', () => {
    expect(new Redactor(['password'], { mask: '$&$1' }).text('a password')).toBe('a $&$1')
  })

  it('goes through plain data, keys included, and leaves the rest alone', () => {
    expect(redactor.data({ [secret]: [`x ${secret}`, 1, null, true] })).toEqual({
      [mask]: [`x ${mask}`, 1, null, true],
    })
  })

  it('keeps of an error what explains it, and nothing a library may have hung on it', () => {
    const inner = Object.assign(new Error(`connect ${secret}`), { code: 'ECONNRESET' })
    const outer = Object.assign(new TypeError('fetch failed', { cause: inner }), {
      config: { headers: { authorization: `Token token=${secret}` } },
    })
    const copy = redactor.cause(outer) as Error & { config?: unknown; cause: Error & { code: string } }
    expect(copy).toBeInstanceOf(Error)
    expect(copy.name).toBe('TypeError')
    expect(copy.config).toBeUndefined()
    expect(copy.cause.message).toBe(`connect ${mask}`)
    expect(copy.cause.code).toBe('ECONNRESET')
    expect(copy.cause.stack).not.toContain('s3cr3t')
  })

  it('ends on errors and data that contain themselves', () => {
    const loop = new Error('loop')
    loop.cause = loop
    expect(redactor.cause(loop)).toBeInstanceOf(Error)
    const ring: Record<string, unknown> = {}
    ring.ring = ring
    expect(JSON.stringify(redactor.data(ring))).toContain(mask)
  })
})
