import { expect, it } from 'vitest'
import { messageOf, stackOf } from './error-text.ts'

const several = new AggregateError(
  [new Error('one', { cause: 'a reason' }), new AggregateError([new Error('deep')], 'two')],
  'all failed',
)

it('says the message of every error inside an error', () => {
  expect(messageOf(new Error('outer', { cause: several }))).toBe(
    'outer\nCaused by: all failed\n- one\n  Caused by: a reason\n- two\n  - deep',
  )
  expect(messageOf('text')).toBe('text')
})

it('gives the stack of every error inside an error', () => {
  const stack = stackOf(several)
  for (const message of ['all failed', 'one', 'a reason', 'two', 'deep']) expect(stack).toContain(message)
  expect(stack.match(/error-text\.test\.ts/g)?.length).toBeGreaterThanOrEqual(4)
})

it('ends where errors hold each other in a circle', () => {
  const [a, b] = [new Error('a'), new Error('b')]
  a.cause = b
  b.cause = a
  expect(messageOf(a).split('\n')).toHaveLength(9)
  expect(stackOf(a)).toContain('Caused by')
})
