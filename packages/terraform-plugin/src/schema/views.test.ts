import { expect, expectTypeOf, it } from 'vitest'
import { Unknown } from '../encoding/unknown.ts'
import { defineFunction, defineWith } from '../provider/define.ts'
import { s } from './s.ts'

const define = defineWith<{ make(name: string): Promise<string> }>()

it('types of state, plan and configuration follow from the schema', () => {
  const server = define.resource({
    schema: {
      id: s.string().computed().useStateForUnknown(),
      name: s.string().required().requiresReplace(),
      size: s.number().default(3),
      region: s.string().optional().computed(),
      note: s.string().optional(),
      address: s.string().computed().nullable(),
      secret: s.string().optional().writeOnly(),
      labels: s.map(s.string()).optional(),
      disks: s.list(s.object({ gb: s.integer().required(), path: s.string().computed() })).optional(),
      rule: s.blockList({ port: s.integer().required() }),
      limits: s.block({ cpu: s.integer().optional() }),
    },
    async create({ plan, config, client }) {
      expectTypeOf(plan.id).toEqualTypeOf<string | typeof Unknown>()
      expectTypeOf(plan.name).toEqualTypeOf<string>()
      expectTypeOf(plan.size).toEqualTypeOf<number>()
      expectTypeOf(plan.region).toEqualTypeOf<string | typeof Unknown>()
      expectTypeOf(plan.note).toEqualTypeOf<string | null>()
      expectTypeOf(plan.secret).toEqualTypeOf<null>()
      expectTypeOf(config.secret).toEqualTypeOf<string | null>()
      expectTypeOf(plan.labels).toEqualTypeOf<{ readonly [key: string]: string } | null>()
      expectTypeOf(plan.disks).toEqualTypeOf<
        readonly { readonly gb: number; readonly path: string | typeof Unknown }[] | null
      >()
      expectTypeOf(plan.rule).toEqualTypeOf<readonly { readonly port: number }[]>()
      expectTypeOf(plan.limits).toEqualTypeOf<{ readonly cpu: number | null } | null>()
      return { id: await client.make(plan.name), region: 'x', address: null }
    },
    read({ state }) {
      expectTypeOf(state.id).toEqualTypeOf<string>()
      expectTypeOf(state.address).toEqualTypeOf<string | null>()
      return { ...state }
    },
    // @ts-expect-error the computed values `id`, `region` and `address` are missing
    update: () => ({ name: 'x' }),
    delete() {},
    validate({ config }) {
      expectTypeOf(config.id).toEqualTypeOf<null>()
      expectTypeOf(config.name).toEqualTypeOf<string | typeof Unknown>()
      expectTypeOf(config.size).toEqualTypeOf<number | typeof Unknown | null>()
      expectTypeOf(config.rule).toEqualTypeOf<
        readonly ({ readonly port: number | typeof Unknown } | typeof Unknown)[] | typeof Unknown
      >()
    },
  })
  expect(server.definition.schema).toHaveProperty('disks')
})

it('types of a function follow from its parameters', () => {
  const join = defineFunction({
    parameters: { separator: s.string(), options: s.object({ upper: s.bool().optional() }) },
    variadic: s.string(),
    returns: s.string(),
    run({ separator, options }, rest) {
      expectTypeOf(separator).toEqualTypeOf<string>()
      expectTypeOf(options.upper).toEqualTypeOf<boolean | null>()
      expectTypeOf(rest).toEqualTypeOf<readonly string[]>()
      return rest.join(separator)
    },
  })
  expect(Object.keys(join.definition.parameters ?? {})).toEqual(['separator', 'options'])
})

it('fails to compile for a field without a role', () => {
  // @ts-expect-error neither required, optional nor computed
  expect(s.object({ name: s.string() })).toBeDefined()
  expect(Unknown).not.toBeNull()
})
