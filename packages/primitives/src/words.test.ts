import { describe, expect, it, vi } from 'vitest'
import { countOf, wordList } from './words.ts'

describe('wordList', () => {
  it('joins words as in a sentence', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((words) => wordList(words))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ])
    expect(wordList(['a', 'b', 'c'], { conjunction: 'or' })).toBe('a, b or c')
  })

  it('counts what is left out of a long list', () => {
    const words = ['a', 'b', 'c', 'd']
    expect(wordList(words, { most: 2 })).toBe('a, b and 2 more')
    expect(wordList(words, { most: 4 })).toBe('a, b, c and d')
  })

  it('loads the data of a language with the first list, not with the module', async () => {
    const made = vi.spyOn(Intl, 'ListFormat')
    try {
      vi.resetModules()
      const fresh = await import('./words.ts')
      expect(made).not.toHaveBeenCalled()
      fresh.wordList(['a', 'b'])
      fresh.wordList(['a', 'b', 'c'])
      expect(made).toHaveBeenCalledTimes(1)
    } finally {
      made.mockRestore()
    }
  })
})

describe('countOf', () => {
  it('takes the noun in the singular for one only', () => {
    expect([0, 1, 2].map((count) => countOf(count, 'domain'))).toEqual(['0 domains', '1 domain', '2 domains'])
    expect(countOf(2, 'entry', 'entries')).toBe('2 entries')
  })
})
