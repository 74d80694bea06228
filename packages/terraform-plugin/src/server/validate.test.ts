import { describe, expect, it } from 'vitest'
import { Protocol, unknown } from '../../test/support/protocol.ts'
import { encodeValue } from '../encoding/encode.ts'
import type { Type } from '../encoding/type.ts'
import { defineWith, s } from '../index.ts'

const define = defineWith()
const thing = define.resource({
  schema: {
    region: s.string().optional().deprecated('Use `zone` instead.'),
    old: s.string().optional().deprecated(),
    disks: s.list(s.object({ kind: s.string().optional().deprecated('Leave it out.') })).optional(),
    rule: s.blockList({ port: s.integer().required() }).deprecated('Use `ports` instead.'),
  },
  create: () => ({}),
  read: () => null,
  delete() {},
})
const type: Type = [
  'object',
  {
    region: 'string',
    old: 'string',
    disks: ['list', ['object', { kind: 'string' }]],
    rule: ['list', ['object', { port: 'number' }]],
  },
]

async function warnings(config: object): Promise<(string | undefined)[]> {
  const empty = { region: null, old: null, disks: null, rule: [] }
  const { diagnostics } = await new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } })).call(
    'ValidateResourceConfig',
    { type_name: 'toy_thing', config: { msgpack: encodeValue(type, { ...empty, ...config } as never) } },
  )
  return (diagnostics ?? []).map(({ summary, detail }) => `${summary}: ${detail}`)
}

describe('a deprecated attribute or block', () => {
  it('says what to do instead where it is set', async () => {
    expect(await warnings({ region: 'x' })).toEqual(['Attribute is deprecated: Use `zone` instead.'])
    expect(await warnings({ disks: [{ kind: null }, { kind: 'ssd' }] })).toEqual([
      'Attribute is deprecated: Leave it out.\n\nIn `disks[1].kind`.',
    ])
    expect(await warnings({ rule: [{ port: 1 }] })).toEqual(['Block is deprecated: Use `ports` instead.'])
  })

  it('says nothing where it is not set, or where its author has nothing to say', async () => {
    expect(await warnings({})).toEqual([])
    expect(await warnings({ old: 'x' })).toEqual([])
  })
})

it('checks members of structs and tuples as it checks attributes', async () => {
  const define = defineWith()
  const thing = define.resource({
    schema: {
      point: s.struct({ x: s.integer(), y: s.integer() }).optional(),
      pair: s.tuple(s.bigint(), s.string()).optional(),
      lists: s.list(s.struct({ names: s.map(s.string()) })).optional(),
    },
    create: () => ({}),
    read: ({ state }) => state,
    delete() {},
  })
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  const { diagnostics } = await protocol.call('ValidateResourceConfig', {
    type_name: 'toy_thing',
    config: protocol.value('toy_thing', {
      point: { x: null, y: 1.5 },
      pair: [0.5, null],
      lists: [{ names: { a: null } }],
    }),
  })
  expect(diagnostics?.map(({ summary, detail }) => `${summary}: ${detail}`)).toEqual([
    expect.stringMatching(/^Invalid value for point\.y: Found 1\.5, expected a whole number/),
    expect.stringMatching(/^Invalid value for pair\[0\]: Found 0\.5, expected a whole number/),
    expect.stringMatching(/^Invalid value for lists\[0\]\.names\.a: The map holds a null/),
  ])
})

it('runs the validators of elements, at any depth, and says which element is wrong', async () => {
  const define = defineWith()
  const thing = define.resource({
    schema: {
      hosts: s.list(s.domainName()).optional(),
      limits: s.map(s.list(s.duration())).optional(),
      pair: s.tuple(s.ipAddress(), s.string()).optional(),
      point: s.struct({ at: s.dateTime() }).optional(),
    },
    create: () => ({}),
    read: ({ state }) => state,
    delete() {},
  })
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  const { diagnostics } = await protocol.call('ValidateResourceConfig', {
    type_name: 'toy_thing',
    config: protocol.value('toy_thing', {
      hosts: ['a.example', unknown, 'b..example'],
      limits: { read: ['1s'], write: ['1s', 'soon'] },
      pair: ['192.0.2.300', null],
      point: { at: 'now' },
    }),
  })
  expect(diagnostics?.map(({ summary }) => summary)).toEqual([
    'Invalid value for hosts[2]',
    'Invalid value for limits.write[1]',
    'Invalid value for pair[0]',
    'Invalid value for point.at',
  ])
})
