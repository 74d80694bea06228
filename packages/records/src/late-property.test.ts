import { describe, expect, it } from 'vitest'
import { defineLate, lateProperty } from './late-property.ts'

describe.each([
  ['defineLate', defineLate],
  ['lateProperty without __defineGetter__', lateProperty(undefined)],
])('%s', (_, define) => {
  it('gives an object a property that others copy, compare and write like any other', () => {
    let looks = 0
    const target = define({ text: 'a' }, 'length', function (this: { text: string }) {
      looks++
      return this.text.length
    })
    expect(looks).toBe(0)
    expect(Object.keys(target)).toEqual(['text', 'length'])
    expect({ ...target }).toEqual({ text: 'a', length: 1 })
    expect(structuredClone(target)).toEqual({ text: 'a', length: 1 })
    expect(JSON.stringify(target)).toBe('{"text":"a","length":1}')
    expect(looks).toBe(3)
  })

  it('refuses to be assigned to', () => {
    const target = define({}, 'late', () => 1)
    expect(() => Object.assign(target, { late: 2 })).toThrow(TypeError)
  })
})
