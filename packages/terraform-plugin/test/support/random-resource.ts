import fc from 'fast-check'
import type { Fields } from '../../src/index.ts'
import { s, Unknown } from '../../src/index.ts'

/** An attribute of a random schema, as plain data. */
export type Part =
  | { readonly kind: 'text'; readonly role: TextRole; readonly anyCase: boolean }
  | {
      readonly kind: 'texts'
      readonly role: 'optional' | 'optionalComputed'
      readonly collection: 'set' | 'list' | 'unordered'
      readonly anyCase: boolean
    }
  | {
      readonly kind: 'nested'
      readonly role: 'optional' | 'optionalComputed' | 'block'
      readonly nesting: 'single' | 'list' | 'set' | 'map'
      readonly parts: Parts
    }
export type Parts = { readonly [name: string]: Part }
type TextRole = 'required' | 'optional' | 'defaulted' | 'optionalComputed' | 'computed' | 'id'

/** What a user writes, or what is stored: texts and nested values; null where there is nothing. */
export type Value = null | string | readonly Value[] | { readonly [name: string]: Value }
export type Members = { readonly [name: string]: Value }

/** The key by which every list tells its elements apart. */
const KEY = 'k'
export const DEFAULT = 'a'

const textRoles: readonly TextRole[] = ['required', 'optional', 'defaulted', 'optionalComputed', 'computed', 'id']
const text = fc.record({
  kind: fc.constant('text' as const),
  role: fc.constantFrom(...textRoles),
  anyCase: fc.boolean(),
})

const texts = fc.record({
  kind: fc.constant('texts' as const),
  role: fc.constantFrom('optional' as const, 'optionalComputed' as const),
  collection: fc.constantFrom('set' as const, 'list' as const, 'unordered' as const),
  anyCase: fc.boolean(),
})

function partsOf(depth: number, inside: 'resource' | 'list' | 'other'): fc.Arbitrary<Parts> {
  const nested: fc.Arbitrary<Part> = fc
    .record({
      nesting: fc.constantFrom('single' as const, 'list' as const, 'set' as const, 'set' as const, 'map' as const),
      role: fc.constantFrom('optional' as const, 'optional' as const, 'optionalComputed' as const, 'block' as const),
    })
    .chain(({ nesting, role }) =>
      partsOf(depth - 1, nesting === 'list' ? 'list' : 'other').map((parts) => ({
        kind: 'nested' as const,
        nesting,
        // Terraform has no blocks inside nested attributes, and no maps of blocks.
        role: role === 'block' && (inside !== 'resource' || nesting === 'map') ? ('optional' as const) : role,
        parts,
      })),
    )
  const one: fc.Arbitrary<Part> =
    depth > 0
      ? fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: texts }, { weight: 4, arbitrary: nested })
      : fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: texts })
  return fc.record({ p: one, q: fc.option(one), r: fc.option(one), id: fc.boolean() }).map(({ p, q, r, id }): Parts => {
    const required: Part = { kind: 'text', role: 'required', anyCase: false }
    return {
      ...(inside === 'list' && { [KEY]: required }),
      p,
      ...(q && { q }),
      ...(r && { r }),
      ...(id && { id: { kind: 'text', role: 'id', anyCase: false } satisfies Part }),
    }
  })
}

/** The attributes of a random resource: always one collection of nested attributes with an identity in it. */
export const randomParts: fc.Arbitrary<Parts> = fc.record({
  a: partsOf(2, 'other').map(
    (parts): Part => ({
      kind: 'nested',
      nesting: 'set',
      role: 'optional',
      parts: { ...parts, id: { kind: 'text', role: 'id', anyCase: false } },
    }),
  ),
  b: partsOf(2, 'resource').map((parts) => parts.p as Part),
})

/** The schema of random parts. */
export function fieldsOf(parts: Parts): Fields {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, fieldOf(part)])) as Fields
}

const anyCaseText = s.string().sameAs((left, right) => left.toLowerCase() === right.toLowerCase())

