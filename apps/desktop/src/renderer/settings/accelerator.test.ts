import { expect, it } from 'vitest'
import { acceleratorOf } from './accelerator.ts'

const press = (code: string, held: string[] = [], key = code) => ({
  key,
  code,
  ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  metaKey: held.includes('meta'),
})

it('writes keys as Electron does', () => {
  expect(acceleratorOf(press('KeyD', ['ctrl', 'alt'], 'ð'))).toBe('Control+Alt+D')
  expect(acceleratorOf(press('Digit7', ['meta', 'shift'], '/'))).toBe('Shift+Super+7')
  expect(acceleratorOf(press('F9', ['ctrl']))).toBe('Control+F9')
})

it('takes no bare key, no modifier alone, and no key it cannot name', () => {
  expect(acceleratorOf(press('KeyD'))).toBeUndefined()
  expect(acceleratorOf(press('KeyD', ['shift']))).toBeUndefined()
  expect(acceleratorOf(press('ControlLeft', ['ctrl'], 'Control'))).toBeUndefined()
  expect(acceleratorOf(press('Enter', ['ctrl']))).toBeUndefined()
})
