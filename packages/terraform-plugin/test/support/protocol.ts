import { Dynamic } from '../../src/encoding/dynamic.ts'
import { ExactNumber } from '../../src/encoding/number.ts'
import { type Raw, rawObject, UnknownValue } from '../../src/encoding/raw.ts'
import type { Codec } from '../../src/protobuf/message.ts'
import {
  type MethodName,
  methods,
  type RequestOf,
  type ResponseOf,
  type StreamEventOf,
  type StreamName,
  type StreamRequestOf,
  streams,
} from '../../src/protobuf/tfplugin6.ts'
import type { Provider } from '../../src/provider/provider.ts'
import type { AnyDefinition, Compiled } from '../../src/server/compiled.ts'
import { compileProvider, connectProvider } from '../../src/server/connection.ts'
import { fromWire, toWire, type WireValue } from '../../src/server/values.ts'
import type { MessageStream } from '../../src/wire/grpc.ts'

export const unknown = UnknownValue.plain

/** Speaks the protocol with a provider in this process, message by message, without a socket. */
export class Protocol {
  readonly logs: string[] = []
  readonly #connection
  readonly #compiled

  constructor(provider: Provider) {
    this.#connection = connectProvider(provider, { log: (line) => void this.logs.push(line) })()
    this.#compiled = compileProvider(provider)
  }

  async call<M extends MethodName>(
    method: M,
    request: Partial<RequestOf<M>>,
    abort: AbortController = new AbortController(),
  ): Promise<ResponseOf<M>> {
    const route = this.#connection.route(`/tfplugin6.Provider/${method}`)
    if (typeof route !== 'function') throw new Error(`${method} is not implemented`)
    const { request: requestCodec, response } = methods[method] as unknown as {
      request: Codec<Partial<RequestOf<M>>>
      response: Codec<ResponseOf<M>>
    }
    return response.decode((await route(requestCodec.encode(request), abort)) as Uint8Array) as ResponseOf<M>
  }

  async *stream<S extends StreamName>(
    name: S,
    request: Partial<StreamRequestOf<S>>,
    abort: AbortController = new AbortController(),
  ): AsyncGenerator<StreamEventOf<S>> {
    const route = this.#connection.route(`/tfplugin6.Provider/${name}`)
    if (typeof route !== 'function') throw new Error(`${name} is not implemented`)
    const { request: requestCodec, response } = streams[name] as unknown as {
      request: Codec<Partial<StreamRequestOf<S>>>
      response: Codec<StreamEventOf<S>>
    }
    for await (const event of (await route(requestCodec.encode(request), abort)) as MessageStream) {
      yield response.decode(event) as StreamEventOf<S>
    }
  }

  configure(config: { readonly [name: string]: unknown }, deferral_allowed = false) {
    const client_capabilities = { deferral_allowed, write_only_attributes_allowed: true }
    return this.call('ConfigureProvider', { config: wireObject(this.#compiled.config, config), client_capabilities })
  }

  actionValue(typeName: string, members: { readonly [name: string]: unknown }): WireValue {
    return wireObject(this.#compiled.actions.get(typeName), members)
  }

  dataSourceValue(typeName: string, members: { readonly [name: string]: unknown }): WireValue {
    return wireObject(this.#compiled.dataSources.get(typeName), members)
  }

  ephemeralValue(typeName: string, members: { readonly [name: string]: unknown }): WireValue {
    return wireObject(this.#compiled.ephemeralResources.get(typeName), members)
  }

  /** An object of a resource as Terraform sends it. What is left out is null, or empty for blocks. */
  value(typeName: string, members: { readonly [name: string]: unknown } | null): WireValue {
    return wireObject(this.#compiled.resources.get(typeName), members)
  }

  read(typeName: string, value: WireValue | undefined): { readonly [name: string]: Raw } {
    return fromWire(this.#compiled.resources.get(typeName).type, value) as { readonly [name: string]: Raw }
  }

  /** Plans a change the way Terraform does, with `config` as the proposal. */
  plan(
    typeName: string,
    prior: { [name: string]: unknown } | null,
    config: { [name: string]: unknown },
    proposed = config,
  ) {
    return this.call('PlanResourceChange', {
      type_name: typeName,
      prior_state: this.value(typeName, prior),
      config: this.value(typeName, config),
      proposed_new_state: this.value(typeName, proposed),
    })
  }

  apply(
    typeName: string,
    prior: { [name: string]: unknown } | null,
    planned: { [name: string]: unknown } | null,
    config = planned,
  ) {
    return this.call('ApplyResourceChange', {
      type_name: typeName,
      prior_state: this.value(typeName, prior),
      planned_state: this.value(typeName, planned),
      config: this.value(typeName, config),
    })
  }
}

function wireObject(
  { type, fields }: Compiled<AnyDefinition>,
  members: { readonly [name: string]: unknown } | null,
): WireValue {
  if (members === null) return toWire(type, null)
  const all = Object.entries(fields).map(([name, field]): [string, Raw] => [
    name,
    name in members ? raw(members[name]) : 'block' in field && field.block.nesting !== 'single' ? [] : null,
  ])
  return toWire(type, rawObject(all))
}

function raw(value: unknown): Raw {
  if (Array.isArray(value)) return value.map(raw)
  if (typeof value !== 'object' || value === null) return value as Raw
  if (value instanceof UnknownValue || value instanceof Dynamic || value instanceof ExactNumber) return value
  return rawObject(Object.entries(value).map(([name, member]) => [name, raw(member)]))
}
