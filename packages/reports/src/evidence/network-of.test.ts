import { expect, it } from 'vitest'
import { networkOf } from './network-of.ts'

it.each([
  ['192.0.2.14', '192.0.2.0/24'],
  ['2001:db8:1:2::9', '2001:db8:1::/48'],
  ['2001:db8::9', '2001:db8::/48'],
  ['2001:db8:0:1:2:3:4:5', '2001:db8::/48'],
  ['::1', '::/48'],
])('the address %s counts for %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
