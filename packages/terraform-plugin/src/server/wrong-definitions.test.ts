import { describe, expect, it } from 'vitest'
import {
  alsoRequires,
  any,
  atLeast,
  between,
  conflicting,
  defineFunction,
  defineWith,
  exactlyOneOf,
  lengthAtLeast,
  oneOf,
  providerSchemaJson,
  s,
  stateUpgrade,
  uniqueBy,
  within,
} from '../index.ts'

const define = defineWith()
const name = s.string().optional()
const parts = { create: () => ({}), read: () => ({}), delete() {} }
const resource = (more: object = {}) => define.resource({ schema: { name }, ...parts, ...more } as never)
const ofSchema = (schema: () => object) => () => provider({ resources: { toy_thing: resource({ schema: schema() }) } })
const ofResource = (more: () => object) => () => provider({ resources: { toy_thing: resource(more()) } })
const ofFunction =
  (more: object, called = 'f') =>
  () =>
    provider({ functions: { [called]: defineFunction({ returns: s.string(), run: () => 'x', ...more } as never) } })
const provider = (definition: object) => define.provider({ name: 'toy', ...definition } as never)
const dataSource = () => define.dataSource({ schema: { name }, read: () => ({}) })
const identity = { schema: { name: s.string().required() }, of: () => ({ name: 'n' }) }

