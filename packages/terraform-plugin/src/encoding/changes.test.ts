import { expect, it } from 'vitest'
import { Changes, sameOr } from './changes.ts'
import { rawObject } from './raw.ts'

it('nothing changed is the object itself', () => {
  const base = rawObject([
    ['a', 1],
    ['b', null],
  ])
  const changes = new Changes(base)
  changes.set('a', 1)
  changes.set('b', null)
  expect(changes.result).toBe(base)
})

it('a change makes a copy and leaves the object alone', () => {
  const base = rawObject([
    ['a', 1],
    ['__proto__', 'own'],
  ])
  const changes = new Changes(base)
  changes.set('a', 2)
  changes.set('new', null)
  expect(Object.entries(changes.result)).toEqual([
    ['a', 2],
    ['__proto__', 'own'],
    ['new', null],
  ])
  expect(base.a).toBe(1)
})

it('a member that was not there is a change, even to null', () => {
  const base = rawObject([])
  const changes = new Changes(base)
  changes.set('a', null)
  expect(changes.result).toEqual(rawObject([['a', null]]))
  expect(changes.result).not.toBe(base)
})

it('lists of the very same elements are the first list', () => {
  const element = rawObject([['a', 1]])
  const before = [element, 'x']
  expect(sameOr(before, [element, 'x'])).toBe(before)
  const longer = [element, 'x', 'y']
  expect(sameOr(before, longer)).toBe(longer)
  const other = [rawObject([['a', 1]]), 'x']
  expect(sameOr(before, other)).toBe(other)
})