function fieldOf(part: Part): unknown {
  if (part.kind === 'texts') {
    const element = part.anyCase ? anyCaseText : s.string()
    if (part.collection === 'set') {
      return part.role === 'optional' ? s.set(element).optional() : s.set(element).optional().computed()
    }
    const list = part.collection === 'list' ? s.list(element) : s.list(element).unordered()
    return part.role === 'optional' ? list.optional() : list.optional().computed()
  }
  if (part.kind === 'text') {
    const type = part.anyCase ? anyCaseText : s.string()
    switch (part.role) {
      case 'required':
        return type.required()
      case 'optional':
        return type.optional()
      case 'defaulted':
        return type.default(DEFAULT)
      case 'optionalComputed':
        return type.optional().computed()
      case 'computed':
        return type.computed()
      case 'id':
        return type.computed().useStateForUnknown()
    }
  }
  const fields = fieldsOf(part.parts)
  const isOpen = part.role === 'optionalComputed'
  if (part.role === 'block') {
    if (part.nesting === 'single') return s.block(fields as never)
    return part.nesting === 'list'
      ? s.blockList(fields as never, { elementKey: KEY } as never)
      : s.blockSet(fields as never)
  }
  const object = s.object(fields)
  switch (part.nesting) {
    case 'single':
      return isOpen ? object.optional().computed() : object.optional()
    case 'list': {
      const list = s.list(object).elementKey(KEY)
      return isOpen ? list.optional().computed() : list.optional()
    }
    case 'set':
      return isOpen ? s.set(object).optional().computed() : s.set(object).optional()
    case 'map':
      return isOpen ? s.map(object).optional().computed() : s.map(object).optional()
  }
}

const words = fc.constantFrom('a', 'b', 'c')

/** What a user may write for a resource with these parts. */
export function randomMembers(parts: Parts): fc.Arbitrary<Members> {
  return fc
    .record(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, randomValue(part)])))
    .map((members) => members as Members)
}

function randomValue(part: Part): fc.Arbitrary<Value> {
  if (part.kind === 'text') {
    if (part.role === 'required') return words
    if (part.role === 'computed' || part.role === 'id') return fc.constant(null)
    return fc.oneof(fc.constant(null), words)
  }
  if (part.kind === 'texts') {
    const list = part.collection === 'list' ? fc.array(words, { maxLength: 3 }) : fc.uniqueArray(words)
    return fc.oneof(fc.constant(null), list)
  }
  const element = randomMembers(part.parts)
  const some = (value: fc.Arbitrary<Value>) =>
    part.role === 'block'
      ? value
      : fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: value })
  switch (part.nesting) {
    case 'single':
      return part.role === 'block' ? fc.oneof(fc.constant(null), element) : some(element)
    case 'map':
      return some(fc.dictionary(words, element, { maxKeys: 2 }))
    case 'list':
      return some(fc.uniqueArray(element, { maxLength: 3, selector: (one) => one[KEY] }))
    case 'set':
      return some(fc.uniqueArray(element, { maxLength: 4, selector: (one) => canonical(part.parts, one) }))
  }
}

/** A text that is the same for elements that a user means to be the same, defaults included. */
const canonical = (parts: Parts, members: Members): string => JSON.stringify(settled(parts, members))

function settled(parts: Parts, members: Members): unknown {
  return Object.entries(parts).map(([name, part]) => {
    const value = members[name] ?? null
    if (part.kind === 'text') {
      const written = value === null && part.role === 'defaulted' ? DEFAULT : value
      return part.anyCase && typeof written === 'string' ? written.toLowerCase() : written
    }
    if (value === null || typeof value === 'string') return value
    if (part.kind === 'texts') {
      const all = (value as readonly string[]).map((one) => (part.anyCase ? one.toLowerCase() : one))
      return part.collection === 'list' ? all : all.sort()
    }
    if (Array.isArray(value)) {
      const elements = (value as readonly Members[]).map((one) => canonical(part.parts, one))
      return part.nesting === 'set' ? elements.sort() : elements
    }
    if (part.nesting === 'single') return canonical(part.parts, value as Members)
    return Object.entries(value)
      .map(([key, one]) => [key, canonical(part.parts, one as Members)])
      .sort()
  })
}

/** The same, changed here and there: elements come, go, move and are spelled otherwise. */
export function changed(parts: Parts, members: Members): fc.Arbitrary<Members> {
  return fc
    .record(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, changedValue(part, members[name] ?? null)]),
      ),
    )
    .map((result) => result as Members)
}

