import { expect, it } from 'vitest'
import { ownPackages } from './own-packages.ts'

it('names the packages that a package needs, each after those that it needs itself', () => {
  expect(ownPackages('packages/records')).toEqual([])
  const server = ownPackages('apps/server')
  expect(server).toEqual(
    expect.arrayContaining(['packages/records', 'packages/client', 'packages/dns', 'packages/reports']),
  )
  expect(server.indexOf('packages/records')).toBeLessThan(server.indexOf('packages/client'))
})
