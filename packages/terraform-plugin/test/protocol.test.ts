import { describe, expect, it } from 'vitest'
import { encodeValue } from '../src/encoding/encode.ts'
import { rawObject } from '../src/encoding/raw.ts'
import { defineFunction, defineWith, s, stateUpgrade } from '../src/index.ts'
import { compileProvider, connectProvider } from '../src/server/connection.ts'
import { toWire } from '../src/server/values.ts'
import { Protocol } from './support/protocol.ts'
import { ToyCloud } from './toy/cloud.ts'
import { toyProvider } from './toy/provider.ts'

it('announces what it can do and offers', async () => {
  const protocol = new Protocol(toyProvider())
  const metadata = await protocol.call('GetMetadata', {})
  expect(metadata.server_capabilities).toEqual({
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: true,
  })
  expect(metadata.actions).toEqual([{ type_name: 'toy_restart' }])
  expect(metadata.functions).toEqual([{ name: 'join' }, { name: 'describe' }])
  const { functions } = await protocol.call('GetFunctions', {})
  expect(functions?.join?.parameters?.map(({ name }) => name)).toEqual(['separator', 'limit'])
})

it('leaves calls it does not know to the transport, which says "unimplemented"', () => {
  const { route } = connectProvider(toyProvider())()
  for (const name of [
    'ValidateStateStoreConfig',
    'ConfigureStateStore',
    'ReadStateBytes',
    'WriteStateBytes',
    'LockState',
    'UnlockState',
    'GetStates',
    'DeleteState',
    'constructor',
    '__proto__',
  ]) {
    expect(route(`/tfplugin6.Provider/${name}`)).toBe(undefined)
  }
})

it('returns a stored state of the current version byte for byte', async () => {
  const json = Buffer.from('{"id":"i",  "count":12345678901234567890123,"any":{"type":"string","value":"x"}}')
  const { upgraded_state } = await new Protocol(toyProvider()).call('UpgradeResourceState', {
    type_name: 'toy_server',
    version: 2,
    raw_state: { json },
  })
  expect(Buffer.from(upgraded_state?.json ?? [])).toEqual(json)
})

it('an upgrade keeps the time limits of the user, which its author does not see', async () => {
  const define = defineWith()
  const thing = define.resource({
    schema: { name: s.string().required() },
    version: 1,
    timeouts: { create: '1m' },
    create: () => ({}),
    read: ({ state }) => state,
    delete() {},
    upgradeState: { 0: stateUpgrade({ title: s.string().required() }, ({ title }) => ({ name: title })) },
  })
  const protocol = new Protocol(define.provider({ name: 'toy', resources: { toy_thing: thing } }))
  const json = Buffer.from('{"title":"a","gone":[1],"timeouts":{"create":"1h"}}')
  const answer = await protocol.call('UpgradeResourceState', {
    type_name: 'toy_thing',
    version: 0,
    raw_state: { json },
  })
  expect(answer.diagnostics).toEqual([])
  expect(protocol.read('toy_thing', answer.upgraded_state)).toEqual({ name: 'a', timeouts: { create: '1h' } })
})

it('fails on states and types it does not know, saying what to do', async () => {
  const protocol = new Protocol(toyProvider())
  const raw_state = { json: Buffer.from('{}') }
  const old = await protocol.call('UpgradeResourceState', { type_name: 'toy_server', version: 1, raw_state })
  expect(old.diagnostics?.[0]?.detail).toMatch(/cannot read states of schema version 1; the current version is 2/)
  await expect(protocol.call('ReadResource', { type_name: 'toy_nothing' })).rejects.toThrow(
    /no type "toy_nothing". It has: toy_server/,
  )
  const moved = await protocol.call('MoveResourceState', {
    source_type_name: 'aws_thing',
    source_provider_address: 'registry.terraform.io/hashicorp/aws',
    source_state: raw_state,
    target_type_name: 'toy_ticket',
  })
  expect(moved.diagnostics?.[0]?.detail).toMatch(/toy_ticket cannot take over the state of aws_thing/)
})

