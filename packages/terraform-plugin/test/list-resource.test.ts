import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeValue } from '../src/encoding/decode.ts'
import { rawObject } from '../src/encoding/raw.ts'
import { defineWith, s } from '../src/index.ts'
import { streams } from '../src/protobuf/tfplugin6.ts'
import { compileProvider, connectProvider } from '../src/server/connection.ts'
import { toWire } from '../src/server/values.ts'
import { GrpcClient } from '../src/testing/grpc-client.ts'
import { testProvider } from '../src/testing/index.ts'
import { serveReattached } from '../src/wire/reattach.ts'
import { Protocol } from './support/protocol.ts'
import { describeTerraforms } from './support/terraforms.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const text = (value: string) => Buffer.from(value).toString('hex')

const { resources, listResources } = compileProvider(toyProvider())
const config = (title: string | null, page: number | null = null) =>
  toWire(listResources.get('toy_ticket').type, rawObject(Object.entries({ title, page })))

// The numbers are those of docs/plugin-protocol/tfplugin6.proto (ListResource, protocol 6.10).
describe('the bytes of ListResource', () => {
  it('in a request', () => {
    const { request } = streams.ListResource
    const bytes = Buffer.from(`0a01 74 1203 0a01 c0 1801 2064`.replaceAll(' ', ''), 'hex')
    expect(request.decode(bytes)).toMatchObject({ type_name: 't', include_resource_object: true, limit: 100 })
    expect(hex(request.decode(bytes).config?.msgpack ?? new Uint8Array())).toBe('c0')
    expect(hex(request.encode(request.decode(bytes)))).toBe(hex(bytes))
  })

  it('in an event', () => {
    const event = streams.ListResource.response.encode({
      identity: { identity_data: { msgpack: Uint8Array.of(0x81) } },
      display_name: 'web',
      resource_object: { msgpack: Uint8Array.of(0xc0) },
      diagnostic: [{ severity: 2, summary: 'hm' }],
    })
    expect(hex(event)).toBe(`0a050a030a0181${'1203'}${text('web')}1a030a01c0${'2206'}08021202${text('hm')}`)
  })
})

