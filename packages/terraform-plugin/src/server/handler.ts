import type { MethodName, RequestOf, ResponseOf } from '../protobuf/tfplugin6.ts'
import type { Session } from './session.ts'

/** Answers one call of the protocol. */
export type Handler<M extends MethodName> = (
  session: Session,
  request: RequestOf<M>,
  signal: AbortSignal,
) => Promise<ResponseOf<M>> | ResponseOf<M>
