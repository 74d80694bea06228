import type {
  MethodName,
  RequestOf,
  ResponseOf,
  StreamEventOf,
  StreamName,
  StreamRequestOf,
} from '../protobuf/tfplugin6.ts'
import type { Session } from './session.ts'

/** Answers one call of the protocol. */
export type Handler<M extends MethodName> = (
  session: Session,
  request: RequestOf<M>,
  signal: AbortSignal,
) => Promise<ResponseOf<M>> | ResponseOf<M>

/** Answers one call with a stream of messages, as fast as they are taken. */
export type StreamHandler<S extends StreamName> = (
  session: Session,
  request: StreamRequestOf<S>,
  signal: AbortSignal,
) => AsyncIterable<StreamEventOf<S>>
