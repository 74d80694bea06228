import { expect, it } from 'vitest'
import { sharesOf, spansOf } from './spans.ts'

const day = 86_400_000
const now = Date.parse('2026-06-01T00:00:00Z')
const at = (daysAgo: number) => new Date(now - daysAgo * day).toISOString()

it('stretches cover the time from the first entry until now', () => {
  const spans = spansOf(
    [
      { at: at(10), domain: 'a', from: null, to: 'attention' },
      { at: at(8), domain: 'a', from: 'attention', to: 'ready' },
    ],
    now,
  )
  expect(spans).toEqual([
    { state: 'attention', from: 0, to: 0.2 },
    { state: 'ready', from: 0.2, to: 1 },
  ])
  expect(sharesOf(spans).map(({ state, share }) => [state, Math.round(share * 100)])).toEqual([
    ['ready', 80],
    ['attention', 20],
  ])
})

it('what lies further back than 90 days is cut off', () => {
  const spans = spansOf(
    [
      { at: at(400), domain: 'a', from: null, to: 'working' },
      { at: at(300), domain: 'a', from: 'working', to: 'ready' },
    ],
    now,
  )
  expect(spans).toEqual([{ state: 'ready', from: 0, to: 1 }])
  expect(spansOf([], now)).toEqual([])
})
