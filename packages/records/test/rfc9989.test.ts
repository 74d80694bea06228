import { describe, expect, it } from 'vitest'
import { discoverDmarc, formatDmarc, parseDmarc, selectDmarc } from '../src/index.ts'

/** RFC 9989, DMARC. Section numbers stand in the names. */
describe('RFC 9989', () => {
  describe('appendix B.2: records of a domain owner', () => {
    it.each([
      'v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com',
      'v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@example.com',
      'v=DMARC1; p=none; rua=mailto:dmarc-feedback@example.com; ruf=mailto:auth-reports@thirdparty.example.net',
      'v=DMARC1; p=quarantine; rua=mailto:dmarc-feedback@example.com,mailto:tld-test@thirdparty.example.net; t=y',
    ])('reads %s and writes it back as it is', (text) => {
      expect(parseDmarc(text)).toMatchObject({ ok: true, outcome: 'policy' })
      expect(formatDmarc(parseDmarc(text).tags)).toBe(text)
    })
  })

  describe('4.5: a record in several strings', () => {
    it('joins them in order and adds nothing', () => {
      expect(parseDmarc(['v=DMAR', 'C1; p=rej', 'ect']).tags.p).toBe('reject')
      expect(parseDmarc(['v=DMARC1;', 'p=reject']).text).toBe('v=DMARC1;p=reject')
    })
  })

  describe('4.7: tags', () => {
    it.each([
      ['p', ['none', 'quarantine', 'reject']],
      ['sp', ['none', 'quarantine', 'reject']],
      ['np', ['none', 'quarantine', 'reject']],
      ['adkim', ['r', 's']],
      ['aspf', ['r', 's']],
      ['t', ['y', 'n']],
      ['psd', ['y', 'n', 'u']],
    ] as const)('%s takes %j and nothing else', (name, words) => {
      const rest = name === 'p' ? '' : 'p=none; '
      for (const word of words) {
        expect(parseDmarc(`v=DMARC1; ${rest}${name}=${word}`).ok).toBe(true)
        expect(parseDmarc(`v=DMARC1; ${rest}${name}=${word.toUpperCase()}`).tags[name]).toBe(word)
      }
      expect(parseDmarc(`v=DMARC1; ${rest}${name}=x`).ok).toBe(false)
    })

    it('ignores unknown tags', () => {
      expect(parseDmarc('v=DMARC1; p=reject; newtag=whatever=1').outcome).toBe('policy')
    })

    it.each(['adkim', 'aspf', 't', 'psd', 'fo'])('lets a wrong %s take its default, the rest unharmed', (name) => {
      const wrong = parseDmarc(`v=DMARC1; p=reject; ruf=mailto:f@example.org; ${name}=zzz`)
      expect(wrong).toMatchObject({ ok: false, outcome: 'policy' })
      expect(wrong.effective).toEqual(parseDmarc('v=DMARC1; p=reject; ruf=mailto:f@example.org').effective)
    })
  })

  describe('4.8: grammar', () => {
    const readings = [
      'v=DMARC1;p=none',
      'v=DMARC1; p=none;',
      'v=DMARC1 ; p=none ;',
      'v=DMARC1;\tp\t=\tnone\t;',
      'V = DMARC1; P = None',
    ]
    it.each(readings)('reads %j as p=none', (text) => {
      expect(parseDmarc(text)).toMatchObject({ ok: true, tags: { p: 'none' } })
    })

    it.each(['v=dmarc1; p=none', 'v=DMARC1,p=none', ' v=DMARC1; p=none', 'DMARC1; p=none', 'v=DMARC1.0; p=none'])(
      'takes %j for no DMARC record',
      (text) => {
        expect(parseDmarc(text)).toMatchObject({ ok: false, outcome: 'ignored', effective: null })
      },
    )

    it('ends a value at a semicolon only: an equals sign may be inside', () => {
      expect(parseDmarc('v=DMARC1; p=none; rua=mailto:a@example.org?subject=x').tags.rua).toEqual([
        'mailto:a@example.org?subject=x',
      ])
    })
  })

  describe('4.10: tree walk', () => {
    it('asks at most eight names, also for a domain of a hundred labels', async () => {
      const deep = `${'a.'.repeat(100)}example.com`
      const { queries } = await discoverDmarc(deep, () => [])
      expect(queries.map((query) => query.name)).toEqual([
        `_dmarc.${deep}`,
        '_dmarc.a.a.a.a.a.example.com',
        '_dmarc.a.a.a.a.example.com',
        '_dmarc.a.a.a.example.com',
        '_dmarc.a.a.example.com',
        '_dmarc.a.example.com',
        '_dmarc.example.com',
        '_dmarc.com',
      ])
    })

    it('discards what is no DMARC record before counting (step 2)', () => {
      expect(selectDmarc(['v=DMARC1; p=none', 'v=dmarc1; p=reject', 'v=spf1 -all']).record?.tags.p).toBe('none')
      expect(selectDmarc(['v=DMARC1; p=none', 'v=DMARC1']).found).toBe('several')
    })
  })

  describe('4.10.1: faulty policies', () => {
    const rua = '; rua=mailto:a@example.org'
    it.each(['v=DMARC1', 'v=DMARC1; p=x', 'v=DMARC1; p=reject; sp=x', 'v=DMARC1; p=reject; np=x', 'v=DMARC1; p=;'])(
      '%s acts as none beside a usable rua, and is void without',
      (text) => {
        expect(parseDmarc(text.replace(/;$/, '') + rua)).toMatchObject({
          outcome: 'as-none',
          effective: { p: 'none', np: 'none' },
        })
        expect(parseDmarc(text)).toMatchObject({ outcome: 'ignored', effective: null })
        expect(parseDmarc(`${text.replace(/;$/, '')}; rua=agg@example.org`).outcome).toBe('ignored')
      },
    )
  })
})
