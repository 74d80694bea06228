import { describe, expect, it } from 'vitest'
import { Protocol } from '../../test/support/protocol.ts'
import { encodeValue } from '../encoding/encode.ts'
import { type Raw, rawObject, UnknownValue } from '../encoding/raw.ts'
import type { Type } from '../encoding/type.ts'
import { between, defineFunction, defineWith, dynamic, isKnown, matches, s, Unknown } from '../index.ts'
import { attempts } from './crash.ts'

type Functions = NonNullable<Parameters<ReturnType<typeof defineWith>['provider']>[0]['functions']>

/** Calls a function with arguments as Terraform sends them. */
async function call(definition: Functions[string], ...args: [Type, Raw][]) {
  const provider = defineWith().provider({ name: 'toy', functions: { f: definition } })
  const { result, error } = await new Protocol(provider).call('CallFunction', {
    name: 'f',
    arguments: args.map(([type, value]) => ({ msgpack: encodeValue(type, value) })),
  })
  return error
    ? { error: error.text, argument: error.function_argument }
    : Buffer.from(result?.msgpack ?? []).toString('hex')
}

describe('an argument of a function', () => {
  it('is checked by the validators of its parameter, also inside nested attributes', async () => {
    const port = defineFunction({
      parameters: { port: s.integer().validate(between(1, 65535)) },
      returns: s.integer(),
      run: ({ port }) => port,
    })
    expect(await call(port, ['number', 70000])).toEqual({ error: 'Found 70000, expected 1 to 65535', argument: 0 })
    const named = defineFunction({
      parameters: { list: s.list(s.object({ name: s.string().required().validate(matches(/^a/, 'a name with a')) })) },
      returns: s.integer(),
      run: ({ list }) => list.length,
    })
    const type: Type = ['list', ['object', { name: 'string' }]]
    expect(await call(named, [type, [{ name: 'ab' }, { name: 'b' }] as never])).toEqual({
      error: '[1].name: Found "b", expected a name with a',
      argument: 0,
    })
  })

  it('keeps the promises of its number form', async () => {
    const whole = defineFunction({ parameters: { n: s.integer() }, returns: s.bool(), run: () => true })
    expect(await call(whole, ['number', 1.5])).toMatchObject({
      error: expect.stringContaining('expected a whole number'),
    })
    expect(await call(whole, ['number', 2n ** 60n])).toMatchObject({ error: expect.stringContaining('within ±') })
    const big = defineFunction({ parameters: { n: s.bigint() }, returns: s.bigint(), run: ({ n }) => n + 1n })
    expect(await call(big, ['number', 2n ** 63n - 1n])).toBe(`b3${Buffer.from(String(2n ** 63n)).toString('hex')}`)
    expect(await call(big, ['number', 0.5])).toMatchObject({ error: 'Found 0.5, expected a whole number' })
  })

  it('holds no null inside a collection or in a required nested attribute', async () => {
    const list = defineFunction({ parameters: { l: s.list(s.string()) }, returns: s.bool(), run: () => true })
    expect(
      await call(list, [
        ['list', 'string'],
        ['a', null],
      ]),
    ).toMatchObject({ error: expect.stringContaining('[1]: The list holds a null'), argument: 0 })
    const object = defineFunction({
      parameters: { o: s.object({ a: s.string().required() }) },
      returns: s.bool(),
      run: () => true,
    })
    expect(await call(object, [['object', { a: 'string' }], { a: null } as never])).toEqual({
      error: 'a: Found null, expected a value',
      argument: 0,
    })
  })

  it('keeps the promises of its type inside structs and tuples', async () => {
    const point = defineFunction({
      parameters: { point: s.struct({ x: s.integer(), at: s.tuple(s.bigint(), s.list(s.string())) }) },
      returns: s.bool(),
      run: () => true,
    })
    const type: Type = ['object', { x: 'number', at: ['tuple', ['number', ['list', 'string']]] }]
    const given = (x: number, big: number, list: (string | null)[]) =>
      call(point, [
        type,
        rawObject([
          ['x', x],
          ['at', [big, list]],
        ]),
      ])
    expect(await given(1.5, 1, [])).toMatchObject({ error: expect.stringMatching(/^x: Found 1\.5, expected a whole/) })
    expect(await given(1, 1.5, [])).toMatchObject({ error: 'at[0]: Found 1.5, expected a whole number' })
    expect(await given(1, 1, [null])).toMatchObject({ error: expect.stringMatching(/^at\[1\]\[0\]: The list holds a/) })
    expect(
      await call(point, [
        type,
        rawObject([
          ['x', null],
          ['at', [null, null]],
        ]),
      ]),
    ).toBe('c3')
  })

  it('has its defaults: of the parameter and of nested attributes', async () => {
    const greet = defineFunction({
      parameters: { who: s.string().default('world'), how: s.object({ shout: s.bool().default(true) }) },
      returns: s.string(),
      run: ({ who, how }) => (how.shout ? `${who}!` : who),
    })
    const how: Type = ['object', { shout: 'bool' }]
    expect(await call(greet, ['string', null], [how, { shout: null } as never])).toBe(
      `a6${Buffer.from('world!').toString('hex')}`,
    )
    const { functions } = await new Protocol(defineWith().provider({ name: 'toy', functions: { greet } })).call(
      'GetFunctions',
      {},
    )
    expect(functions?.greet?.parameters).toMatchObject([{ allow_null_value: true }, { allow_null_value: false }])
  })

  it('is blamed by its position, further arguments included', async () => {
    const all = defineFunction({
      parameters: { first: s.integer() },
      variadic: s.integer().validate(between(0, 9)),
      returns: s.integer(),
      run: (_, rest) => rest.length,
    })
    expect(await call(all, ['number', 1], ['number', 2], ['number', 30])).toMatchObject({ argument: 2 })
  })
})

