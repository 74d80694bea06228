import { describe, expect, it } from 'vitest'
import { defineFunction, defineWith, exactlyOneOf, s } from '../index.ts'
import { connectProvider } from './connection.ts'

const define = defineWith()

const thing = (more: object) =>
  define.resource({
    schema: { id: s.string().computed(), name: s.string().optional() },
    create: () => ({ id: 'i' }),
    read: () => null,
    delete() {},
    ...more,
  } as never)

/** Compiles the provider and its resource, as Terraform's first calls do. */
async function use(definition: object): Promise<void> {
  const connection = connectProvider(define.provider({ name: 'toy', ...definition } as never))()
  const route = connection.route('/tfplugin6.Provider/GetProviderSchema')
  if (typeof route === 'function') await route(new Uint8Array(0), new AbortController())
}

describe('a definition fails on', () => {
  const run = () => 'x'
  it.each<[string, object, RegExp]>([
    [
      'a function whose name Terraform cannot call',
      { functions: { 'to-upper': defineFunction({ returns: s.string(), run }) } },
      /functions\.to-upper: a function's name/,
    ],
    [
      'a parameter whose name is no identifier',
      { functions: { f: defineFunction({ parameters: { 'a b': s.string() }, returns: s.string(), run }) } },
      /functions\.f\.a b: a parameter's name/,
    ],
    [
      'a parameter with a computed attribute',
      {
        functions: {
          f: defineFunction({
            parameters: { o: s.list(s.object({ id: s.string().computed() })) },
            returns: s.string(),
            run,
          }),
        },
      },
      /functions\.f\.o\.id: nothing computes/,
    ],
    [
      'a parameter whose elements have a default',
      {
        functions: {
          f: defineFunction({ parameters: { l: s.list(s.string().default('x')) }, returns: s.string(), run }),
        },
      },
      /functions\.f\.l: \.default\(\) on the element functions\.f\.l\[\*\]/,
    ],
    [
      'a result with elements that may be null',
      { functions: { f: defineFunction({ returns: s.list(s.string().nullable()), run: () => [] }) } },
      /functions\.f\.returns: \.nullable\(\) on the element/,
    ],
    [
      'a result with a default',
      { functions: { f: defineFunction({ returns: s.string().default('x'), run }) } },
      /functions\.f\.returns: a result has no default/,
    ],
    [
      'an identity with a map',
      {
        resources: {
          toy_thing: thing({ identity: { schema: { tags: s.map(s.string()).required() }, of: () => ({}) } }),
        },
      },
      /toy_thing\.identity\.tags: .*found map/,
    ],
    [
      'a computed identity',
      { resources: { toy_thing: thing({ identity: { schema: { id: s.string().computed() }, of: () => ({}) } }) } },
      /toy_thing\.identity\.id: users name an identity/,
    ],
    [
      'a combination of attributes that the schema lacks',
      { resources: { toy_thing: thing({ validate: exactlyOneOf('name', 'nmae') }) } },
      /toy_thing\.validate: "nmae" is not in the schema, which has: id, name\./,
    ],
  ])('%s', async (_, definition, message) => {
    await expect(use(definition)).rejects.toThrow(message)
  })
})

describe('the compiler finds', () => {
  it('a role that is said twice', () => {
    // @ts-expect-error required and optional at once
    expect(s.string().required().optional()).toBeDefined()
    // @ts-expect-error required and computed at once
    expect(s.string().required().computed()).toBeDefined()
    // @ts-expect-error required, and yet with a default
    expect(s.string().required().default('x')).toBeDefined()
    expect(s.string().optional().required().spec).toMatchObject({ required: true, optional: false })
  })

  it('a combination of attributes that the schema lacks', () => {
    const schema = { id: s.string().computed(), name: s.string().optional() }
    const rest = { create: () => ({ id: 'i' }), read: () => null, delete() {} }
    expect(define.resource({ schema, ...rest, validate: exactlyOneOf('id', 'name') })).toBeDefined()
    // @ts-expect-error nmae is not in the schema
    expect(define.resource({ schema, ...rest, validate: exactlyOneOf('name', 'nmae') })).toBeDefined()
  })

  it('a provider that does not make the client its parts expect', () => {
    const withClient = defineWith<{ url: string }>()
    // @ts-expect-error configure is missing
    expect(withClient.provider({ name: 'toy' })).toBeDefined()
    expect(withClient.provider({ name: 'toy', configure: () => ({ url: '' }) })).toBeDefined()
  })

  it('what a function is given and returns where null and unknown are allowed', () => {
    expect(
      defineFunction({
        parameters: { a: s.string().nullable(), b: s.list(s.string()).acceptsUnknown() },
        returns: s.string().nullable(),
        // @ts-expect-error a may be null
        run: ({ a }) => a.length.toString(),
      }),
    ).toBeDefined()
  })
})
