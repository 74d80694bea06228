import { expect, test } from 'vitest'
import { domainSlug, freeSlug, titleSlug } from './slug.ts'

test('the dots of an address become dashes', () => {
  expect(domainSlug('mail.example.co.uk')).toBe('mail-example-co-uk')
})

test('a title loses what cannot stand in a URL', () => {
  expect(titleSlug('  Müller & Söhne GmbH ')).toBe('muller-sohne-gmbh')
  expect(titleSlug('日本')).toBe('account')
})

test('a taken slug gets a random suffix until one is free', async () => {
  const taken = new Set(['a-b', 'a-b-1'])
  let count = 0
  const slug = await freeSlug(
    'a-b',
    async (text) => taken.has(text),
    () => String(++count),
  )
  expect(slug).toBe('a-b-2')
})

test('fails when the random source repeats itself', async () => {
  await expect(
    freeSlug(
      'a',
      async () => true,
      () => 'x',
    ),
  ).rejects.toThrow('No free slug')
})
