import { describe, expect, it } from 'vitest'
import { Protocol, unknown } from '../../test/support/protocol.ts'
import { defineWith } from '../provider/define.ts'
import { DiagnosticError } from '../provider/diagnostic-error.ts'
import type { ResourceDefinition } from '../provider/resource.ts'
import { s } from '../schema/s.ts'
import { attempts } from './crash.ts'

const define = defineWith()
const schema = {
  id: s.string().computed(),
  name: s.string().required(),
  size: s.number().default(2),
  token: s.string().optional().sensitive(),
  disks: s.list(s.object({ gb: s.integer().required(), path: s.string().computed() })).optional(),
  tags: s.set(s.string()).optional(),
  identity_note: s.string().optional(),
}
type Definition = ResourceDefinition<undefined, typeof schema, { readonly id: ReturnType<typeof id> }>
const id = () => s.string().required()

function toy(more: Partial<Definition>): Protocol {
  const thing = define.resource({
    schema,
    create: () => ({ id: 'i' }),
    read: ({ state }) => state,
    update: () => ({ id: 'i' }),
    delete() {},
    ...more,
  } as Definition)
  return new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
}

const planned = { id: unknown, name: 'a', size: 2 }
const create = async (definition: Partial<Definition>, plan: { [name: string]: unknown } = planned) => {
  const protocol = toy(definition)
  const answer = await protocol.apply('toy_thing', null, plan)
  return { ...answer, state: protocol.read('toy_thing', answer.new_state), protocol }
}

describe('a create', () => {
  it('completes what the author returns from the plan', async () => {
    const { state, diagnostics } = await create({})
    expect(diagnostics).toEqual([])
    expect(state).toMatchObject({ id: 'i', name: 'a', size: 2, disks: null })
  })

  it("takes numbers, text and sets that are the same for the plan's own", async () => {
    const { diagnostics } = await create(
      { create: () => ({ id: 'i', name: 'u\u0308', tags: ['b', 'a'], size: 2.0 }) },
      { ...planned, name: '\u00fc', tags: ['a', 'b'] },
    )
    expect(diagnostics).toEqual([])
  })

  it('fails, keeping the state, when a planned value changed', async () => {
    const { state, diagnostics } = await create(
      {
        create: () => ({ id: 'i', size: 3, disks: [{ gb: 2, path: '/a' }] }),
      },
      { ...planned, disks: [{ gb: 1, path: unknown }] },
    )
    expect(diagnostics).toMatchObject([
      {
        summary: 'Provider produced an inconsistent result',
        detail: expect.stringContaining('"size" was planned as 2, but is 3'),
        attribute: { steps: [{ attribute_name: 'size' }] },
      },
      { detail: expect.stringContaining('"disks[0].gb" was planned as 1, but is 2') },
    ])
    expect(state).toMatchObject({ id: 'i', size: 3 })
  })

  it('shows no sensitive value when that one changed', async () => {
    const { diagnostics } = await create(
      { create: () => ({ id: 'i', token: 'changed-secret' }) },
      { ...planned, token: 'planned-secret' },
    )
    expect(JSON.stringify(diagnostics)).not.toMatch(/changed-secret|planned-secret/)
  })

  it('fails, keeping what fits, when the author returns nonsense', async () => {
    const { state, diagnostics } = await create({ create: () => ({ id: 'i', size: 'big', nmae: 1 }) as never })
    expect(diagnostics).toMatchObject([{ detail: expect.stringContaining('"nmae" is not in the schema') }])
    expect(state).toMatchObject({ id: 'i', name: 'a', size: 2 })
  })

  it('fails when a computed value is missing', async () => {
    const { diagnostics } = await create({ create: () => ({}) as never })
    expect(diagnostics).toMatchObject([
      {
        detail: expect.stringContaining('The plan does not know it'),
        attribute: { steps: [{ attribute_name: 'id' }] },
      },
    ])
  })

  it('leaves nothing behind when it fails before anything was saved', async () => {
    const { state, diagnostics } = await create({
      create: () => {
        throw new Error('no room', { cause: new Error('disk full') })
      },
    })
    expect(state).toBe(null)
    expect(diagnostics).toMatchObject([
      { summary: 'Creating toy_thing failed', detail: 'no room\nCaused by: disk full' },
    ])
  })

  it('keeps what was saved when a later step fails', async () => {
    const { state, diagnostics } = await create({
      create({ save }) {
        save({ id: 'half' })
        throw new DiagnosticError('Half done', 'The second half failed.', { path: ['name'] })
      },
    })
    expect(state).toMatchObject({ id: 'half', name: 'a', disks: null })
    expect(diagnostics).toMatchObject([{ summary: 'Half done', attribute: { steps: [{ attribute_name: 'name' }] } }])
  })

  it('keeps what fits when what was saved is nonsense', async () => {
    const { state, diagnostics } = await create({
      create({ save }) {
        save({ id: 'half', size: 'big' } as never)
        throw new Error('later')
      },
    })
    expect(state).toMatchObject({ id: 'half', size: 2 })
    expect(diagnostics).toHaveLength(2)
  })

  it('masks a sensitive value in whatever the author throws', async () => {
    const { diagnostics } = await create(
      {
        create: () => {
          throw new Error('401 for token canary-1234')
        },
      },
      { ...planned, token: 'canary-1234' },
    )
    expect(diagnostics?.[0]?.detail).toBe('401 for token (sensitive value)')
  })
})

