import { describe, expect, it } from 'vitest'
import { domain, record } from '../../test/fixtures.ts'
import { type Grouping, groupDomains } from './groups.ts'

const mail = { id: 1, name: 'Mail', color: '#112233' }
const brand = { id: 2, name: 'Brand', color: '#112233' }
const domains = [
  domain('a.example', 'attention', {
    records: [record('a.example', 'attention', { short: 'CNAME missing' })],
    tags: [mail],
  }),
  domain('b.example', 'ready', { policy: 'none', tags: [mail, brand] }),
  domain('c.example', 'ready', { policy: 'reject' }),
  domain('d.example', 'ready', { policy: 'quarantine' }),
  domain('e.example', 'unhosted'),
]
const groups = (grouping: Grouping) =>
  groupDomains(domains, grouping).map(({ title, domains: members }) => [title, ...members.map((each) => each.title)])

describe('the groups of the list', () => {
  it('say what can be done, and call protected only what receivers act on', () => {
    expect(groups('next')).toEqual([
      ['Action needed', 'a.example'],
      ['Watching', 'b.example'],
      ['Protected', 'c.example', 'd.example'],
      ['Not hosted', 'e.example'],
    ])
  })

  it('are of one reason each, what needs somebody first', () => {
    expect(groups('reason')[0]).toEqual(['CNAME missing', 'a.example'])
  })

  it('have a domain with two tags in both', () => {
    expect(groups('tag')).toEqual([
      ['Brand', 'b.example'],
      ['Mail', 'a.example', 'b.example'],
      ['No tag', 'c.example', 'd.example', 'e.example'],
    ])
  })

  it('are one without a title where the list is not grouped', () => {
    expect(groups('none')).toEqual([['', ...domains.map(({ title }) => title)]])
  })
})
