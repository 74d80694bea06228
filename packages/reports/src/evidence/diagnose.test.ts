import { describe, expect, it } from 'vitest'
import { row } from '../../test/month.ts'
import { diagnose } from './diagnose.ts'
import type { EvidenceRow, SourceClass } from './types.ts'

const causes = (rows: EvidenceRow[], kind: SourceClass = 'own') =>
  diagnose(rows, kind).map(({ cause, about }) => [cause, ...about])

describe('a source that fails', () => {
  it('signs with another domain, and the next step names both', () => {
    const rows = [row({ dkim: [{ domain: 'mail.example.net', result: 'pass' }] })]
    expect(diagnose(rows, 'candidate')).toEqual([
      {
        cause: 'signs-with-other-domain',
        messages: 1,
        about: ['mail.example.net'],
        next: 'Ask the service that signs as mail.example.net to sign with a DKIM key of example.com.',
      },
    ])
  })

  it('names the From domain that fails for a cause, whatever else the source sends', () => {
    const rows = [
      row({ spfAligned: true, count: 5 }),
      row({ headerFrom: 'news.example.com', dkim: [{ domain: 'esp.example', result: 'pass' }] }),
    ]
    expect(diagnose(rows, 'own').map(({ next }) => next)).toEqual([
      'Set up DKIM or SPF for news.example.com at this source.',
      'Ask the service that signs as esp.example to sign with a DKIM key of news.example.com.',
    ])
  })

  it('does not sign, and passes SPF for another domain', () => {
    expect(causes([row({ spf: [{ domain: 'bounce.example.net', result: 'pass' }] })])).toEqual([
      ['spf-for-other-domain', 'bounce.example.net'],
      ['does-not-sign'],
    ])
  })

  it('has a broken signature, or a key that is missing or revoked', () => {
    expect(causes([row({ dkim: [{ domain: 'example.com', selector: 's1', result: 'fail' }] })])).toEqual([
      ['signature-fails', 's1._domainkey.example.com'],
    ])
    expect(causes([row({ dkim: [{ domain: 'example.com', selector: 's1', result: 'permerror' }] })])).toEqual([
      ['key-unusable', 's1._domainkey.example.com'],
    ])
  })

  it('covers the domain but not a subdomain', () => {
    const rows = [
      row({ spfAligned: true, count: 5 }),
      row({ headerFrom: 'news.example.com', dkim: [{ domain: 'esp.example', result: 'pass' }] }),
    ]
    expect(causes(rows)).toEqual([
      ['subdomain-not-covered', 'news.example.com'],
      ['signs-with-other-domain', 'esp.example'],
    ])
  })

  it('is a forwarder, or a spoofer', () => {
    expect(causes([row({ dkimAligned: true })], 'forwarder')).toEqual([['forwarded']])
    expect(causes([row({ spf: [{ domain: 'x.example', result: 'fail' }] })], 'foreign')).toEqual([['spoofing']])
  })

  it('gives no cause for mail that passes, and the most frequent one first', () => {
    expect(causes([row({ dkimAligned: true, spfAligned: true })])).toEqual([])
    const rows = [
      row({ count: 2, dkim: [{ domain: 'a.example', result: 'pass' }] }),
      row({ count: 9, dkim: [{ domain: 'example.com', selector: 'k', result: 'fail' }] }),
    ]
    expect(causes(rows).map(([cause]) => cause)).toEqual(['signature-fails', 'signs-with-other-domain'])
  })
})