describe('the result of a function', () => {
  it('is null only where the function says so', async () => {
    const never = defineFunction({ parameters: {}, returns: s.string(), run: () => null as never })
    expect(await call(never)).toMatchObject({ error: expect.stringContaining('the result is null, expected a value') })
    const typed = defineFunction({ returns: s.dynamic(), run: () => dynamic(null, 'string') })
    expect(await call(typed)).toMatchObject({ error: expect.stringContaining('the result is null, expected a value') })
    const maybe = defineFunction({ parameters: {}, returns: s.string().nullable(), run: () => null })
    expect(await call(maybe)).toBe('c0')
  })

  it('holds no null inside a collection or in a required nested attribute', async () => {
    const list = defineFunction({ parameters: {}, returns: s.list(s.string()), run: () => ['a', null as never] })
    expect(await call(list)).toMatchObject({ error: expect.stringContaining('result[1] is null, expected a value') })
    const object = defineFunction({
      parameters: {},
      returns: s.object({ a: s.string().required() }),
      run: () => ({ a: null }) as never,
    })
    expect(await call(object)).toMatchObject({ error: expect.stringContaining('Found null, expected a value') })
    const deep = defineFunction({
      parameters: {},
      returns: s.object({ a: s.struct({ b: s.list(s.string()) }).required() }),
      run: () => ({ a: { b: [null as never] } }),
    })
    expect(await call(deep)).toMatchObject({
      error: expect.stringMatching(/result\.a\.b\[0\] is null, expected a value/),
    })
  })

  it('is unknown only where an argument is', async () => {
    const upper = defineFunction({
      parameters: { text: s.string().acceptsUnknown() },
      returns: s.string(),
      run: ({ text }) => (isKnown(text) && text !== '' ? text.toUpperCase() : (Unknown as never)),
    })
    expect(await call(upper, ['string', UnknownValue.plain])).toBe('d40000')
    expect(await call(upper, ['string', 'a'])).toBe('a141')
    expect(await call(upper, ['string', ''])).toMatchObject({ error: expect.stringContaining('still unknown') })
  })

  it('passes the validators of its type, and has the defaults of nested attributes', async () => {
    const size = defineFunction({ returns: s.integer().validate(between(1, 3)), run: () => 9 })
    expect(await call(size)).toMatchObject({ error: expect.stringContaining('result: Found 9, expected 1 to 3') })
    const wait = defineFunction({ returns: s.object({ for: s.duration().required() }), run: () => ({ for: 'soon' }) })
    expect(await call(wait)).toMatchObject({ error: expect.stringContaining('result.for: Found "soon", expected') })
    const point = defineFunction({ returns: s.object({ x: s.integer().default(4) }), run: () => ({}) as never })
    expect(await call(point)).toBe('81a17804')
  })

  it('may have members with any name, since a type is no schema', async () => {
    const shout = defineFunction({
      parameters: { o: s.object({ camelCase: s.string().required() }) },
      returns: s.object({ 'with-dash': s.string().required() }),
      run: ({ o }) => ({ 'with-dash': o.camelCase }),
    })
    expect(await call(shout, [['object', { camelCase: 'string' }], { camelCase: 'a' } as never])).toBe(
      `81a9${Buffer.from('with-dash').toString('hex')}a161`,
    )
  })

  it('is described where it has the wrong type, without its value', async () => {
    const half = defineFunction({ returns: s.integer(), run: () => 1.5 })
    expect(await call(half)).toMatchObject({
      error: expect.stringMatching(/result is a fraction, expected a whole number/),
    })
    const late = defineFunction({ returns: s.number(), run: () => Number.NaN })
    expect(await call(late)).toMatchObject({
      error: expect.stringContaining('result is NaN, expected a finite number'),
    })
  })
})

it('says once why a function crashed that left something behind', async () => {
  const careless = defineFunction({
    returns: s.string(),
    run() {
      setImmediate(() => attempts.failCulprit(new AggregateError([new Error('one')], 'lost')))
      return 'x'
    },
  })
  expect(await call(careless)).toEqual({ error: 'lost\n- one', argument: undefined })
})

it('a sensitive argument is masked in the log and in what the function throws', async () => {
  const login = defineFunction({
    parameters: { password: s.string().sensitive().validate(matches(/^\S+$/, 'no spaces')) },
    variadic: s.object({ token: s.string().optional().sensitive() }),
    returns: s.string(),
    run: ({ password }, [more], { log }) => {
      log.info(`logging in with ${password}`, { token: more?.token })
      throw new Error(`${password} is wrong, and so is ${more?.token}`)
    },
  })
  const provider = defineWith().provider({ name: 'toy', functions: { login } })
  const args = (password: string): [Type, Raw][] => [
    ['string', password],
    [['object', { token: 'string' }], rawObject([['token', 'token-123']])],
  ]
  const protocol = new Protocol(provider)
  const send = async (password: string) => {
    const { error } = await protocol.call('CallFunction', {
      name: 'login',
      arguments: args(password).map(([type, value]) => ({ msgpack: encodeValue(type, value) })),
    })
    return error?.text
  }
  expect(await send('hunter2!')).toBe('(sensitive value) is wrong, and so is (sensitive value)')
  expect(protocol.logs.join('\n')).toContain('logging in with (sensitive value)')
  expect(protocol.logs.join('\n')).not.toMatch(/hunter2|token-123/)
  expect(await send('hunter 3')).not.toContain('hunter')
})
