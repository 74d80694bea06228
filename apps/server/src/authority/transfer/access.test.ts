import { describe, expect, it } from 'vitest'
import { transferAccess } from './access.ts'

describe('transferAccess', () => {
  const allowed = transferAccess([
    { networks: ['192.0.2.0/24', '2001:db8::/64'], key: 'one' },
    { networks: ['198.51.100.7'] },
    { networks: [], key: 'anywhere' },
  ])

  it.each([
    ['192.0.2.9', 'one', true],
    ['::ffff:192.0.2.9', 'one', true],
    ['2001:db8::1%eth0', 'one', true],
    ['192.0.2.9', undefined, false],
    ['192.0.2.9', 'two', false],
    ['192.0.3.9', 'one', false],
    ['2001:db8:0:1::1', 'one', false],
    ['198.51.100.7', undefined, true],
    ['198.51.100.7', 'two', true],
    ['198.51.100.8', undefined, false],
    ['203.0.113.1', 'anywhere', true],
    ['', undefined, false],
  ])('of %s with the key %s is %s', (address, key, expected) => {
    expect(allowed({ address, key })).toBe(expected)
  })

  it('allows no client without rules', () => {
    expect(transferAccess([])({ address: '127.0.0.1', key: 'one' })).toBe(false)
  })
})
