import { describe, expect, it } from 'vitest'
import { domainSlug, freeSlug, titleSlug } from './slug.ts'

describe('slugs', () => {
  it('replace the dots of an address by dashes', () => {
    expect(domainSlug('mail.example.co.uk')).toBe('mail-example-co-uk')
  })

  it('contain only characters of a title that are allowed in a URL', () => {
    expect(titleSlug('  Müller & Söhne GmbH ')).toBe('muller-sohne-gmbh')
    expect(titleSlug('日本')).toBe('account')
  })

  it('get a random suffix when they are taken', async () => {
    const taken = new Set(['a-b', 'a-b-1'])
    let count = 0
    const slug = await freeSlug(
      'a-b',
      async (text) => taken.has(text),
      () => String(++count),
    )
    expect(slug).toBe('a-b-2')
  })

  it('cannot be chosen when the random source repeats itself', async () => {
    await expect(
      freeSlug(
        'a',
        async () => true,
        () => 'x',
      ),
    ).rejects.toThrow('no free slug')
  })
})
