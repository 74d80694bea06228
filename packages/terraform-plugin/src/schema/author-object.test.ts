import { describe, expect, it } from 'vitest'
import { rawObject } from '../encoding/raw.ts'
import { fieldsFromAuthor, withNestedDefaults } from './from-author.ts'
import { fieldSpecs, s } from './s.ts'

const server = { name: s.string().optional(), size: s.integer().optional() }
const fields = fieldSpecs({
  labels: s.map(s.string()).optional(),
  point: s.struct({ x: s.number(), size: s.number() }).optional(),
  server: s.object(server).optional(),
  servers: s.map(s.object(server)).optional(),
  names: s.list(s.string()).optional(),
})
const stored = (members: unknown) => fieldsFromAuthor(fields, members, undefined, { known: true })

class Named {
  readonly #name = 'web'
  get name() {
    return this.#name
  }
}
class Other {
  readonly secret = () => 'x'
}

describe('an object that an author returns', () => {
  it.each<[string, unknown, string]>([
    ['a Map for a map', { labels: new Map([['a', 'b']]) }, 'labels is a Map, expected a plain object. Return Object.'],
    ['a Map for an object', { server: new Map() }, 'server is a Map, expected an object. Return Object.fromEntries'],
    ['a Map deep inside', { servers: { web: new Map() } }, 'servers.web is a Map'],
    ['a Map for a struct', { point: new Map() }, 'point is a Map, expected an object.'],
    ['a Map for the whole', new Map(), 'The result is a Map, expected an object.'],
    ['a Set for a list', { names: new Set(['a']) }, 'names is a Set, expected an array. Return [...set].'],
    ['a Date', { server: new Date(0) }, 'server is a Date, expected an object.'],
    ['bytes for a list', { names: new Uint8Array(2) }, 'names is a Uint8Array, expected an array.'],
    ['an instance of a class for a map', { labels: new Named() }, 'labels is an instance of Named, expected a plain'],
    [
      'an instance without a member',
      { point: new Named() },
      'point is an instance of Named, expected an object with x',
    ],
    ['the same for the whole', new Other(), 'The result is an instance of Other, expected an object with labels'],
    // biome-ignore lint/suspicious/noSparseArray: it is what the case is about
    ['a list with a hole', { names: ['a', , 'b'] }, 'names[1] is nothing, expected a value.'],
  ])('is refused: %s', (_, members, message) => {
    expect(() => stored(members)).toThrow(message)
    const [name] = Object.keys(members as object)
    const shape = fields[name ?? '']
    if (!shape || !('attribute' in shape)) return
    const value = withNestedDefaults(shape.attribute.shape, (members as { [name: string]: unknown })[name ?? ''])
    expect(() => stored({ [name ?? '']: value })).toThrow(message)
  })

  it('may be of a class, with getters, without a prototype, or of another realm', () => {
    const named = rawObject([
      ['name', 'web'],
      ['size', null],
    ])
    expect(stored({ server: new Named() }).server).toEqual(named)
    expect(stored({ server: Object.assign(Object.create(null), { name: 'web' }) }).server).toEqual(named)
    const foreign = Object.create(Object.assign(Object.create(null), { toString: () => '' }))
    expect(stored({ labels: Object.assign(foreign, { a: 'b' }) }).labels).toEqual(rawObject([['a', 'b']]))
    expect(stored({ server: {}, labels: {} })).toMatchObject({ labels: rawObject([]) })
  })
})