describe('an ephemeral resource', () => {
  const { type } = compileProvider(toyProvider()).ephemeralResources.get('toy_credential')
  const config = toWire(
    type,
    rawObject([
      ['user', 'ann'],
      ['secret', null],
    ]),
  )

  it('is closed also after an interruption', async () => {
    const cloud = new ToyCloud()
    const define = defineWith<ToyCloud>()
    const credential = define.ephemeralResource({
      schema: { user: s.string().required(), secret: s.string().computed() },
      open({ signal, private: priv }) {
        priv.set('opened', !signal.aborted)
        return { result: { secret: 'x' }, renewAt: new Date('2026-01-02T03:04:05.678Z') }
      },
      renew({ private: priv }) {
        priv.set('renewed', true)
        return undefined
      },
      close: ({ signal, private: priv, client }) => {
        client.calls.push(`close aborted=${signal.aborted} ${priv.get('opened')} ${priv.get('renewed')}`)
      },
    })
    const protocol = new Protocol(
      define.provider({
        name: 'toy',
        schema: {},
        configure: () => cloud,
        ephemeralResources: { toy_credential: credential },
      }),
    )
    await protocol.call('ConfigureProvider', { config: { msgpack: Uint8Array.of(0x80) } })
    const opened = await protocol.call('OpenEphemeralResource', { type_name: 'toy_credential', config })
    expect(opened.renew_at).toEqual({ seconds: 1767323045, nanos: 678_000_000 })
    const renewed = await protocol.call('RenewEphemeralResource', {
      type_name: 'toy_credential',
      private: opened.private,
    })
    expect(renewed.renew_at).toBe(undefined)
    await protocol.call('StopProvider', {})
    await protocol.call('CloseEphemeralResource', { type_name: 'toy_credential', private: renewed.private })
    expect(cloud.calls).toEqual(['close aborted=false true true'])
  })

  it('hides its sensitive result in what is logged later', async () => {
    const protocol = new Protocol(toyProvider())
    await protocol.call('ConfigureProvider', {
      config: { msgpack: encodeValue(compileProvider(toyProvider()).config.type, rawObject([])) },
    })
    await protocol.call('OpenEphemeralResource', { type_name: 'toy_credential', config })
    expect(protocol.logs.join()).not.toContain('secret-of-ann')
  })
})

describe('a function', () => {
  const provider = defineWith().provider({
    name: 'toy',
    functions: {
      wrong: defineFunction({ parameters: {}, returns: s.string(), run: () => 5 as never }),
      size: defineFunction({
        parameters: { list: s.list(s.string()).acceptsUnknown().nullable() },
        returns: s.number(),
        run: ({ list }) => (Array.isArray(list) ? list.length : -1),
      }),
    },
  })

  it('gets unknown and null where it accepts them', async () => {
    const protocol = new Protocol(provider)
    for (const [argument, expected] of [
      ['d40000', 0xff],
      ['c0', 0xff],
      ['91a161', 1],
    ] as const) {
      const { result } = await protocol.call('CallFunction', {
        name: 'size',
        arguments: [{ msgpack: Buffer.from(argument, 'hex') }],
      })
      expect(result?.msgpack?.[0]).toBe(expected)
    }
    const { functions } = await protocol.call('GetFunctions', {})
    expect(functions?.size?.parameters).toMatchObject([{ allow_null_value: true, allow_unknown_values: true }])
  })

  it('fails when it returns another type, and when it is not there', async () => {
    const protocol = new Protocol(provider)
    expect((await protocol.call('CallFunction', { name: 'wrong' })).error?.text).toMatch(
      /returned an invalid value: .*a number, expected a string/,
    )
    expect((await protocol.call('CallFunction', { name: 'none' })).error?.text).toMatch(/no function "none"/)
  })
})

it('connections share nothing: each has its own configuration and its own interruption', async () => {
  let made = 0
  const define = defineWith<{ number: number }>()
  const thing = define.resource({
    schema: { id: s.string().computed() },
    create: ({ client, signal }) => ({ id: `${client.number} ${signal.aborted}` }),
    read: () => null,
    delete() {},
  })
  const provider = define.provider({
    name: 'toy',
    configure: () => ({ number: ++made }),
    resources: { toy_thing: thing },
  })
  const connect = connectProvider(provider)
  const [first, second] = [connect(), connect()]
  const { methods } = await import('../src/protobuf/tfplugin6.ts')

  const send = async (
    connection: typeof first,
    name: 'ConfigureProvider' | 'StopProvider' | 'ApplyResourceChange',
    request: object,
  ) => {
    const route = connection.route(`/tfplugin6.Provider/${name}`)
    if (typeof route !== 'function') throw new Error('no route')
    return methods[name].response.decode(
      (await route(methods[name].request.encode(request as never), new AbortController())) as Uint8Array,
    )
  }
  const config = { msgpack: Uint8Array.of(0x80) }
  await send(first, 'ConfigureProvider', { config })
  await send(second, 'ConfigureProvider', { config })
  await send(first, 'StopProvider', {})
  const planned_state = { msgpack: Buffer.from('81a26964d40000', 'hex') }
  const created = async (connection: typeof first) => {
    const answer = (await send(connection, 'ApplyResourceChange', {
      type_name: 'toy_thing',
      planned_state,
    })) as unknown as {
      new_state: { msgpack: Uint8Array }
    }
    return Buffer.from(answer.new_state.msgpack).toString('latin1')
  }
  expect(await created(first)).toContain('1 true')
  expect(await created(second)).toContain('2 false')
})
