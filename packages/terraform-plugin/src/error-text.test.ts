import { expect, it } from 'vitest'
import { messageOf, readable, stackOf } from './error-text.ts'

const several = new AggregateError(
  [new Error('one', { cause: 'a reason' }), new AggregateError([new Error('deep')], 'two')],
  'all failed',
)

const throwing = {
  get(): never {
    throw new Error('not to be read')
  },
}

function circle() {
  const own: { own?: unknown } = {}
  own.own = own
  return own
}

it('says the message of every error inside an error', () => {
  expect(messageOf(new Error('outer', { cause: several }))).toBe(
    'outer\nCaused by: all failed\n- one\n  Caused by: a reason\n- two\n  - deep',
  )
  expect(messageOf('text')).toBe('text')
})

it('says once what an error says in the words of its cause', () => {
  const cause = new AggregateError([new Error('one')], 'all failed')
  expect(messageOf(new Error(`Cannot go on: ${messageOf(cause)}`, { cause }))).toBe('Cannot go on: all failed\n- one')
  expect(messageOf(new Error('all failed at last', { cause }))).toBe('all failed at last\nCaused by: all failed\n- one')
})

it('gives the stack of every error inside an error', () => {
  const stack = stackOf(several)
  for (const message of ['all failed', 'one', 'a reason', 'two', 'deep']) expect(stack).toContain(message)
  expect(stack.match(/error-text\.test\.ts/g)?.length).toBeGreaterThanOrEqual(4)
})

it('shows each error of a circle once', () => {
  const [a, b] = [new Error('a'), new Error('b')]
  a.cause = b
  b.cause = a
  expect(messageOf(a)).toBe('a\nCaused by: b')
  expect(stackOf(a).match(/Caused by/g)).toHaveLength(1)
})

it('shows an error that is its own cause once', () => {
  const own = new Error('own')
  own.cause = own
  expect(messageOf(own)).toBe('own')
  const holder = new AggregateError([own], 'several')
  holder.errors.push(holder)
  expect(messageOf(holder)).toBe('several\n- own')
  expect(stackOf(holder).match(/Holds/g)).toHaveLength(1)
})

it('ends in a chain of causes without an end', () => {
  class Endless extends Error {
    override get cause(): Error {
      return new Endless(`${Number(this.message) + 1}`)
    }
  }
  expect(messageOf(new Endless('1')).split('\n')).toHaveLength(9)
})

it('shows an error in two places that holds no circle', () => {
  const shared = new Error('shared')
  expect(messageOf(new AggregateError([new Error('a', { cause: shared }), shared], 'both'))).toBe(
    'both\n- a\n  Caused by: shared\n- shared',
  )
})

it.each([
  ['an object without a prototype', Object.assign(Object.create(null), { code: 3 }), '{"code":3}'],
  ['an answer of a server', { code: 3, message: 'quota exceeded' }, 'quota exceeded'],
  ['an error whose message is an object', Object.assign(new Error(), { message: { code: 3 } }), '{"code":3}'],
  ['an object that refers to itself', circle(), /cannot be shown/],
  ['an error whose message cannot be read', Object.defineProperty(new Error(), 'message', throwing), /cannot be shown/],
  ['an error whose stack cannot be read', Object.defineProperty(new Error(), 'stack', throwing), /cannot be shown/],
  ['an object that cannot be looked at', new Proxy({}, { getPrototypeOf: throwing.get }), /cannot be shown/],
])('shows %s that was thrown', (_, thrown, text) => {
  expect(messageOf(thrown)).toMatch(text)
  expect(messageOf(readable(thrown))).toMatch(text)
  expect(messageOf(new AggregateError([new Error('one'), thrown], 'two'))).toContain('two\n- one\n- ')
  expect(stackOf(thrown)).not.toBe('')
})
