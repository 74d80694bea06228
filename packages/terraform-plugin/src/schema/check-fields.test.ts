import { describe, expect, it } from 'vitest'
import type { Attribute } from './attribute.ts'
import { checkFields, PROVIDER_META_ARGUMENTS } from './check-fields.ts'
import { constant } from './from-author.ts'
import { fieldSpecs, s } from './s.ts'
import type { AttributeSpec } from './spec.ts'
import { between, oneOf } from './validators.ts'
import type { Fields, Leaf } from './views.ts'

/** An attribute whose role the compiler has forgotten, as in plain JavaScript. */
const untyped = (attribute: object) => attribute as Attribute<Leaf<string>>

const check = (fields: object) => checkFields('toy_thing', fieldSpecs(fields as Fields))

describe('a schema', () => {
  it('may nest attributes, blocks, collections and plain objects', () => {
    expect(() =>
      check({
        a: s
          .list(
            s.object({ b: s.map(s.object({ c: s.set(s.struct({ d: s.list(s.number()) })).required() })).required() }),
          )
          .required(),
        anything: s.dynamic().optional(),
        both: s.object({ anything: s.dynamic().optional() }).optional(),
        block: s.blockList({ inner: s.blockSet({ x: s.string().required() }), count: s.integer().optional() }),
      }),
    ).not.toThrow()
  })

  it.each<[string, object, RegExp]>([
    ['a default of another type', { a: s.integer().default(1.5) }, /is a fraction, expected a whole number/],
    [
      'a default that its own validators refuse',
      { a: s.string().validate(oneOf('x', 'y')).default('z') },
      /toy_thing\.a: the default "z" does not pass the validators of the attribute\. Found "z", expected one of "x", "y"\./,
    ],
    [
      'a nested default that its own validators refuse',
      { a: s.list(s.object({ n: s.integer().validate(between(1, 5)).default(9) })).optional() },
      /toy_thing\.a\.n: the default 9 does not pass/,
    ],
    [
      'a secret element',
      { a: s.list(s.string().writeOnly()).optional() },
      /^toy_thing\.a: \.writeOnly\(\) on the element/,
    ],
    [
      'a sensitive element',
      { a: s.map(s.string().sensitive()).optional() },
      /toy_thing\.a: \.sensitive\(\) .* Move it to the attribute: s\.map\(\.\.\.\)\.sensitive\(\)/,
    ],
    ['a default of an element', { a: s.set(s.string().default('x')).optional() }, /a: \.default\(\) on the element/],
    ['a role of an element', { a: s.list(untyped(s.string()).required()).optional() }, /\.required\(\) on the element/],
    ['an element that may be null', { a: s.list(s.string().nullable()).optional() }, /a: \.nullable\(\) on/],
    ['an element that replaces', { a: s.list(s.string().requiresReplace()).optional() }, /a: \.requiresReplace\(\)/],
    [
      'an element that keeps its state',
      { a: s.tuple(s.string().useStateForUnknown()).optional() },
      /a\[0\] has no effect/,
    ],
    ['nested elements that are secret', { a: s.list(s.object({}).sensitive()).optional() }, /a: \.sensitive\(\) on/],
    [
      'a secret member deep inside',
      { a: s.object({ b: s.list(s.struct({ c: s.string().sensitive() })).optional() }).optional() },
      /toy_thing\.a\.b: \.sensitive\(\) on the element toy_thing\.a\.b\[\*\]\.c .* s\.list\(/,
    ],
    [
      'a default without a value that only the provider can set',
      { a: s.object({ b: s.string().optional(), id: s.string().computed() }).default({ b: 'x', id: null } as never) },
      /^toy_thing\.a: the default has no value for "id", which is computed/,
    ],
    [
      'a default without a required value',
      { a: s.object({ b: s.string().required() }).default({} as never) },
      /^toy_thing\.a: the default has no value for "b", which is required\./,
    ],
    [
      'a default of elements without a required value',
      { a: s.object({ l: s.list(s.object({ b: s.string().required() })).default([{ b: null }] as never) }).optional() },
      /^toy_thing\.a\.l: the default has no value for "b"/,
    ],
    ['a field nobody sets', { a: s.string() }, /toy_thing\.a: say who sets it/],
    ['a name with capitals', { userName: s.string().required() }, /lower-case letters/],
    [
      'a required value that is computed',
      { a: untyped(s.string().required()).computed() },
      /toy_thing\.a: it is required/,
    ],
    [
      'a required value with a default',
      { a: untyped(s.string().required()).default('x') },
      /toy_thing\.a: it is required/,
    ],
    ['a block called dynamic', { dynamic: s.block({ a: s.string().optional() }) }, /keeps the name "dynamic"/],
    ["one of Terraform's own names", { count: s.string().required() }, /keeps the name "count" for itself/],
    ['a write-only value that is computed', { a: untyped(s.string().writeOnly()).computed() }, /cannot be computed/],
    [
      'nested attributes too deep',
      { a: s.list(s.list(s.object({ b: s.string().required() }))).optional() },
      /Use s\.struct\(\) deeper/,
    ],
    ['a dynamic element', { a: s.list(s.dynamic()).optional() }, /s\.dynamic\(\) cannot be inside/],
    [
      'a dynamic attribute of a list element',
      { a: s.list(s.object({ b: s.dynamic().optional() })).optional() },
      /toy_thing\.a\.b: s\.dynamic\(\)/,
    ],
    ['a dynamic attribute of a repeated block', { a: s.blockList({ b: s.dynamic().optional() }) }, /s\.dynamic\(\)/],
    [
      'a write-only attribute in a set',
      { a: s.set(s.object({ b: s.string().writeOnly() })).optional() },
      /toy_thing\.a\.b: a write-only/,
    ],
    [
      'a nested field nobody sets',
      { a: s.object({ b: s.string() } as never).optional() },
      /toy_thing\.a\.b: say who sets it/,
    ],
  ])('fails on %s', (_, fields, message) => {
    expect(() => check(fields)).toThrow(message)
  })

  it('gives nested attributes their defaults inside the default of the whole', () => {
    const inner = s.object({ c: s.string().default('c'), d: s.integer().optional() })
    const { a } = fieldSpecs({
      a: s
        .object({ b: s.string().required(), one: inner.default({ d: 1 } as never), many: s.map(inner).optional() })
        .default({ b: 'b', one: null, many: { x: { c: null, d: 2 } } } as never),
    })
    expect(() => checkFields('toy_thing', { a } as never)).not.toThrow()
    const { shape, default: value } = (a as { attribute: AttributeSpec }).attribute
    expect(constant(shape, value?.value, ['a'])).toEqual({
      b: 'b',
      one: { c: 'c', d: 1 },
      many: { x: { c: 'c', d: 2 } },
    })
  })

  it('may use names that only a provider block keeps for Terraform', () => {
    const fields = fieldSpecs({ version: s.string().optional() })
    expect(() => checkFields('toy_thing', fields)).not.toThrow()
    expect(() => checkFields('provider toy', fields, PROVIDER_META_ARGUMENTS)).toThrow(/keeps the name "version"/)
  })

  it('fails on a block among nested attributes', () => {
    expect(() => s.object({ a: s.block({}) } as never)).toThrow(
      /"a" is a block, but nested attributes hold attributes only/,
    )
  })
})
