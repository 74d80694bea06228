import type { Codec } from '../protobuf/message.ts'
import { type MethodName, methods, type StreamName, streams } from '../protobuf/tfplugin6.ts'
import type { Provider } from '../provider/provider.ts'
import { PROVIDER_META_ARGUMENTS } from '../schema/check-fields.ts'
import type { Connection, Unary } from '../wire/grpc.ts'
import { checkProvider } from './check-definitions.ts'
import { Compiled, Registry } from './compiled.ts'
import { CrashError } from './crash.ts'
import type { Handler, StreamHandler } from './handler.ts'
import { handlers, streamHandlers } from './handlers.ts'
import { Interruption } from './interruption.ts'
import { hclog, type LogSink, terraformLog } from './logger.ts'
import { Secrets } from './secrets.ts'
import type {
  AnyAction,
  AnyDataSource,
  AnyEphemeralResource,
  AnyListResource,
  AnyResource,
  CompiledProvider,
  Session,
} from './session.ts'

const PREFIX = '/tfplugin6.Provider/'

export interface ConnectOptions {
  /** Where log lines go. Default: to Terraform, while its log is on. */
  readonly log?: LogSink
}

/** Prepares a provider. Each connection made with the result is a Terraform process of its own to the provider. */
export function connectProvider(provider: Provider, { log = terraformLog() }: ConnectOptions = {}): () => Connection {
  const compiled = compileProvider(provider)
  return () => {
    const secrets = new Secrets()
    const session: Session = {
      provider: compiled,
      client: undefined,
      deferred: undefined,
      log: hclog(log, `provider.${compiled.definition.name}`, secrets),
      secrets,
      interruption: new Interruption(),
    }
    return {
      route: (path) => (path.startsWith(PREFIX) ? route(session, path.slice(PREFIX.length)) : undefined),
      mask: (text) => secrets.mask(text),
      crashed: (error) => session.interruption.stop(new CrashError(error, false)),
      closed: () => session.interruption.stop(new Error('Terraform is gone')),
      async shutdown() {
        const { definition } = compiled
        if (session.client !== undefined) await definition.shutdown?.call(definition, session.client)
      },
    }
  }
}

/** Works out a provider's parts, as far as they are needed at once. */
export function compileProvider({ definition }: Provider): CompiledProvider {
  checkProvider(definition)
  const { name, resources, dataSources, ephemeralResources, listResources = {}, actions } = definition
  return {
    definition,
    config: new Compiled(`provider ${name}`, definition, PROVIDER_META_ARGUMENTS),
    resources: new Registry(resources as { [name: string]: { definition: AnyResource } }),
    dataSources: new Registry(dataSources as { [name: string]: { definition: AnyDataSource } }),
    ephemeralResources: new Registry(ephemeralResources as { [name: string]: { definition: AnyEphemeralResource } }),
    actions: new Registry(actions as { [name: string]: { definition: AnyAction } }),
    listResources: new Registry(listResources as { [name: string]: { definition: AnyListResource } }),
  }
}

function route(session: Session, name: string): Unary | undefined {
  if (Object.hasOwn(streams, name)) return streamRoute(session, name as StreamName)
  if (!Object.hasOwn(methods, name)) return undefined
  const method = methods[name as MethodName]
  const handler = handlers[name as MethodName] as Handler<MethodName>
  const request = method.request as Codec<never>
  const response = method.response as Codec<object>
  const answer = async (bytes: Uint8Array, { signal }: AbortController) =>
    response.encode(await handler(session, request.decode(bytes), signal))
  if (UNINTERRUPTIBLE.has(name)) return answer
  return (bytes, abort) => session.interruption.run(abort, () => answer(bytes, abort))
}

/** Goes on after an interruption: what was opened must be closed. */
const UNINTERRUPTIBLE: ReadonlySet<string> = new Set<MethodName>(['CloseEphemeralResource'])

function streamRoute(session: Session, name: StreamName): Unary {
  const handler = streamHandlers[name] as StreamHandler<StreamName>
  const { request, response } = streams[name]
  return async function* (bytes, abort) {
    const events = session.interruption.stream(abort, handler(session, request.decode(bytes), abort.signal))
    for await (const event of events) yield response.encode(event)
  }
}