describe('a list resource', () => {
  let cloud: ToyCloud
  let client: GrpcClient
  let server: Awaited<ReturnType<typeof serveReattached>>
  beforeEach(async () => {
    cloud = new ToyCloud()
    for (const title of ['ann', 'bob', 'anton', 'eve', 'dan']) cloud.create({ title })
    cloud.calls.length = 0
    server = await serveReattached(connectProvider(toyProvider(cloud), { log: () => {} }))
    client = await GrpcClient.connect(server.address.network === 'unix' ? server.address.path : '')
    await client.call('ConfigureProvider', { config: { msgpack: Buffer.from('80', 'hex') } })
  })
  afterEach(async () => {
    client.close()
    await server.close()
  })

  type Request = Parameters<typeof client.stream>[1]
  const events = async (request: Request) => {
    const all = []
    for await (const event of client.stream('ListResource', { type_name: 'toy_ticket', ...request })) all.push(event)
    return all
  }
  const names = async (request: Request) => (await events(request)).map(({ display_name }) => display_name)

  it('is in the schema and in the metadata, with defaults as optional attributes', async () => {
    const { list_resource_schemas } = await client.call('GetProviderSchema', {})
    expect(list_resource_schemas?.toy_ticket?.block).toMatchObject({
      description: 'The tickets of the *toy* cloud.',
      attributes: [
        { name: 'page', optional: true, computed: false },
        { name: 'title', optional: true, computed: false },
      ],
    })
    expect((await client.call('GetMetadata', {})).list_resources).toEqual([{ type_name: 'toy_ticket' }])
  })

  it('finds objects with name and identity, filtered by the configuration', async () => {
    const found = await events({ config: config('an'), limit: 100 })
    expect(found.map(({ display_name }) => display_name)).toEqual(['ann', 'anton', 'dan'])
    expect(found.map(({ resource_object }) => resource_object)).toEqual([undefined, undefined, undefined])
    // {"id":"id-1"}
    expect(hex(found[0]?.identity?.identity_data?.msgpack ?? new Uint8Array())).toBe(
      `81a2${text('id')}a4${text('id-1')}`,
    )
    expect(await names({ config: { msgpack: Uint8Array.of(0xc0) } })).toHaveLength(5)
  })

  it('brings the whole object where Terraform asks for it', async () => {
    const [first] = await events({ config: config(null), include_resource_object: true, limit: 1 })
    const state = decodeValue(resources.get('toy_ticket').type, first?.resource_object?.msgpack ?? new Uint8Array())
    expect(state).toEqual({ id: 'id-1', title: 'ann', seat: null })
  })

  it('gives identities that can be imported, as the blocks that terraform query writes do', async () => {
    const [, second] = await events({ config: config(null), limit: 2 })
    const identity = second?.identity
    if (!identity) throw new Error('no identity')
    const { imported_resources, diagnostics } = await client.call('ImportResourceState', {
      type_name: 'toy_ticket',
      identity,
    })
    expect(diagnostics).toEqual([])
    const [imported] = imported_resources ?? []
    expect(imported?.identity).toEqual(identity)
    const read = await client.call('ReadResource', { type_name: 'toy_ticket', current_state: imported?.state })
    expect(decodeValue(resources.get('toy_ticket').type, read.new_state?.msgpack ?? new Uint8Array())).toMatchObject({
      id: 'id-2',
      title: 'bob',
    })
    expect(read.new_identity).toEqual(identity)
  })

  it('reads no more than Terraform takes, whether it says so before or hangs up', async () => {
    expect(await names({ config: config(null), limit: 2 })).toEqual(['ann', 'bob'])
    expect(cloud.calls).toEqual(['page 0', 'left the list'])
    for (let index = 0; index < 50_000; index++) cloud.create({ title: `ticket ${index}` })
    cloud.calls.length = 0
    for await (const { display_name } of client.stream('ListResource', {
      type_name: 'toy_ticket',
      config: config(null, 10),
    })) {
      if (display_name === 'bob') break
    }
    await vi.waitFor(() => expect(cloud.calls.at(-1)).toBe('left the list'))
    expect(cloud.calls.length).toBeLessThan(4_900)
    await expect(client.call('GetMetadata', {})).resolves.toBeDefined()
  })

  it('passes thousands of results, in order', async () => {
    for (let index = 0; index < 5_000; index++) cloud.create({ title: `ticket ${index}` })
    const all = await names({ config: config('ticket', 100), include_resource_object: true })
    expect(all).toEqual(Array.from({ length: 5_000 }, (_, index) => `ticket ${index}`))
  })

  it('tells warnings in an event of their own, and a failure after what was found', async () => {
    const [warned, ...more] = await events({ config: config('zzz') })
    expect(more).toEqual([])
    expect(warned).toMatchObject({
      identity: undefined,
      diagnostic: [{ severity: 2, summary: 'No ticket', attribute: { steps: [{ attribute_name: 'title' }] } }],
    })
    cloud.create({ title: 'last', broken: true })
    const found = await events({ config: config(null) })
    expect(found).toHaveLength(6)
    expect(found.at(-1)).toMatchObject({
      identity: undefined,
      diagnostic: [{ severity: 1, summary: 'A broken ticket' }],
    })
  })

  it('validates its configuration', async () => {
    const validate = async (title: string) =>
      (await client.call('ValidateListResourceConfig', { type_name: 'toy_ticket', config: config(title) })).diagnostics
    expect(await validate('fine')).toEqual([])
    expect(await validate('forbidden')).toMatchObject([{ summary: 'Bad title' }])
    expect(await validate('x'.repeat(21))).toMatchObject([{ summary: 'Invalid value for title' }])
  })

  it('fails on a type it does not know, before anything is sent', async () => {
    await expect(events({ type_name: 'toy_server' } as Request)).rejects.toThrow(/status 13 .*no type "toy_server"/)
  })

  it('is interrupted by StopProvider', async () => {
    const define = defineWith()
    const thing = define.resource({
      schema: { id: s.string().computed() },
      create: () => ({ id: 'x' }),
      read: ({ state }) => state,
      delete() {},
      identity: { schema: { id: s.string().required() }, of: ({ id }) => ({ id }) },
    })
    const things = define.listResource({
      resource: thing,
      schema: {},
      async *list({ signal }) {
        yield { name: 'one', identity: { id: '1' } }
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
      },
    })
    const provider = define.provider({
      name: 'toy',
      resources: { toy_thing: thing },
      listResources: { toy_thing: things },
    })
    const waiting = await serveReattached(connectProvider(provider, { log: () => {} }))
    const caller = await GrpcClient.connect(waiting.address.network === 'unix' ? waiting.address.path : '')
    try {
      const seen = []
      for await (const event of caller.stream('ListResource', { type_name: 'toy_thing' })) {
        seen.push(event)
        if (seen.length === 1) await caller.call('StopProvider', {})
      }
      expect(seen).toMatchObject([
        { display_name: 'one' },
        { diagnostic: [{ summary: 'Listing toy_thing was interrupted' }] },
      ])
    } finally {
      caller.close()
      await waiting.close()
    }
  })
})