describe('a definition is refused', () => {
  it.each<[string, () => ReturnType<typeof provider>, RegExp]>([
    // What could never do anything.
    [
      'a time limit of an operation that is not there',
      ofResource(() => ({ timeouts: { update: '1m' } })),
      /timeouts\.update: a resource without `update` has no use for this limit/,
    ],
    ['a time limit of nothing', ofResource(() => ({ timeouts: { create: '0s' } })), /"0s" leaves no time for create/],
    [
      'a secret in an identity',
      ofResource(() => ({ identity: { ...identity, schema: { name: s.string().required().sensitive() } } })),
      /identity\.name: \.sensitive\(\) has no effect on an identity/,
    ],
    ['oneOf without choices', ofSchema(() => ({ a: s.string().optional().validate(oneOf()) })), /oneOf\(\): no value/],
    ['any without checks', ofSchema(() => ({ a: s.string().optional().validate(any()) })), /any\(\): no value passes/],
    [
      'a default without what only a provider could compute in its elements',
      ofSchema(() => ({
        a: s.list(s.object({ b: s.integer().required(), c: s.string().computed() })).default([{ b: 1 } as never]),
      })),
      /toy_thing\.a: the default has no value for "c", which is computed: .*\.nullable\(\)/,
    ],
    [
      'uniqueBy an attribute that elements do not have',
      ofSchema(() => ({
        a: s
          .list(s.object({ b: s.string().required() }))
          .optional()
          .validate(uniqueBy('typo' as never)),
      })),
      /toy_thing\.a: uniqueBy\("typo"\) names no attribute of the elements, which have: b\./,
    ],
    [
      'the same inside any, of a block',
      ofSchema(() => ({ a: s.blockList({ b: name }).validate(any(uniqueBy('typo' as never))) })),
      /toy_thing\.a: uniqueBy\("typo"\)/,
    ],
    [
      'the same of elements that have no attributes',
      ofSchema(() => ({ a: s.list(s.list(s.string()).validate(uniqueBy('b' as never))).optional() })),
      /toy_thing\.a\[\*\]: uniqueBy\("b"\) names no attribute of the elements, which have: no attributes/,
    ],
    [
      'a parameter that is a block',
      ofFunction({ parameters: { p: s.block({ name }) } }),
      /functions\.f\.p is no type\. Write it as s\.string\(\)/,
    ],
    ['a result that is no type', ofFunction({ returns: {} }), /functions\.f\.returns is no type/],
    ['a result of dynamic elements', ofFunction({ returns: s.list(s.dynamic()) }), /returns: s\.dynamic\(\) cannot/],
    // What is missing.
    [
      'a resource without create',
      ofResource(() => ({ create: undefined })),
      /resources\.toy_thing\.create: a resource needs a function `create`, found nothing/,
    ],
    ['a resource without read', ofResource(() => ({ read: undefined })), /toy_thing\.read: a resource needs/],
    ['a resource without delete', ofResource(() => ({ delete: undefined })), /toy_thing\.delete: a resource needs/],
    [
      'a resource without a schema',
      ofResource(() => ({ schema: undefined })),
      /toy_thing\.schema: a resource needs an object/,
    ],
    [
      'a data source without read',
      () => provider({ dataSources: { toy_d: define.dataSource({ schema: { name } } as never) } }),
      /dataSources\.toy_d\.read: a data source needs/,
    ],
    [
      'an ephemeral resource without open',
      () => provider({ ephemeralResources: { toy_e: define.ephemeralResource({ schema: { name } } as never) } }),
      /toy_e\.open: an ephemeral resource needs/,
    ],
    [
      'an action without invoke',
      () => provider({ actions: { toy_a: define.action({ schema: { name } } as never) } }),
      /toy_a\.invoke: an action needs/,
    ],
    [
      'a list without list',
      () => provider({ listResources: { toy_l: define.listResource({ resource: resource(), schema: {} } as never) } }),
      /toy_l\.list: a list resource needs/,
    ],
    ['a function without run', ofFunction({ run: undefined }), /functions\.f\.run: a function needs/],
    ['a function without a result', ofFunction({ returns: undefined }), /functions\.f\.returns: a function needs/],
    ['a provider without a name', () => provider({ name: undefined }), /provider\.name: a provider needs a text/],
    // What is in the wrong place.
    [
      'a data source among resources',
      () => provider({ resources: { toy_d: dataSource() } }),
      /resources\.toy_d: found a data source, expected a resource\. List it under `dataSources`/,
    ],
    [
      'a resource among data sources',
      () => provider({ dataSources: { toy_r: resource() } }),
      /dataSources\.toy_r: found a resource, expected a data source\. List it under `resources`/,
    ],
    [
      'an action among resources',
      () => provider({ resources: { toy_a: define.action({ schema: {}, invoke() {} }) } }),
      /found an action, expected a resource/,
    ],
    [
      'a plain object',
      () => provider({ resources: { toy_thing: { schema: { name }, ...parts } } }),
      /resources\.toy_thing: found nothing, expected a resource made by define\.resource\(\)/,
    ],
    [
      'a list of another resource',
      () =>
        provider({
          resources: {
            toy_thing: resource({ identity }),
            toy_other: resource({ schema: { name: s.string().required() }, identity }),
          },
          listResources: {
            toy_other: define.listResource({ resource: resource({ identity }), schema: {}, *list() {} }),
          },
        }),
      /listResources\.toy_other: it finds another resource/,
    ],
    // What is misspelt.
    [
      'importstate',
      ofResource(() => ({ importstate: () => ({}) })),
      /resources\.toy_thing\.importstate: there is no "importstate" in a resource\. Did you mean "importState"\?/,
    ],
    ['udpate', ofResource(() => ({ udpate: () => ({}) })), /Did you mean "update"\?/],
    [
      'a member of a provider',
      () => provider({ datasources: {} }),
      /provider\.datasources: .*Did you mean "dataSources"\?/,
    ],
    ['a member of a function', ofFunction({ sumary: 'x' }), /functions\.f\.sumary: .*Did you mean "summary"\?/],
    [
      'a member that resembles nothing',
      ofResource(() => ({ colour: 'red' })),
      /there is no "colour" in a resource\. It has: schema, create, /,
    ],
    [
      'an operation of timeouts',
      ofResource(() => ({ timeouts: { creat: '1m' } })),
      /toy_thing\.timeouts\.creat: .*Did you mean "create"\?/,
    ],
    [
      'an operation that only others have',
      () =>
        provider({
          actions: { toy_a: define.action({ schema: {}, invoke() {}, timeouts: { create: '1m' } } as never) },
        }),
      /timeouts\.create: there is no "create" in the timeouts of an action\. It has: invoke/,
    ],
    // What has the wrong type.
    [
      'a text for a function',
      ofResource(() => ({ update: 'yes' })),
      /toy_thing\.update: found a text, expected a function/,
    ],
    [
      'a check that is no function',
      ofResource(() => ({ validate: ['name'] })),
      /toy_thing\.validate: found a list, expected a function, or a list of them/,
    ],
    [
      'a version that is no whole number',
      ofResource(() => ({ version: 1.5 })),
      /toy_thing\.version: found 1\.5, expected a whole number from 0/,
    ],
    [
      'an upgrade from the current version',
      ofResource(() => ({ version: 1, upgradeState: { 1: stateUpgrade({ name }, () => ({})) } })),
      /upgradeState\.1: the schema has the version 1/,
    ],
    [
      'an upgrade without its function',
      ofResource(() => ({ version: 1, upgradeState: { 0: { schema: {} } } })),
      /upgradeState\.0\.upgrade: an upgrade needs/,
    ],
    [
      'an identity without of',
      ofResource(() => ({ identity: { schema: identity.schema } })),
      /toy_thing\.identity\.of: an identity needs a function/,
    ],
    [
      'an identity of nothing',
      ofResource(() => ({ identity: { ...identity, schema: {} } })),
      /identity\.schema: found no attributes/,
    ],
    // Names.
    ['a provider in capital letters', () => provider({ name: 'Toy' }), /provider\.name: found "Toy"/],
    [
      'a type in capital letters',
      () => provider({ resources: { toy_Thing: resource() } }),
      /resources\.toy_Thing: a type's name has lower-case/,
    ],
    [
      'a type of another provider',
      () => provider({ dataSources: { other_thing: dataSource() } }),
      /dataSources\.other_thing: .*must start with "toy_"/,
    ],
    [
      'an attribute called constructor',
      ofSchema(() => ({ constructor: name })),
      /"constructor" is a member of every JavaScript object/,
    ],
    [
      'a member of an object called constructor',
      ofSchema(() => ({ o: s.object({ constructor: name }).optional() })),
      /"constructor" is a member/,
    ],
    ['an attribute called __proto__', ofSchema(() => ({ ['__proto__']: name })), /"__proto__" is a member/],
    [
      'a prototype instead of __proto__',
      ofSchema(() => Object.create(null, {}) && JSON.parse('{}', () => Object.setPrototypeOf({}, { name }))),
      /A schema is a plain object/,
    ],
    // Attributes and blocks.
    ['a type that was not called', ofSchema(() => ({ a: s.string })), /"a" is a function that was not called/],
    [
      'more blocks than fit',
      ofSchema(() => ({ a: s.blockList({ name }, { min: 3, max: 1 }) })),
      /toy_thing\.a: found min 3 and max 1/,
    ],
    [
      'a limit that counts nothing',
      ofSchema(() => ({ a: s.blockSet({ name }, { max: -1 }) })),
      /toy_thing\.a: min and max count blocks, found 0 and -1/,
    ],
    // Defaults.
    [
      'a default that a member refuses',
      ofSchema(() => ({ o: s.object({ p: s.integer().required().validate(between(1, 2)) }).default({ p: 9 }) })),
      /toy_thing\.o: the default \{"p":9\} does not pass .* p: Found 9, expected 1 to 2/,
    ],
    [
      'a default that a member deep inside refuses',
      ofSchema(() => ({
        l: s
          .list(s.object({ o: s.object({ p: s.integer().required().validate(atLeast(5)) }).required() }))
          .default([{ o: { p: 7 } }, { o: { p: 1 } }]),
      })),
      /l: .*Found 1, expected at least 5/,
    ],
    [
      'a default of a nested attribute',
      ofSchema(() => ({ o: s.object({ p: s.string().validate(lengthAtLeast(3)).default('x') }).optional() })),
      /toy_thing\.o\.p: the default "x"/,
    ],
    [
      'a default that an element refuses',
      ofSchema(() => ({ l: s.list(s.string().validate(lengthAtLeast(3))).default(['long', 'x']) })),
      /toy_thing\.l: the default .*Found 1 character,/,
    ],
    [
      'a default in a set of blocks',
      ofSchema(() => ({ b: s.blockSet({ p: s.integer().validate(atLeast(5)).default(1) }) })),
      /toy_thing\.b\.p: the default 1/,
    ],
    [
      'a default of null',
      ofSchema(() => ({ a: s.string().default(null as never) })),
      /toy_thing\.a: the default is null, which is no value/,
    ],
    [
      'a default of a parameter',
      ofFunction({ parameters: { a: s.string().validate(lengthAtLeast(3)).default('x') } }),
      /functions\.f\.a: the default "x"/,
    ],
    // What would have no effect.
    [
      'useStateForUnknown of what users set',
      ofSchema(() => ({ a: s.string().optional().useStateForUnknown() })),
      /toy_thing\.a: useStateForUnknown\(\) is for computed attributes/,
    ],
    [
      'useStateForUnknown beside a default',
      ofSchema(() => ({ a: s.string().default('x').useStateForUnknown() })),
      /toy_thing\.a: useStateForUnknown/,
    ],
    [
      'nullable of what may be null anyway',
      ofSchema(() => ({ a: s.string().optional().nullable() })),
      /toy_thing\.a: nullable\(\) is for computed/,
    ],
    [
      'acceptsUnknown of an attribute',
      ofSchema(() => ({ a: s.string().optional().acceptsUnknown() })),
      /toy_thing\.a: acceptsUnknown\(\) is for parameters/,
    ],
    [
      'validators of what no user sets',
      ofSchema(() => ({ a: s.string().computed().validate(lengthAtLeast(3)) })),
      /toy_thing\.a: validate\(\) checks what users write/,
    ],
    [
      'a key of elements that have none',
      ofSchema(() => ({ a: s.list(s.string()).elementKey('n').optional() })),
      /toy_thing\.a: elementKey is for lists of nested/,
    ],
    [
      'a rule of plans in a data source',
      () =>
        provider({
          dataSources: { toy_d: define.dataSource({ schema: { name: name.requiresReplace() }, read: () => ({}) }) },
        }),
      /toy_d\.name: requiresReplace\(\) is for resources/,
    ],
    [
      'a rule of plans deep in a provider',
      () => provider({ schema: { o: s.object({ n: name.modifyPlan(() => undefined) }).optional() } }),
      /provider toy\.o\.n: modifyPlan\(\) is for resources/,
    ],
    [
      'a write-only attribute of a data source',
      () =>
        provider({
          dataSources: {
            toy_d: define.dataSource({ schema: { a: s.string().writeOnly() }, read: () => ({}) } as never),
          },
        }),
      /toy_d\.a: writeOnly\(\) is for resources and actions/,
    ],
    [
      'a write-only attribute deep in a set',
      ofSchema(() => ({ a: s.set(s.object({ o: s.object({ n: s.string().writeOnly() }).optional() })).optional() })),
      /toy_thing\.a\.o\.n: a write-only attribute cannot be inside a set/,
    ],
    [
      'a validator that nothing passes',
      ofSchema(() => ({ a: s.integer().optional().validate(between(5, 1)) })),
      /between\(5, 1\): no value passes/,
    ],
    [
      'a dynamic value in a list of a parameter',
      ofFunction({ parameters: { a: s.list(s.dynamic()) } }),
      /functions\.f\.a: s\.dynamic\(\) cannot be inside a list/,
    ],
    // Nothing of a write-only attribute is planned or stored.
    [
      'a default inside a write-only attribute',
      ofSchema(() => ({
        a: s
          .object({ b: s.string().default('x') })
          .optional()
          .writeOnly(),
      })),
      /toy_thing\.a\.b: nothing inside a write-only attribute can be computed or have a default; .* Use \.optional\(\)/,
    ],
    [
      'a computed attribute deep inside a write-only one',
      ofSchema(() => ({
        a: s.list(s.object({ o: s.object({ b: s.string().computed() }).optional() })).writeOnly(),
      })),
      /toy_thing\.a\.o\.b: nothing inside a write-only/,
    ],
    [
      'requiresReplace of a write-only attribute',
      ofSchema(() => ({ a: s.string().writeOnly().requiresReplace() })),
      /toy_thing\.a: requiresReplace\(\) never sees a write-only value.* which version/,
    ],
    [
      'a rule of plans inside a write-only attribute',
      ofSchema(() => ({ a: s.object({ b: name.modifyPlan(() => undefined) }).writeOnly() })),
      /toy_thing\.a\.b: modifyPlan\(\) never sees/,
    ],
    [
      'a version of IP that does not exist',
      ofSchema(() => ({ a: s.ipAddress(5 as 4) })),
      /IP version 5, expected 4 or 6/,
    ],
    ['the same of a prefix', ofSchema(() => ({ a: s.cidr('4' as never) })), /IP version 4, expected 4 or 6/],
    [
      'an identity whose attribute Terraform cannot name',
      ofResource(() => ({ identity: { schema: { 'A-b': s.string().required() }, of: () => ({}) } })),
      /toy_thing\.identity\.A-b: a name has lower-case letters/,
    ],
    // The fix that a message names is one.
    [
      'a key of a list that is an element',
      ofSchema(() => ({ a: s.map(s.list(s.object({ n: s.string().required() })).elementKey('n')).optional() })),
      /toy_thing\.a: s\.object\(\) stands alone or right inside one list, set or map\. Use s\.struct\(\) deeper/,
    ],
    [
      'the same without attributes',
      ofSchema(() => ({ a: s.map(s.list(s.string()).elementKey('n')).optional() })),
      /\.elementKey\(\) on the element toy_thing\.a\[\*\] .* are no elements themselves\. Leave it out\./,
    ],
    [
      'a role of an element of a parameter',
      ofFunction({ parameters: { a: s.list(s.string().required()) } }),
      /functions\.f\.a: \.required\(\) on the element .* whole attributes only\. Leave it out\./,
    ],
    [
      'a secret element of a parameter',
      ofFunction({ parameters: { a: s.list(s.string().sensitive()) } }),
      /functions\.f\.a: .* Move it to the parameter: s\.list\(\.\.\.\)\.sensitive\(\)/,
    ],
    // Checks.
    [
      'exactlyOneOf of nothing',
      ofResource(() => ({ validate: exactlyOneOf() })),
      /exactlyOneOf: found 0 attributes, expected at least 2/,
    ],
    [
      'conflicting with oneself',
      ofResource(() => ({ validate: conflicting('name', 'name') })),
      /conflicting: "name" is named twice/,
    ],
    ['within without checks', ofResource(() => ({ validate: within('name') })), /within: found no checks/],
    [
      'exactlyOneOf of what is always set',
      ofResource(() => ({ schema: { name, id: s.string().required() }, validate: exactlyOneOf('name', 'id') })),
      /exactlyOneOf names "id", which is required/,
    ],
    [
      'a check of what no user can set',
      ofResource(() => ({ schema: { name, id: s.string().computed() }, validate: alsoRequires('name', 'id') })),
      /alsoRequires names "id", which only the provider sets/,
    ],
    // Functions: their types keep what those of attributes keep, so they are checked alike.
    ...(['parameters', 'variadic', 'returns'] as const).flatMap((place) => {
      const object = s.object({ a: s.integer().default(3), b: s.string().required() })
      const at = { parameters: 'p', variadic: 'rest', returns: 'returns' }[place]
      const of = (type: unknown) => ofFunction({ [place]: place === 'parameters' ? { p: type } : type })
      const refused = (title: string, type: unknown, message: string): [string, () => never, RegExp] => [
        `${title} (${place})`,
        of(type) as () => never,
        new RegExp(`functions\\.f\\.${at}${message}`),
      ]
      const deeper = ': s\\.object\\(\\) stands alone or right inside one list, set or map'
      return [
        refused('objects in a list of lists', s.list(s.list(object)), deeper),
        refused('an object in a tuple', s.tuple(object), deeper),
        refused('an object in a struct', s.struct({ o: object }), deeper),
        refused(
          'an object in a struct of an object',
          s.object({ d: s.struct({ o: object }).required() }),
          `\\.d${deeper}`,
        ),
        refused('a member without a role', s.map(s.object({ a: s.string() } as never)), '\\.a: say who sets it'),
        refused(
          'a member whose default its validator refuses',
          s.object({ n: s.integer().default(9).validate(between(1, 2)) }),
          '\\.n: the default 9 does not pass the validators .* Found 9, expected 1 to 2',
        ),
        refused(
          'a check of elements by what they do not have',
          s.object({
            l: s
              .list(object)
              .required()
              .validate(uniqueBy('typo' as never)),
          }),
          '\\.l: uniqueBy',
        ),
        refused(
          'a rule of plans',
          s.object({ a: name.requiresReplace() }),
          '\\.a: requiresReplace\\(\\) is for resources',
        ),
        refused('a write-only member', s.object({ a: name.writeOnly() }), '\\.a: writeOnly\\(\\) is for resources'),
        refused(
          'a deprecated member',
          s.object({ a: name.deprecated('b') }),
          '\\.a: \\.deprecated\\(\\) is for attributes',
        ),
        refused('a key of elements', s.list(object).elementKey('b'), ': \\.elementKey\\(\\) is for attributes'),
      ]
    }),
    [
      'a secret inside a result',
      ofFunction({ returns: s.list(s.object({ o: s.object({ a: name.sensitive() }).required() })) }),
      /functions\.f\.returns\.o\.a: \.sensitive\(\) has no effect on a result/,
    ],
    [
      'a parameter called rest',
      ofFunction({ parameters: { rest: s.string() }, variadic: s.string() }),
      /functions\.f\.rest: Terraform shows variadic arguments under the name "rest"/,
    ],
    [
      'a parameter with a role',
      ofFunction({ parameters: { a: s.string().required() } }),
      /functions\.f\.a: \.required\(\) is for attributes/,
    ],
    [
      'a write-only parameter',
      ofFunction({ variadic: s.string().writeOnly() }),
      /functions\.f\.rest: \.writeOnly\(\) is for attributes/,
    ],
    [
      'a sensitive result',
      ofFunction({ returns: s.string().sensitive() }),
      /functions\.f\.returns: \.sensitive\(\) has no effect on a result/,
    ],
  ])('%s', (_, make, message) => {
    expect(() => providerSchemaJson(make(), { source: 'example.com/me/toy' })).toThrow(message)
  })

  it('without repeating a default that is a secret', () => {
    const make = ofSchema(() => ({ a: s.string().sensitive().validate(lengthAtLeast(30)).default('hunter2!') }))
    expect(() => providerSchemaJson(make(), { source: 'example.com/me/toy' })).toThrow(
      /^(?!.*hunter2!).*the default does not pass/,
    )
  })
})

describe('the compiler refuses', () => {
  it('a misspelt member, a missing one, and one in the wrong place', () => {
    const schema = { name }
    // @ts-expect-error importstate is no member
    expect(define.resource({ schema, ...parts, importstate: () => ({}) })).toBeDefined()
    // @ts-expect-error create is missing
    expect(define.resource({ schema, read: () => ({}), delete() {} })).toBeDefined()
    // @ts-expect-error there is no operation creat
    expect(define.resource({ schema, ...parts, timeouts: { creat: '1m' } })).toBeDefined()
    // @ts-expect-error of is missing
    expect(define.resource({ schema, ...parts, identity: { schema: identity.schema } })).toBeDefined()
    // @ts-expect-error a data source is no resource
    expect(define.provider({ name: 'toy', resources: { toy_d: dataSource() } })).toBeDefined()
    const misplaced = define.resource({ schema, ...parts })
    // @ts-expect-error a resource is no data source
    expect(define.provider({ name: 'toy', dataSources: { toy_r: misplaced } })).toBeDefined()
    // @ts-expect-error rest is the name of the variadic arguments
    expect(defineFunction({ parameters: { rest: s.string() }, returns: s.string(), run: () => 'x' })).toBeDefined()
  })
})
