import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineWith, isKnown, oneOf, s } from '../../src/index.ts'
import type { Codec } from '../../src/protobuf/message.ts'
import { methods, streams } from '../../src/protobuf/tfplugin6.ts'
import { connectProvider } from '../../src/server/connection.ts'
import { frame, GrpcClient } from '../../src/testing/grpc-client.ts'
import { serveReattached } from '../../src/wire/reattach.ts'

interface Exchange {
  readonly title: string
  readonly method: string
  /** Hexadecimal, as all messages. */
  readonly request: string
  readonly answers: readonly string[]
}

// Requests and answers written by Google's protobuf for Python from tfplugin6.proto of terraform-plugin-go v0.31.0 and
// msgpack for Python, in the order of a conversation. No released Terraform defers, so these stand for one that will.
const exchanges = JSON.parse(
  await readFile(join(import.meta.dirname, 'protocol-6.11.json'), 'utf8'),
) as readonly Exchange[]

const define = defineWith<{ url: string }>()
const thing = define.resource({
  schema: {
    id: s.string().computed(),
    name: s.string().required(),
    size: s.integer().default(1).deprecated('Sizes are gone.'),
  },
  create: () => ({ id: 'i' }),
  read: ({ state }) => state,
  delete() {},
  modifyPlan: ({ plan, defer }) => (plan && !isKnown(plan.name) ? defer('The name is unknown.') : undefined),
  importState: ({ id }) => ({ id }),
  identity: { schema: { id: s.string().required() }, of: ({ id }) => ({ id }) },
})
const data = define.dataSource({
  schema: { name: s.string().required(), value: s.string().computed() },
  read: ({ config, defer }) =>
    config.name === 'absent' ? defer('There is none yet.', 'absent-prerequisite') : { value: config.name },
})
const token = define.ephemeralResource({
  schema: { name: s.string().required(), value: s.string().computed().sensitive() },
  open: ({ config }) => ({ result: { value: config.name } }),
})
const ping = define.action({
  schema: { name: s.string().required().validate(oneOf('a')) },
  async invoke({ config, progress }) {
    progress(`pinging ${config.name}`)
    await Promise.resolve()
    progress('done')
  },
})
const gold = define.provider({
  name: 'gold',
  schema: { url: s.string().required() },
  configure: ({ config, defer }) => (isKnown(config.url) ? { url: config.url } : defer('The URL is unknown.')),
  resources: { gold_thing: thing },
  dataSources: { gold_data: data },
  ephemeralResources: { gold_token: token },
  actions: { gold_ping: ping },
})

describe('protocol 6.11, byte by byte', () => {
  let server: Awaited<ReturnType<typeof serveReattached>>
  let client: GrpcClient

  beforeAll(async () => {
    server = await serveReattached(connectProvider(gold))
    client = await GrpcClient.connect(server.address.network === 'unix' ? server.address.path : server.address.port)
  })
  afterAll(async () => {
    client.close()
    await server.close()
  })

  it.each(exchanges)('answers $method as its definition says: $title', async ({ method, request, answers }) => {
    const codec = { ...methods, ...streams }[method as keyof typeof methods].response as Codec<object>
    const path = `/tfplugin6.Provider/${method}`
    const found: Buffer[] = []
    for await (const message of client.listen(path, Buffer.from(request, 'hex'))) found.push(message)
    const wanted = answers.map((answer) => Buffer.from(answer, 'hex'))
    expect(found.map((answer) => codec.decode(answer))).toEqual(wanted.map((answer) => codec.decode(answer)))
    // The order of fields is free; that none is missing in our tables, the lengths show.
    expect(found.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length))
  })

  it.each([
    'ValidateStateStoreConfig',
    'ConfigureStateStore',
    'ReadStateBytes',
    'WriteStateBytes',
    'LockState',
    'UnlockState',
    'GetStates',
    'DeleteState',
  ])('answers %s, a call about state stores, with "unimplemented"', async (method) => {
    const { status, message } = await client.send(`/tfplugin6.Provider/${method}`, frame(new Uint8Array(0)))
    expect({ status, message }).toEqual({ status: 12, message: `unknown method /tfplugin6.Provider/${method}` })
  })
})
