import { describe, expect, it } from 'vitest'
import { knownReporters } from './known-reporters.ts'

describe('the reporters that count', () => {
  const counts = knownReporters(['Partner.example', 'dmarc@mailboxes.example'])
  it.each([
    ['noreply-dmarc-support@google.com', true],
    ['noreply@dmarc.yahoo.com', true],
    ['no-reply@eu.mimecastreport.com', true],
    ['DMARC@reports.partner.example', true],
    ['dmarc@mailboxes.example', true],
    // Anybody may have a mailbox there, or write through a service of the receiver.
    ['someone@yahoo.com', false],
    ['comments-noreply@docs.google.com', false],
    ['someone@mailboxes.example', false],
    ['a@notpartner.example', false],
    ['a@com', false],
    ['', false],
    [null, false],
  ])('have %s: %s', (address, expected) => {
    expect(counts(address)).toBe(expected)
  })
})
