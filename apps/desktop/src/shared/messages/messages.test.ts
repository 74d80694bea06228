import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { german } from './german.ts'
import { languageOf } from './language.ts'
import { listOf } from './lists.ts'
import { formFor, plural, setLanguage, t } from './messages.ts'

afterEach(() => setLanguage('en'))

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort()

describe('the catalogue', () => {
  it.each(Object.entries(german))('has the placeholders and forms of "%s" in German', (english, translated) => {
    const forms = [english.split('|'), translated.split('|')]
    expect(forms[1]).toHaveLength(forms[0]?.length ?? 0)
    forms[0]?.forEach((form, index) => {
      expect(placeholders(forms[1]?.[index] ?? '')).toEqual(placeholders(form))
    })
  })

  it('has no message that nothing uses', () => {
    const source = resolve(import.meta.dirname, '../..')
    const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !/german[^/]*\.ts$/.test(name))
      .map((name) => readFileSync(join(source, name), 'utf8'))
    expect(Object.keys(german).filter((message) => !files.some((text) => text.includes(message)))).toEqual([])
  })
})

describe('a message', () => {
  it('is in the language of the app, with numbers as that language writes them', () => {
    expect(plural('{count} domain needs action|{count} domains need action', 1234)).toBe('1,234 domains need action')
    setLanguage('de')
    expect(t('Settings')).toBe('Einstellungen')
    expect(plural('{count} domain needs action|{count} domains need action', 1)).toBe('1 Domain braucht Sie')
    expect(plural('{count} domain needs action|{count} domains need action', 1234)).toBe('1.234 Domains brauchen Sie')
    expect(listOf(['a', 'b', 'c', 'd'], 2)).toBe('a, b und 2 weitere')
  })

  it('has as many forms as its language has plurals', () => {
    const polish = 'plik|pliki|plik\u00f3w|pliku'
    expect([1, 2, 5, 1.5].map((count) => formFor(polish, count, 'pl'))).toEqual([
      'plik',
      'pliki',
      'plik\u00f3w',
      'pliku',
    ])
  })

  it('keeps what stands in for a value apart from the value', () => {
    expect(t('zone {zone}', { zone: '{domain}' })).toBe('zone {domain}')
  })

  it('replaces invisible characters in a value, which could reverse or cut the sentence', () => {
    expect(t('zone {zone}', { zone: 'a\u202eb\u2066\u0000\u001b[31m\nc' })).toBe(
      'zone a\ufffdb\ufffd\ufffd\ufffd[31m\nc',
    )
  })
})

describe('the language', () => {
  it('is the chosen one, or the first of the system that the app speaks', () => {
    expect(languageOf('de', ['en-US'])).toBe('de')
    expect(languageOf('system', ['fr-FR', 'de-AT', 'en'])).toBe('de')
    expect(languageOf('system', ['fr-FR'])).toBe('en')
  })
})
