import type { FastifyRequest } from 'fastify'
import { type Actor, type Change, recordChange } from '../store/audit.ts'
import type { Db } from '../store/open-store.ts'

/** Notes a change of a request in the audit log, in the transaction that makes it. */
export type Audit = (tx: Db, change: Change) => Promise<void>

/** Who sends a request, and from where. */
export function requestAudit(action: string, request: FastifyRequest, now: () => number): Audit {
  const actor: Actor = {
    userId: request.caller?.userId ?? null,
    tokenId: request.caller?.tokenId ?? null,
    source: request.ip,
    requestId: request.id,
  }
  return (tx, change) => recordChange(tx, action, actor, change, now())
}
