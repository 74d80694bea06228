import { describe, expect, it } from 'vitest'
import { Protocol } from '../../test/support/protocol.ts'
import {
  alsoRequires,
  conflicting,
  conflictsWith,
  defineWith,
  exactlyOneOf,
  requiredTogether,
  s,
  type Validate,
  within,
} from '../index.ts'

const define = defineWith()
const thing = define.resource({
  schema: {
    id: s.string().computed(),
    name: s.string().required(),
    kind: s.string().default('small'),
    size: s.integer().default(1),
    region: s.string().optional().computed(),
    secret: s.string().optional().writeOnly(),
    old: s.string().optional().deprecated('Use `name`.'),
    image: s.string().optional(),
    snapshot: s.string().optional(),
    disks: s.list(s.object({ gb: s.integer().default(8), path: s.string().computed() })).optional(),
    login: s.object({ user: s.string().required(), shell: s.string().default('sh') }).optional(),
    rule: s.blockList({ port: s.integer().required(), note: s.string().default('none') }),
  },
  timeouts: { create: '1m' },
  validate: conflicting('image', 'snapshot'),
  create: () => ({ id: 'i', region: 'r' }),
  read: ({ state }) => state,
  delete() {},
})

it('writes the configuration of a state without what is computed, a default, deprecated or a rival of something else', async () => {
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  const { config } = await protocol.call('GenerateResourceConfig', {
    type_name: 'toy_thing',
    state: protocol.value('toy_thing', {
      id: 'i',
      name: 'a',
      kind: 'small',
      size: 2,
      region: 'north',
      old: 'x',
      image: 'debian',
      snapshot: 's-1',
      disks: [
        { gb: 8, path: '/dev/0' },
        { gb: 9, path: '/dev/1' },
      ],
      login: { user: 'ann', shell: 'sh' },
      rule: [{ port: 80, note: 'none' }],
    }),
  })
  expect(protocol.read('toy_thing', config)).toEqual({
    id: null,
    name: 'a',
    kind: null,
    size: 2,
    region: 'north',
    secret: null,
    old: null,
    image: 'debian',
    snapshot: null,
    disks: [
      { gb: null, path: null },
      { gb: 9, path: null },
    ],
    login: { user: 'ann', shell: null },
    rule: [{ port: 80, note: null }],
    timeouts: null,
  })
})

describe('of attributes that must not be set together', () => {
  const text = s.string().optional()
  const schema = {
    a: text,
    b: text,
    c: text,
    login: s.object({ key: text, password: text }).optional(),
    rule: s.blockList({ port: s.integer().optional(), range: text }),
    peers: s.map(s.object({ host: text, address: text })).optional(),
  }
  const all = {
    a: '1',
    b: '2',
    c: '3',
    login: { key: 'k', password: 'p' },
    rule: [{ port: 1, range: '1-2' }],
    peers: { x: { host: 'h', address: 'd' } },
  }

  it.each<[string, Validate<typeof schema>, object]>([
    ['conflictsWith: the first', conflictsWith('b', 'a', 'c'), { a: null, b: '2', c: null }],
    ['nested rivals: the first', exactlyOneOf('login.key', 'login.password'), { login: { key: 'k', password: null } }],
    [
      'each element: the first',
      [within('rule', exactlyOneOf('port', 'range')), within('peers', conflicting('address', 'host'))],
      { rule: [{ port: 1, range: null }], peers: { x: { host: null, address: 'd' } } },
    ],
    [
      'no attribute without what it requires',
      [exactlyOneOf('a', 'b'), alsoRequires('c', 'b')],
      { a: '1', b: null, c: null },
    ],
    [
      'all of those that are set together, or none',
      [conflicting('a', 'b'), requiredTogether('b', 'c')],
      { a: '1', b: null, c: null },
    ],
    ['all where none conflict', [conflictsWith('a', 'login.key')], { a: '1', login: { key: null, password: 'p' } }],
  ])('keeps %s', async (_, validate, expected) => {
    const parts = { create: () => ({}), read: () => ({}), delete() {} }
    const toy_thing = define.resource({ schema, validate, ...parts })
    const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing } }))
    const state = protocol.value('toy_thing', all)
    const { config } = await protocol.call('GenerateResourceConfig', { type_name: 'toy_thing', state })
    expect(protocol.read('toy_thing', config)).toEqual({ ...all, ...expected })
    expect(
      (await protocol.call('ValidateResourceConfig', { type_name: 'toy_thing', config })).diagnostics ?? [],
    ).toEqual([])
  })
})
