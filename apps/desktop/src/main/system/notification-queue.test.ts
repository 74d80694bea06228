import { FakeClock } from '@dmarc-as-code/primitives/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DomainNotification } from '../watch/notifications.ts'
import { NotificationQueue, type ShownNotification } from './notification-queue.ts'

let clock: FakeClock
let shown: ShownNotification[]
let preferences: { notifications: boolean; pausedUntil: string; mutedTags: string[] }
let onScreen: string

beforeEach(() => {
  clock = new FakeClock()
  shown = []
  preferences = { notifications: true, pausedUntil: '', mutedTags: [] }
  onScreen = ''
})

const queue = () =>
  new NotificationQueue({
    clock,
    preferences: () => preferences,
    tagsOf: (key) => (key.startsWith('test') ? ['Staging'] : []),
    isOnScreen: (key) => key === onScreen,
    show: (notification) => shown.push(notification),
  })
const about = (domain: string, kind: DomainNotification['kind'] = 'broken'): DomainNotification => ({
  kind,
  key: domain,
  address: domain,
  domain,
  title: `${domain}: action needed`,
  body: 'Why.',
})

describe('NotificationQueue', () => {
  it('shows a single change as it is, with a way to its domain', async () => {
    queue().add(about('a.example'))
    await clock.advance(5_000)
    expect(shown).toEqual([{ title: 'a.example: action needed', body: 'Why.', address: 'a.example' }])
  })

  it('joins many changes into one notification', async () => {
    const all = queue()
    for (const name of ['a', 'b', 'c', 'd', 'e']) all.add(about(`${name}.example`))
    all.add(about('f.example', 'ready'))
    await clock.advance(5_000)
    expect(shown).toEqual([
      {
        title: '6 domains changed',
        body: 'Action needed: a.example, b.example, c.example and 2 more. Ready: f.example.',
      },
    ])
  })

  it('shows the last word about a domain that changes twice', async () => {
    const all = queue()
    all.add(about('a.example'))
    all.add({ ...about('a.example', 'ready'), title: 'a.example is ready' })
    await clock.advance(5_000)
    expect(shown.map(({ title }) => title)).toEqual(['a.example is ready'])
  })

  it('tells of a state and of reports of one domain, and names those in a digest', async () => {
    const all = queue()
    all.add({ ...about('a.example', 'report'), title: 'a.example: whose is a new sender?' })
    all.add(about('a.example'))
    await clock.advance(5_000)
    expect(shown.map(({ title }) => title)).toEqual(['a.example: whose is a new sender?', 'a.example: action needed'])
    for (const name of ['a', 'b']) all.add(about(`${name}.example`, 'report'))
    all.add(about('b.example'))
    await clock.advance(5_000)
    expect(shown.at(-1)).toEqual({
      title: 'News about 2 domains',
      body: 'Action needed: b.example. Reports: a.example and b.example.',
    })
  })

  it.each([
    ['notifications are off', () => (preferences.notifications = false)],
    ['notifications are paused', () => (preferences.pausedUntil = new Date(clock.now() + 60_000).toISOString())],
    ['the domain is on screen', () => (onScreen = 'test.example')],
    ['its tag is muted', () => (preferences.mutedTags = ['Staging'])],
  ])('shows nothing while %s', async (_when, arrange) => {
    arrange()
    queue().add(about('test.example'))
    await clock.advance(5_000)
    expect(shown).toEqual([])
  })

  it('shows notifications again once the pause is over', async () => {
    preferences.pausedUntil = new Date(clock.now() + 1_000).toISOString()
    queue().add(about('a.example'))
    await clock.advance(5_000)
    expect(shown).toHaveLength(1)
  })
})
