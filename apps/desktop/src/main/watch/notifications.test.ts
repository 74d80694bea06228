import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import type { DomainState, RecordView } from '../../shared/model.ts'
import { type LastNotified, notificationsFor } from './notifications.ts'

const record = (state: DomainState, reason?: string): RecordView => ({
  kind: 'dmarc',
  name: '_dmarc.a.example',
  expected: 'k.dmarc.example',
  state,
  why: 'It is so.',
  ...(reason ? { reason } : {}),
})

/** Feeds a domain's states one after another and returns the kinds of the notices. */
function story(...steps: [DomainState, string?][]): string[] {
  let lastNotified: LastNotified = {}
  const kinds: string[] = []
  for (const [state, reason] of steps) {
    const result = notificationsFor(lastNotified, [domain('a.example', state, { records: [record(state, reason)] })])
    lastNotified = result.lastNotified
    kinds.push(...result.notifications.map((notice) => notice.kind))
  }
  return kinds
}

describe('notifications', () => {
  it('say once that a domain became ready', () => {
    expect(story(['attention'], ['working'], ['ready'], ['ready'])).toEqual(['ready'])
  })

  it('say nothing about a domain seen for the first time', () => {
    expect(story(['ready'])).toEqual([])
    expect(story(['attention', 'absent'])).toEqual([])
  })

  it('distinguish a removed record from a changed one', () => {
    expect(story(['ready'], ['attention', 'absent'], ['attention', 'absent'])).toEqual(['broken'])
    expect(story(['ready'], ['attention', 'wrong-target'])).toEqual(['drifted'])
  })

  it('are not sent while the service renews something', () => {
    expect(story(['ready'], ['working'], ['ready'])).toEqual([])
  })

  it('are not sent for an outage, as unknown is not a change', () => {
    expect(story(['ready'], ['unknown'], ['ready'])).toEqual([])
  })

  it('are sent for a break that happened during a renewal', () => {
    expect(story(['ready'], ['working'], ['attention', 'absent'], ['ready'])).toEqual(['broken', 'ready'])
  })

  it('name the record and the reason', () => {
    const { notifications } = notificationsFor({ 'c1/1/9': 'ready' }, [
      domain('a.example', 'attention', { domainId: 9, records: [record('attention', 'absent')] }),
    ])
    expect(notifications[0]).toMatchObject({ title: 'a.example: action needed', body: '_dmarc.a.example: It is so.' })
  })

  it('forget domains that are gone, so the store does not grow for ever', () => {
    expect(notificationsFor({ gone: 'ready' }, []).lastNotified).toEqual({})
  })
})