describe('an update and a delete', () => {
  const stored = { id: 'i', name: 'a', size: 2 }

  it('keep the state as it was when they fail', async () => {
    const fail = () => {
      throw new Error('no')
    }
    const protocol = toy({ update: fail, delete: fail })
    for (const plan of [{ ...stored, name: 'b' }, null]) {
      const { new_state, diagnostics } = await protocol.apply('toy_thing', stored, plan)
      expect(protocol.read('toy_thing', new_state)).toMatchObject(stored)
      expect(diagnostics).toHaveLength(1)
    }
  })

  it('keep the state when delete only reports an error', async () => {
    const protocol = toy({ delete: ({ diagnostics }) => diagnostics.error('Still in use') })
    const { new_state } = await protocol.apply('toy_thing', stored, null)
    expect(protocol.read('toy_thing', new_state)).toMatchObject(stored)
  })
})

describe('identity', () => {
  const identity = { schema: { id: id() }, version: 3, of: (state: { id: string }) => ({ id: state.id }) }

  it('is announced, and given with every state', async () => {
    const { new_identity, protocol } = await create({ identity })
    const { identity_schemas } = await protocol.call('GetResourceIdentitySchemas', {})
    expect(identity_schemas?.toy_thing).toMatchObject({
      version: 3,
      identity_attributes: [{ name: 'id', required_for_import: true }],
    })
    expect(Buffer.from(new_identity?.identity_data?.msgpack ?? []).toString('latin1')).toBe('\x81\xa2id\xa1i')
    const read = await protocol.call('ReadResource', {
      type_name: 'toy_thing',
      current_state: protocol.value('toy_thing', { id: 'r', name: 'a', size: 1 }),
    })
    expect(Buffer.from(read.new_identity?.identity_data?.msgpack ?? []).toString('latin1')).toBe('\x81\xa2id\xa1r')
  })

  it('is enough to import', async () => {
    const protocol = toy({ identity, importState: ({ id: text, identity: given }) => ({ id: `${text}/${given?.id}` }) })
    const { imported_resources } = await protocol.call('ImportResourceState', {
      type_name: 'toy_thing',
      identity: { identity_data: { msgpack: Buffer.from('\x81\xa2id\xa1i', 'latin1') } },
    })
    expect(protocol.read('toy_thing', imported_resources?.[0]?.state)).toMatchObject({ id: '/i', name: null })
  })

  it('is read back from an older release, without what is gone', async () => {
    const raw_identity = { json: Buffer.from('{"id":"i","gone":1}') }
    const { upgraded_identity } = await toy({ identity }).call('UpgradeResourceIdentity', {
      type_name: 'toy_thing',
      version: 1,
      raw_identity,
    })
    expect(Buffer.from(upgraded_identity?.identity_data?.msgpack ?? []).toString('latin1')).toBe('\x81\xa2id\xa1i')
  })
})

it('a value the provider makes is a secret from then on, where the schema says so', async () => {
  const thing = define.resource({
    schema: { id: s.string().computed(), token: s.string().computed().sensitive() },
    create: ({ log }) => {
      log.info('before: canary-made')
      return { id: 'i', token: 'canary-made' }
    },
    read: ({ state, log }) => {
      log.info('after: canary-made')
      return state
    },
    delete() {},
  })
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  await protocol.apply('toy_thing', null, { id: unknown, token: unknown })
  await protocol.call('ReadResource', {
    type_name: 'toy_thing',
    current_state: protocol.value('toy_thing', { id: 'i', token: 'other' }),
  })
  expect(protocol.logs[1]).toContain('after: (sensitive value)')
})

it.each([
  [
    'a field of that name',
    { timeouts: s.string().optional() },
    '1m',
    /toy_thing\.timeouts: the `timeouts` of the defin/,
  ],
  ['a limit that is no duration', {}, '10 minutes', /toy_thing\.timeouts: "10 minutes" for create is no duration/],
] as const)('a definition with timeouts fails with %s', (_, schema, create, message) => {
  const thing = define.resource({
    schema,
    timeouts: { create },
    create: () => ({}),
    read: ({ state }) => state,
    delete() {},
  })
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  expect(() => protocol.value('toy_thing', {})).toThrow(message)
})

describe('an error that a function left behind', () => {
  /** What Node's handler of unhandled rejections does, which runs when the function has returned. */
  const leave = () => void setImmediate(() => attempts.failCulprit(new Error('nobody waits for me')))
  const message = { detail: expect.stringMatching(/^nobody waits for me\n\nThe error was thrown where nothing waits/) }

  it('fails the create, and keeps the object that was made', async () => {
    const { state, diagnostics } = await create({
      create() {
        leave()
        return { id: 'made' }
      },
    })
    expect(diagnostics).toMatchObject([{ summary: 'Creating toy_thing failed', ...message }])
    expect(state).toMatchObject({ id: 'made' })
  })

  it('fails the delete, which may not have happened', async () => {
    const protocol = toy({ delete: leave })
    const { diagnostics, new_state } = await protocol.apply('toy_thing', { id: 'i', name: 'a', size: 2 }, null)
    expect(diagnostics).toMatchObject([{ summary: 'Deleting toy_thing failed', ...message }])
    expect(protocol.read('toy_thing', new_state)).toMatchObject({ id: 'i' })
  })
})
