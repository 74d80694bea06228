import { describe, expect, it } from 'vitest'
import { isAligned } from './alignment.ts'
import { discoverDmarc, findOrganisationalDomain } from './discover.ts'

const zone: Record<string, string[]> = {
  '_dmarc.example.com': ['v=DMARC1; p=reject'],
  '_dmarc.unit.example.com': ['v=DMARC1; p=none; psd=n'],
  '_dmarc.bank': ['v=DMARC1; p=reject; psd=y'],
}
const lookup = (name: string) => zone[name] ?? []
const of = (domain: string) => findOrganisationalDomain(domain, lookup)

describe('alignment', () => {
  it.each([
    // RFC 9989 B.1: SPF and DKIM with the same domain, with the parent, and with another organisation.
    ['example.com', 'example.com', true, true],
    ['child.example.com', 'example.com', true, false],
    ['example.com', 'child.example.com', true, false],
    ['example.com', 'sample.net', false, false],
    ['News.Example.com.', 'news.example.com', true, true],
    ['a.unit.example.com', 'b.unit.example.com', true, false],
    ['a.unit.example.com', 'example.com', false, false],
    ['www.one.bank', 'one.bank', true, false],
    ['one.bank', 'two.bank', false, false],
  ])('of %s with %s is %s when relaxed and %s when strict', async (author, authenticated, relaxed, strict) => {
    const [from, other] = [await of(author), await of(authenticated)]
    expect(isAligned(from, other, 'r')).toBe(relaxed)
    expect(isAligned(from, other, 's')).toBe(strict)
  })

  it('is not known where the tree walk of a relaxed domain failed, and known where it does not matter', async () => {
    const broken = (name: string) => (name === '_dmarc.com' ? Promise.reject(new Error('SERVFAIL')) : lookup(name))
    const author = await discoverDmarc('example.com', broken)
    expect(isAligned(author, await of('news.example.com'), 'r')).toBeUndefined()
    expect(isAligned(author, await of('news.example.com'), 's')).toBe(false)
    expect(isAligned(author, await of('example.com'), 'r')).toBe(true)
  })
})
