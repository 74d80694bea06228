import { describe, expect, it } from 'vitest'
import { domainLink, findDeepLink, parseDeepLink } from './deep-link.ts'

describe('parseDeepLink', () => {
  it('leads to a domain, whatever its spelling', () => {
    expect(parseDeepLink('dmarc-watch://domain/Example.COM')).toEqual({ page: 'domain', address: 'example.com' })
    expect(parseDeepLink(domainLink('bücher.example'))).toEqual({ page: 'domain', address: 'xn--bcher-kva.example' })
    expect(parseDeepLink('dmarc-watch://overview/')).toEqual({ page: 'overview' })
    expect(parseDeepLink('DMARC-WATCH://settings')).toEqual({ page: 'settings' })
  })

  it.each([
    'https://domain/example.com',
    'dmarc-watch://domain/',
    'dmarc-watch://domain/a/b',
    'dmarc-watch://domain/example.com?token=x',
    'dmarc-watch://domain/%ff',
    'dmarc-watch://domain/exa mple.com',
    'dmarc-watch://apply/example.com',
    'dmarc-watch://overview/x',
    `dmarc-watch://domain/${'a'.repeat(2000)}`,
    '--dmarc-watch://domain/example.com',
  ])('refuses %s', (link) => {
    expect(parseDeepLink(link)).toBeUndefined()
  })

  it('finds a link among other arguments', () => {
    expect(findDeepLink(['/usr/bin/app', '--hidden', 'dmarc-watch://settings'])).toEqual({ page: 'settings' })
    expect(findDeepLink(['/usr/bin/app'])).toBeUndefined()
  })
})
