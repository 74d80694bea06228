import { describe, expect, it } from 'vitest'
import { domain } from '../../test/fixtures.ts'
import { accountTitle, countStates, noFilter, selectDomains, tagsInUse, withoutStaleFilters } from './select.ts'

const mail = { id: 1, name: 'Mail', color: '#112233' }
const brand = { id: 2, name: 'Brand', color: '#112233' }
const domains = [
  domain('shop10.example', 'ready', { tags: [mail] }),
  domain('shop2.example', 'attention', { tags: [mail, brand], updatedAt: '2026-01-02T00:00:00Z' }),
  domain('xn--bcher-kva.example', 'working', { title: 'bücher.example', accountId: 2 }),
  domain('zero.example', 'unhosted', { updatedAt: '2026-03-02T00:00:00Z' }),
]
const titles = (selection: Partial<typeof noFilter>) =>
  selectDomains(domains, { ...noFilter, ...selection }).map((entry) => entry.title)

describe('selectDomains', () => {
  it('puts what needs a person first', () => {
    expect(titles({})).toEqual(['shop2.example', 'bücher.example', 'zero.example', 'shop10.example'])
  })

  it('sorts numbers in names as people do', () => {
    expect(titles({ sort: 'name', search: 'shop' })).toEqual(['shop2.example', 'shop10.example'])
  })

  it('sorts by the latest change', () => {
    expect(titles({ sort: 'changed' }).slice(0, 2)).toEqual(['zero.example', 'shop2.example'])
  })

  it('finds every word, in any order, without case, in either script and in tags', () => {
    expect(titles({ search: 'BRAND shop' })).toEqual(['shop2.example'])
    expect(titles({ search: 'bücher' })).toEqual(['bücher.example'])
    expect(titles({ search: 'xn--bcher' })).toEqual(['bücher.example'])
    expect(titles({ search: 'shop zero' })).toEqual([])
  })

  it('filters by states, by all of several tags, and by account', () => {
    expect(titles({ states: ['ready', 'unhosted'] })).toEqual(['zero.example', 'shop10.example'])
    expect(titles({ tags: ['Mail', 'Brand'] })).toEqual(['shop2.example'])
    expect(titles({ account: 'c1/2' })).toEqual(['bücher.example'])
  })

  it('leaves the given list in its order', () => {
    const before = domains.map((entry) => entry.key)
    titles({ sort: 'name' })
    expect(domains.map((entry) => entry.key)).toEqual(before)
  })
})

it('counts states and lists tags once', () => {
  expect(countStates(domains)).toEqual({ attention: 1, working: 1, unknown: 0, unhosted: 1, ready: 1 })
  expect(tagsInUse(domains)).toEqual(['Brand', 'Mail'])
})

it('a filter that nothing carries any more is dropped, the others stay', () => {
  const accounts = [{ connectionId: 'c1', accountId: 1, title: 'Main' }]
  const asked = { ...noFilter, search: 'x', states: ['attention', 'unknown'], tags: ['Mail', 'Gone'] } as const
  expect(withoutStaleFilters({ ...asked, account: 'c2/1' }, domains, accounts)).toEqual({
    ...asked,
    states: ['attention'],
    tags: ['Mail'],
    account: '',
  })
  expect(withoutStaleFilters({ ...asked, account: 'c1/1' }, domains, accounts).account).toBe('c1/1')
})

it('accounts of several connections stay apart', () => {
  const connection = (id: string, title: string) =>
    ({ id, title, kind: 'self-hosted', baseUrl: 'https://x.example', online: true, extensions: [] }) as const
  const [first, second] = [connection('c1', 'one.example'), connection('c2', 'two.example')]
  const account = { connectionId: 'c2', accountId: 1, title: 'Main' }
  expect(accountTitle(account, [second])).toBe('Main')
  expect(accountTitle(account, [first, second])).toBe('Main · two.example')
})
