import { expect, it } from 'vitest'
import { recordWithPolicy } from './with-policy.ts'

it.each([
  ['v=DMARC1; p=none; rua=mailto:a@example.com', 'v=DMARC1; p=quarantine; rua=mailto:a@example.com'],
  ['v=DMARC1; p=quarantine; t=y; pct=20', 'v=DMARC1; p=quarantine'],
  ['v=DMARC1; p=reject; sp=none', 'v=DMARC1; p=reject; sp=none'],
])('gives %s the policy quarantine, and keeps the rest and what is stricter', (text, expected) => {
  expect(recordWithPolicy(text, 'quarantine')).toBe(expected)
})

it('is null for what receivers ignore', () => {
  expect(recordWithPolicy('v=spf1 -all', 'reject')).toBeNull()
})
