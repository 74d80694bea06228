import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { pageOf, reachable } from './navigation.ts'

const known = domain('a.example')
const state = { domains: [known] }

describe('navigation', () => {
  it('a link leads to the domain, or to the list when there is no such domain', () => {
    expect(pageOf({ page: 'domain', address: 'a.example' }, state)).toEqual({ name: 'domain', key: known.key })
    expect(pageOf({ page: 'domain', address: 'b.example' }, state)).toEqual({ name: 'overview' })
    expect(pageOf({ page: 'settings' }, state)).toEqual({ name: 'settings' })
  })

  it('a page whose subject is gone gives way to the list', () => {
    expect(reachable({ name: 'domain', key: known.key }, state).name).toBe('domain')
    expect(reachable({ name: 'domain', key: known.key }, { domains: [] }).name).toBe('overview')
    expect(reachable({ name: 'apply' }, state).name).toBe('overview')
  })
})