function changedValue(part: Part, value: Value): fc.Arbitrary<Value> {
  const other = randomValue(part)
  if (value === null || part.kind === 'text') {
    const respelled =
      typeof value === 'string' && part.kind === 'text' && part.anyCase
        ? fc.constantFrom(value, value.toUpperCase(), value.toLowerCase())
        : fc.constant(value)
    return fc.oneof({ weight: 6, arbitrary: respelled }, { weight: 1, arbitrary: other })
  }
  if (part.kind === 'texts') {
    const all = value as readonly string[]
    const moved =
      part.collection === 'list' ? fc.constant([...all]) : fc.shuffledSubarray([...all], { minLength: all.length })
    const respelled = moved.map((list) => (part.anyCase ? list.map((one) => one.toUpperCase()) : list))
    return fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 3, arbitrary: respelled }, other)
  }
  if (part.nesting === 'single') return changed(part.parts, value as Members)
  if (part.nesting === 'map') {
    return fc
      .record(
        Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, fc.option(changed(part.parts, one as Members), { freq: 5 })]),
        ),
      )
      .map((entries) => Object.fromEntries(Object.entries(entries).filter(([, one]) => one !== null)) as Value)
  }
  const elements = value as readonly Members[]
  return fc
    .tuple(
      fc.tuple(
        ...elements.map((one) =>
          fc.oneof(
            { weight: 5, arbitrary: fc.constant(one) },
            { weight: 2, arbitrary: changed(part.parts, one) },
            { weight: 1, arbitrary: fc.constant(null) },
          ),
        ),
      ),
      fc.option(randomMembers(part.parts)),
    )
    .chain(([kept, added]) => {
      const all = [...kept, added].filter((one) => one !== null) as Members[]
      const keyOf = (one: Members) => (part.nesting === 'list' ? one[KEY] : canonical(part.parts, one))
      const unique = all.filter((one, index) => all.findIndex((first) => keyOf(first) === keyOf(one)) === index)
      return fc.shuffledSubarray(unique, { minLength: unique.length })
    })
}

/** The same in another order of its sets. */
export function reordered(parts: Parts, members: Members): Members {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const value = members[name] ?? null
      if (part.kind === 'texts' && Array.isArray(value) && part.collection !== 'list') return [name, value.toReversed()]
      if (part.kind !== 'nested' || value === null || typeof value === 'string') return [name, value]
      if (part.nesting === 'single') return [name, reordered(part.parts, value as Members)]
      if (!Array.isArray(value)) {
        return [
          name,
          Object.fromEntries(Object.entries(value).map(([key, one]) => [key, reordered(part.parts, one as Members)])),
        ]
      }
      const elements = (value as readonly Members[]).map((one) => reordered(part.parts, one))
      return [name, part.nesting === 'set' ? elements.reverse() : elements]
    }),
  )
}

let made = 0
const fresh = () => `made ${++made}`

/** A plan with a value that no other has in every place that is not known yet. */
export function filled(parts: Parts, members: { readonly [name: string]: unknown }): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, filledValue(part, members[name])]))
}

function filledValue(part: Part, value: unknown): unknown {
  if (part.kind === 'text') return value === Unknown ? fresh() : value
  if (value === null || value === undefined) return value
  if (part.kind === 'texts') return value === Unknown ? [fresh(), fresh()] : value
  const inside = (one: unknown) => filled(part.parts, one as { readonly [name: string]: unknown })
  if (value === Unknown) {
    const element = inside(invented(part.parts))
    return part.nesting === 'single' ? element : part.nesting === 'map' ? { made: element } : [element]
  }
  if (Array.isArray(value)) return value.map(inside)
  if (part.nesting === 'single') return inside(value)
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, inside(one)]))
}

const invented = (parts: Parts) =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.role === 'optional' ? null : Unknown]))

/** Terraform's words for what a user writes. */
export function hclOf(parts: Parts, members: Members, indent: string): string {
  return Object.entries(parts)
    .flatMap(([name, part]) => {
      const value = members[name] ?? null
      if (value === null) return []
      if (part.kind === 'nested' && part.role === 'block') {
        const blocks = (Array.isArray(value) ? value : [value]) as readonly Members[]
        return blocks.map((one) => `${indent}${name} {\n${hclOf(part.parts, one, `${indent}  `)}${indent}}\n`)
      }
      return [`${indent}${name} = ${JSON.stringify(value)}\n`]
    })
    .join('')
}
