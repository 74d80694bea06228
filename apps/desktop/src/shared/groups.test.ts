import { describe, expect, it } from 'vitest'
import { domain, record } from '../../test/fixtures.ts'
import { type Grouping, groupDomains } from './groups.ts'
import { reasonOf } from './reason.ts'
import type { DomainEvidence } from './reports.ts'

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

  it('name the domains that reports allow to move on, and why the others stay', () => {
    const evidence = (ready: boolean, more: Partial<DomainEvidence> = {}): DomainEvidence => ({
      target: 'quarantine',
      ready,
      blockers: [],
      daysAtNone: 31,
      daysAtQuarantine: 0,
      ...more,
    })
    const watched = [
      domain('ready.example', 'ready', { policy: 'none', evidence: evidence(true) }),
      domain('asked.example', 'ready', {
        policy: 'none',
        evidence: evidence(false, { blockers: [{ code: 'candidates-unanswered', about: 2 }] }),
      }),
      domain('early.example', 'ready', {
        policy: 'none',
        evidence: evidence(false, { blockers: [{ code: 'time-too-short', about: 0 }], daysAtNone: 11 }),
      }),
      // It moved on since its service was asked.
      domain('moved.example', 'ready', { policy: 'quarantine', evidence: evidence(true) }),
      domain('broken.example', 'attention', { policy: 'none', evidence: evidence(true) }),
    ]
    expect(
      groupDomains(watched, 'next').map(({ title, domains: members }) => [
        title,
        ...members.map((each) => [each.title, reasonOf(each)]),
      ]),
    ).toEqual([
      ['Action needed', ['broken.example', undefined]],
      ['Can move on', ['ready.example', 'Ready for quarantine']],
      ['Watching', ['asked.example', '2 senders to answer'], ['early.example', '11 days at none']],
      ['Protected', ['moved.example', undefined]],
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
