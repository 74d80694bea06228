import { expect, it } from 'vitest'
import { Protocol } from '../../test/support/protocol.ts'
import { conflicting, defineWith, s } from '../index.ts'

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
