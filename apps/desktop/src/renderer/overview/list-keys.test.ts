import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { groupDomains } from '../../shared/groups.ts'
import { rowAfter, TypeAhead } from './list-keys.ts'
import { layOut } from './row-layout.ts'

const addresses = ['alpha.example', 'beta.example', 'berta.example', 'gamma.example']
const { rows } = layOut(
  groupDomains(
    addresses.map((address) => domain(address)),
    'none',
  ),
  32,
  0,
)
const plain = { ctrlKey: false, metaKey: false, altKey: false }
const after = (key: string, from: number) => rowAfter({ ...plain, key }, rows, from, 2)?.domain.address

describe('the keys of the list', () => {
  it.each([
    ['ArrowDown', -1, 'alpha.example'],
    ['ArrowDown', 0, 'beta.example'],
    ['ArrowDown', 3, 'gamma.example'],
    ['ArrowUp', 0, 'alpha.example'],
    ['PageDown', 0, 'berta.example'],
    ['PageUp', 3, 'beta.example'],
    ['Home', 3, 'alpha.example'],
    ['End', 0, 'gamma.example'],
    ['x', 0, undefined],
  ])('%s from row %i leads to %s', (key, from, expected) => {
    expect(after(key, from)).toBe(expected)
  })

  it('leave combinations to the window', () => {
    expect(rowAfter({ ...plain, altKey: true, key: 'ArrowUp' }, rows, 1, 2)).toBeUndefined()
    expect(rowAfter({ ...plain, ctrlKey: true, key: 'Home' }, rows, 1, 2)).toBeUndefined()
  })

  it('lead nowhere in an empty list', () => {
    expect(rowAfter({ ...plain, key: 'End' }, [], -1, 2)).toBeUndefined()
  })

  it('letters find a name by its beginning, and start over after a pause', () => {
    const typing = new TypeAhead()
    const typed = (letter: string, at: number, from: number) => typing.next(letter, at, rows, from)?.domain.address
    expect(typed('b', 0, 0)).toBe('beta.example')
    expect(typed('e', 300, 1)).toBe('beta.example')
    expect(typed('R', 600, 1)).toBe('berta.example')
    expect(typed('b', 5000, 2)).toBe('beta.example')
    expect(typed('z', 9000, 2)).toBeUndefined()
  })
})
