import { expect, it } from 'vitest'
import { enforcingDmarc } from '../index.ts'

it.each([
  ['v=DMARC1; p=none; rua=mailto:a@example.com', 'v=DMARC1; p=quarantine; rua=mailto:a@example.com'],
  ['v=DMARC1; p=none; sp=reject; adkim=s', 'v=DMARC1; p=quarantine; sp=reject; adkim=s'],
  ['v=DMARC1; p=reject', 'v=DMARC1; p=reject'],
  ['v=DMARC1; p=reject; sp=none', 'v=DMARC1; p=reject; sp=none'],
  ['v=DMARC1; p=quarantine; t=y; pct=20', 'v=DMARC1; p=quarantine'],
  ['v=DMARC1; rua=mailto:a@example.com', 'v=DMARC1; p=quarantine; rua=mailto:a@example.com'],
  ['v=DMARC1; p=none; p=reject', null],
  ['v=spf1 -all', null],
])('%s with at least quarantine for all mail is %s', (text, record) => {
  expect(enforcingDmarc(text, 'quarantine')).toBe(record)
})

it('is null for what receivers ignore, whatever the policy', () => {
  expect(enforcingDmarc('v=spf1 -all', 'reject')).toBeNull()
})
