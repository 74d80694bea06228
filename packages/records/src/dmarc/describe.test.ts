import { describe, expect, it } from 'vitest'
import { describeDmarc } from './describe.ts'

describe('describeDmarc', () => {
  it('says what a monitoring record does', () => {
    expect(describeDmarc({ p: 'none', rua: ['mailto:agg@example.org'] })).toEqual({
      summary: 'Mail that fails the check is delivered as usual.',
      details: ['Daily reports go to agg@example.org.'],
    })
  })

  it('says what differs for subdomains, and how strict the match is', () => {
    expect(describeDmarc({ p: 'reject', sp: 'none', np: 'reject', adkim: 's', aspf: 's' }).details).toEqual([
      'Failing mail from subdomains is delivered as usual.',
      'Failing mail from names that do not exist is rejected.',
      'Signatures (DKIM) and senders (SPF) must match the domain exactly.',
      'Daily reports are not sent anywhere.',
    ])
  })

  it('names the one alignment that is strict', () => {
    expect(describeDmarc({ p: 'none', aspf: 's' }).details).toContain('Senders (SPF) must match the domain exactly.')
    expect(describeDmarc({ p: 'none', adkim: 's' }).details).toContain(
      'Signatures (DKIM) must match the domain exactly.',
    )
  })

  it('describes what test mode really does', () => {
    const { summary, details } = describeDmarc({ p: 'reject', t: 'y' })
    expect(summary).toBe('Mail that fails the check is treated as suspicious.')
    expect(details[0]).toBe(
      'Test mode is on: without it failing mail would be rejected, as older receivers do already.',
    )
    expect(describeDmarc({ p: 'none', t: 'y' }).details[0]).toBe('Test mode is on.')
  })

  it('tells the generations apart where pct is used', () => {
    expect(describeDmarc({ p: 'reject', pct: 25 }).details[0]).toBe(
      'Older receivers apply this to 25 % of the failing mail, newer ones to all of it.',
    )
  })

  it('names who gets failure reports', () => {
    expect(describeDmarc({ p: 'none', ruf: ['mailto:f@example.org'] }).details).toContain(
      'Reports of single failures go to f@example.org.',
    )
  })

  it('says so where there is no policy', () => {
    expect(describeDmarc({}).summary).toMatch(/^There is no policy/)
  })
})
