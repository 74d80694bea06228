import { describe, expect, it } from 'vitest'
import { Protocol } from '../../test/support/protocol.ts'
import { encodeValue } from '../encoding/encode.ts'
import { rawObject } from '../encoding/raw.ts'
import { defineWith, matches, s } from '../index.ts'

const define = defineWith()
const imported: unknown[] = []

function toy(identity: { readonly id: string | null; readonly region?: string | null }): Protocol {
  const thing = define.resource({
    schema: { name: s.string().required() },
    create: () => ({}),
    read: ({ state }) => state,
    delete() {},
    importState: ({ identity: given }) => {
      imported.push(given)
      return { name: 'a' }
    },
    identity: {
      schema: {
        id: s.string().required().validate(matches(/^srv-/, 'an id that begins with srv-')),
        region: s.domainName().optional(),
      },
      of: () => identity as never,
    },
  })
  const list = define.listResource({
    resource: thing,
    schema: {},
    *list() {
      yield { name: 'found', identity: identity as never }
    },
  })
  const provider = { name: 'toy', resources: { toy_thing: thing }, listResources: { toy_thing: list } }
  return new Protocol(define.provider(provider))
}

const type_name = 'toy_thing'
const read = async (identity: Parameters<typeof toy>[0]) => {
  const protocol = toy(identity)
  return protocol.call('ReadResource', { type_name, current_state: protocol.value(type_name, { name: 'a' }) })
}
const problem = ({ diagnostics }: { diagnostics?: readonly { summary?: string; detail?: string }[] }) =>
  diagnostics?.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n') ?? ''

describe('an identity', () => {
  it('that the provider works out keeps what its schema promises', async () => {
    expect(problem(await read({ id: 'srv-1' }))).toBe('')
    expect(problem(await read({ id: null }))).toMatch(
      /^Reading toy_thing returned an invalid value: "identity\.id": Found null, expected a value: .*bug in the provider/s,
    )
    expect(problem(await read({ id: 'vm-1' }))).toMatch(/"identity\.id": Found "vm-1", expected an id that begins/)
    expect(problem(await read({ id: 'srv-1', region: 'a b' }))).toMatch(/"identity\.region": /)
  })

  it('that a list finds is checked in the same way', async () => {
    const events = []
    for await (const event of toy({ id: null }).stream('ListResource', { type_name, limit: 5 })) events.push(event)
    expect(events.flatMap(({ diagnostic = [] }) => diagnostic.map(({ detail }) => detail))).toEqual([
      expect.stringContaining('"identity.id": Found null'),
    ])
  })

  it('that a user imports by is checked before anything is asked', async () => {
    const importBy = (id: string | null) =>
      toy({ id: 'srv-1' }).call('ImportResourceState', {
        type_name,
        identity: {
          identity_data: {
            msgpack: encodeValue(
              ['object', { id: 'string', region: 'string' }],
              rawObject([
                ['id', id],
                ['region', null],
              ]),
            ),
          },
        },
      })
    const refused = await importBy('vm-1')
    expect(problem(refused)).toBe('Invalid value for identity.id: Found "vm-1", expected an id that begins with srv-.')
    expect(refused.imported_resources ?? []).toEqual([])
    expect(problem(await importBy(null))).toMatch(/identity\.id: Found null, expected a value/)
    expect(imported).toEqual([])
    expect(problem(await importBy('srv-7'))).toBe('')
    expect(imported).toEqual([{ id: 'srv-7', region: null }])
  })
})
