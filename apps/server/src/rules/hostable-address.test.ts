import { describe, expect, it } from 'vitest'
import { unhostable } from './hostable-address.ts'

const rules = { zone: 'hosting.acme.net', allowPrivate: false }

describe('the domains that a server takes', () => {
  it.each(['acme.com', 'mail.acme.co.uk', 'acme.net', 'hosting.acme.net.acme.com', 'protest.com', 'github.io'])(
    'include %s',
    (address) => expect(unhostable(address, rules)).toBeUndefined(),
  )

  it.each([
    'printer.local',
    'db.internal',
    'corp.test',
    'a.localhost',
    'a.invalid',
    'a.example',
    'mail.example.com',
    'abc.onion',
    '1.168.192.in-addr.arpa',
    '8.b.d.0.1.0.0.2.ip6.arpa',
    'router.home.arpa',
  ])('do not include the special-use name %s, unless the setting allows it', (address) => {
    expect(unhostable(address, rules)).toContain('special-use name')
    expect(unhostable(address, { ...rules, allowPrivate: true })).toBeUndefined()
  })

  it.each(['co.uk', 'com.au', 'gov.uk'])('never include the public suffix %s', (address) => {
    expect(unhostable(address, { ...rules, allowPrivate: true })).toContain('public suffix')
  })

  it.each(['hosting.acme.net', 'key.dmarc.hosting.acme.net'])('never include %s of the hosted zone', (address) => {
    expect(unhostable(address, { ...rules, allowPrivate: true })).toContain('hosted zone')
  })
})
