import { expect, it } from 'vitest'
import { checkedLink } from './links.ts'

it('lets plain https to a named host out', () => {
  expect(checkedLink('https://docs.dmarcreport.com/api')).toBe('https://docs.dmarcreport.com/api')
})

it.each([
  'http://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://example.com/share',
  'https://user:pass@example.com/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://localhost/',
  'https://router/',
  'not a link',
])('keeps %s inside', (link) => {
  expect(checkedLink(link)).toBeUndefined()
})
