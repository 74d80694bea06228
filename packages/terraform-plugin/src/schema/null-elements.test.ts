import { describe, expect, it } from 'vitest'
import { dynamic } from '../encoding/dynamic.ts'
import { type RawObject, rawObject } from '../encoding/raw.ts'
import { fieldsFromAuthor } from './from-author.ts'
import { fieldSpecs, s } from './s.ts'

const fields = fieldSpecs({
  names: s.list(s.string()).optional(),
  tags: s.set(s.string()).optional(),
  labels: s.map(s.string()).optional(),
  deep: s.list(s.map(s.list(s.integer()))).optional(),
  disks: s.list(s.object({ gb: s.integer().optional() })).optional(),
  pair: s.tuple(s.string(), s.string()).optional(),
  point: s.struct({ x: s.number() }).optional(),
  extra: s.dynamic().optional(),
})
const stored = (members: object, base?: RawObject) => fieldsFromAuthor(fields, members, base, { known: true })

describe('a null element of what an author returns', () => {
  it.each([
    [{ names: ['a', null] }, 'names[1]'],
    [{ tags: [null] }, 'tags[0]'],
    [{ labels: { zone: null } }, 'labels.zone'],
    [{ deep: [{ a: [1] }, { b: [1, null] }] }, 'deep[1].b[1]'],
    [{ disks: [null] }, 'disks[0]'],
  ])('is refused: %j', (members, place) => {
    expect(() => stored(members)).toThrow(`${place} is null, expected a value. Leave the element out instead.`)
    expect(() => fieldsFromAuthor(fields, members, undefined, { known: false })).toThrow('is null')
  })

  it('stays where one is stored already, so that such a state can still be read', () => {
    const base = stored({})
    const old = rawObject([...Object.entries(base).filter(([name]) => name !== 'names'), ['names', ['a', null]]])
    expect(stored({ names: ['b', null] }, old).names).toEqual(['b', null])
    expect(() => stored({ names: [null, null] }, old)).toThrow('names[0] is null')
  })

  it('is no value of a computed dynamic attribute either, whatever its type', () => {
    const computed = fieldSpecs({ extra: s.dynamic().computed(), more: s.dynamic().computed().nullable() })
    const none = dynamic(null, 'string')
    expect(() => fieldsFromAuthor(computed, { extra: none, more: none }, undefined, { known: true })).toThrow('is null')
    const base = rawObject([['extra', null]])
    expect(fieldsFromAuthor(computed, { extra: none, more: none }, base, { known: true })).toMatchObject({ more: {} })
  })

  it('is a value in tuples, structs and dynamic values, where Terraform has it', () => {
    const value = stored({ pair: ['a', null], point: { x: null }, extra: dynamic([null], ['list', 'string']) })
    expect(value.pair).toEqual(['a', null])
    expect(value.point).toEqual(rawObject([['x', null]]))
    expect(value.extra).toMatchObject({ value: [null] })
  })
})