describeTerraforms(({ program }) => {
  it('is tested by authors without Terraform 1.14', async () => {
    const cloud = new ToyCloud()
    for (const title of ['ann', 'bob', 'anton']) cloud.create({ title })
    await using toy = await testProvider(toyProvider(cloud), { terraform: program })
    const { results, diagnostics } = await toy.query('toy_ticket', { title: 'an' }, { includeResource: true })
    expect(diagnostics).toEqual([])
    expect(results).toEqual([
      { name: 'ann', identity: { id: 'id-1' }, resource: { id: 'id-1', title: 'ann', seat: null } },
      { name: 'anton', identity: { id: 'id-3' }, resource: { id: 'id-3', title: 'anton', seat: null } },
    ])
    expect((await toy.query('toy_ticket', {}, { limit: 1 })).results).toMatchObject([{ name: 'ann', resource: null }])
    expect((await toy.query('toy_ticket', { title: 'zzz' })).diagnostics).toMatchObject([{ summary: 'No ticket' }])
    await expect(toy.query('toy_ticket', { title: 'forbidden' })).rejects.toThrow(/query failed: Bad title/)
    await expect(toy.query('toy_ticket', {}, { provider: { token: 'expired-token' } })).rejects.toThrow(/Token refused/)
  })
})

it('fails for a provider block or a list with computed attributes, which nothing could compute', async () => {
  const computed = { id: s.string().computed() }
  const provider = defineWith().provider({ name: 'toy', schema: computed })
  await expect(new Protocol(provider).call('GetProviderSchema', {})).rejects.toThrow(
    'id: nothing is computed in a provider block, a list or an action. Use .required() or .optional().',
  )
})

it('fails for a provider whose list has no resource with an identity', () => {
  const define = defineWith()
  const thing = define.resource({ schema: {}, create: () => ({}), read: () => ({}), delete() {} })
  const things = define.listResource({ resource: thing, schema: {}, list: () => [] })
  expect(
    () =>
      new Protocol(
        define.provider({ name: 'toy', resources: { toy_thing: thing }, listResources: { toy_thing: things } }),
      ),
  ).toThrow(/listResources\.toy_thing: Terraform lists resources by their identity/)
})

describeTerraforms(
  ({ program }) => {
    it('is asked by terraform query, which writes import blocks and configuration that change nothing', async () => {
      const cloud = new ToyCloud()
      await using toy = await testProvider(toyProvider(cloud), { terraform: program })
      for (const title of ['one', 'two']) cloud.create({ title })
      await toy.write('provider "toy" {}\n')
      await writeFile(
        join(toy.folder, 'all.tfquery.hcl'),
        'list "toy_ticket" "all" {\n  provider = toy\n  include_resource = true\n}\n',
      )
      const queried = await toy.run('query', '-no-color', '-generate-config-out=found.tf')
      expect(queried.stdout, queried.stderr).toMatch(/id=id-1\s+one[\s\S]*id=id-2\s+two/)
      expect(await readFile(join(toy.folder, 'found.tf'), 'utf8')).toMatch(/seat\s+= null\n\s+title\s+= "two"/)
      const { changes } = await toy.plan()
      expect(changes.map(({ actions, importing }) => [...actions, importing])).toEqual([
        ['no-op', true],
        ['no-op', true],
      ])
    })
  },
  { terraform: '1.14' },
)
