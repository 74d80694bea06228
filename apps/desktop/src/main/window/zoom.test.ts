import { expect, it } from 'vitest'
import { zoomAfter } from './zoom.ts'

const press = (key: string, more: object = {}) => ({
  type: 'keyDown' as const,
  key,
  control: true,
  meta: false,
  alt: false,
  ...more,
})

it.each([
  ['+', 0, 1],
  ['=', 1, 2],
  ['+', 5, 5],
  ['-', 0, -1],
  ['-', -4, -4],
  ['0', 3, 0],
])('Control and %s at level %i zooms to %i', (key, level, expected) => {
  expect(zoomAfter(press(key), level, 'linux')).toBe(expected)
})

it('leaves other keys alone', () => {
  expect(zoomAfter(press('a'), 0, 'linux')).toBeUndefined()
  expect(zoomAfter(press('+', { control: false }), 0, 'linux')).toBeUndefined()
  expect(zoomAfter(press('+', { alt: true }), 0, 'linux')).toBeUndefined()
  expect(zoomAfter({ ...press('+'), type: 'keyUp' }, 0, 'linux')).toBeUndefined()
})

it('takes Command on macOS', () => {
  expect(zoomAfter(press('+'), 0, 'darwin')).toBeUndefined()
  expect(zoomAfter(press('+', { control: false, meta: true }), 0, 'darwin')).toBe(1)
})
