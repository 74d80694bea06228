import { describe, expect, it } from 'vitest'
import { parseDomainName, toAsciiHost } from './domain-name.ts'

const ascii = (input: string) => {
  const parsed = parseDomainName(input)
  return parsed.ok ? parsed.ascii : parsed.finding.code
}

describe('parseDomainName', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    [' example.com\n', 'example.com'],
    ['a-b.example', 'a-b.example'],
    ['1and1.com', '1and1.com'],
    ['r3---sn.example', 'r3---sn.example'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['bücher。example。', 'xn--bcher-kva.example'],
    ['ＥＸＡＭＰＬＥ.com', 'example.com'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('reads %j as %s', (input, expected) => {
    expect(ascii(input)).toBe(expected)
  })

  it('shows international names as letters', () => {
    expect(parseDomainName('xn--bcher-kva.example')).toMatchObject({ ok: true, unicode: 'bücher.example' })
    expect(parseDomainName('xn--fa-hia.de')).toMatchObject({ ok: true, unicode: 'faß.de' })
  })

  it.each([
    ['', 'domain-empty'],
    ['.', 'domain-empty'],
    ['192.0.2.1', 'domain-address'],
    ['1.2.3', 'domain-address'],
    ['0x7f.1', 'domain-address'],
    ['１９２.０.２.１', 'domain-address'],
    ['[192.0.2.1]', 'domain-address'],
    ['2001:db8::1', 'domain-address'],
    ['::1', 'domain-address'],
    ['example', 'domain-single-label'],
    ['example..com', 'domain-empty-label'],
    ['.example.com', 'domain-empty-label'],
    ['example.com..', 'domain-empty-label'],
    ['-a.example', 'domain-hyphen'],
    ['a-.example', 'domain-hyphen'],
    [`${'a'.repeat(64)}.example`, 'domain-label-long'],
    [`${'a.'.repeat(124)}example`, 'domain-long'],
    ['ü'.repeat(5000), 'domain-long'],
    ['_dmarc.example.com', 'domain-characters'],
    ['*.example.com', 'domain-characters'],
    ['user@example.com', 'domain-characters'],
    ['https://example.com/', 'domain-characters'],
    ['exam ple.com', 'domain-characters'],
    ['exam%70le.com', 'domain-characters'],
    ['example.com:25', 'domain-characters'],
    ['xn--a.example', 'domain-idn'],
    ['xn--.example', 'domain-hyphen'],
    ['xn--example-.com', 'domain-hyphen'],
    ['℀.example', 'domain-idn'],
    ['a\u202eb.example', 'domain-idn'],
  ])('fails on %j with %s', (input, code) => {
    expect(ascii(input)).toBe(code)
  })

  it('fails with a message that says what to do', () => {
    const parsed = parseDomainName('postmaster@example.com')
    expect(!parsed.ok && parsed.finding.message).toBe(
      'This is an e-mail address: found `postmaster@example.com`, expected only letters, digits, hyphens and dots. Keep only what follows the @.',
    )
  })
})

describe('toAsciiHost', () => {
  it('accepts a single label, unlike a mail domain', () => {
    expect(toAsciiHost('Localhost')).toBe('localhost')
  })

  it('fails softly on what is no host', () => {
    expect([toAsciiHost('a b'), toAsciiHost('10.0.0.1'), toAsciiHost('')]).toEqual([undefined, undefined, undefined])
  })
})
