import { describe, expect, it } from 'vitest'
import type { ServerAnswer } from '../observe/types.ts'
import { judgeTxt, type TxtEvidence } from './txt-status.ts'

const name = 'k3y.dmarc.hosted.test'
const server = { address: '192.0.2.60', vantage: 'authoritative' as const }
const serving = (...values: string[]): ServerAnswer => ({
  server,
  outcome: 'answer',
  records: values.map((value) => ({ name, type: 'TXT', ttl: 300, data: value, strings: [value] })),
})
const missing: ServerAnswer = { server, outcome: 'no-such-name', records: [] }
const silent: ServerAnswer = { server, outcome: 'timed-out', records: [] }
const judge = (over: Partial<TxtEvidence>) =>
  judgeTxt({ kind: 'dmarc', name, wanted: 'v=DMARC1; p=none', answers: [], at: '2026-05-04T10:00:00.000Z', ...over })

describe('judgeTxt', () => {
  it.each<[string, Partial<TxtEvidence>, object]>([
    ['every server serves exactly it', { answers: [serving('v=DMARC1; p=none')] }, { status: 'published' }],
    [
      'a silent server beside one that serves it',
      { answers: [serving('v=DMARC1; p=none'), silent] },
      { status: 'published' },
    ],
    ['nothing was made', { wanted: undefined, answers: [missing] }, { status: 'queued', reason: 'not-published' }],
    [
      'no change was ordered',
      { change: 'none', answers: [serving('v=DMARC1; p=none')] },
      { status: 'queued', reason: 'not-published' },
    ],
    [
      'the change is pending though it is served',
      { change: 'pending', answers: [serving('v=DMARC1; p=none')] },
      { status: 'queued', reason: 'change-pending' },
    ],
    ['nothing is served', { answers: [missing] }, { status: 'queued', reason: 'not-published' }],
    ['an old value is served', { answers: [serving('v=DMARC1; p=reject')] }, { status: 'queued', reason: 'stale' }],
    [
      'an old value is served beside it',
      { answers: [serving('v=DMARC1; p=none', 'v=DMARC1; p=reject')] },
      { status: 'queued', reason: 'stale' },
    ],
    [
      'one server is behind',
      { answers: [serving('v=DMARC1; p=none'), missing] },
      { status: 'queued', reason: 'stale' },
    ],
    ['nobody answers', { answers: [silent] }, { status: 'queued', reason: 'unknown' }],
    ['there is nobody to ask', { answers: [] }, { status: 'queued', reason: 'unknown' }],
    [
      'only the case of the value differs',
      { answers: [serving('v=dmarc1; p=none')] },
      { status: 'queued', reason: 'stale' },
    ],
  ])('when %s', (_, evidence, expected) => {
    expect(judge(evidence)).toMatchObject(expected)
  })
})
