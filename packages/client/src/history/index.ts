import { NotFoundError, UnsupportedError } from '../core/errors.ts'
import type { CallInput, CallOptions, RawAnswer } from '../core/transport.ts'
import type { ExtensionName } from '../enumerations.ts'
import type { AuditEventOptions } from '../input/audit-event-options.ts'
import type { IdOrSlug } from '../input/id-or-slug.ts'
import { type Domain, readDomain } from '../read/domain.ts'
import type { OperationName } from '../routes.ts'
import type { Session } from '../session/session.ts'
import { type AuditEvent, readAuditEvent, readEach, readStatusChange, type StatusChange } from './read.ts'

/** See `History.statusChanges`. */
export async function listStatusChanges(
  session: Session,
  accountId: IdOrSlug,
  id: IdOrSlug,
  options: CallOptions,
): Promise<StatusChange[]> {
  const params = { account_id: accountId, domain_id: id }
  const answer = await call(session, 'listStatusChanges', { params }, options, 'status_changes')
  const changes = readEach(answer.body, 'status_changes', readStatusChange)
  return session.transport.expected(changes, 'the changes of statuses', answer)
}

/** See `History.auditEvents`. */
export async function findAuditEvents(
  session: Session,
  { accountId, domainId, page, perPage }: Omit<AuditEventOptions, keyof CallOptions>,
  options: CallOptions,
): Promise<AuditEvent[]> {
  const query = { account_id: accountId, domain_id: domainId, page, per: perPage }
  const answer = await call(session, 'findAuditEvents', { query }, options, 'audit_events')
  const events = readEach(answer.body, 'audit_events', readAuditEvent)
  return session.transport.expected(events, 'a page of changes', answer)
}

/** See `History.restoreDomain`. */
export async function restoreDomain(
  session: Session,
  accountId: IdOrSlug,
  id: number,
  options: CallOptions,
): Promise<Domain> {
  const params = { account_id: accountId, id }
  const answer = await call(session, 'restoreDomain', { params }, options, 'restore')
  return session.transport.shown(readDomain(answer.body), 'the restored domain', answer)
}

async function call(
  { transport, capabilities }: Session,
  operation: OperationName,
  input: CallInput,
  options: CallOptions,
  extension: ExtensionName,
): Promise<RawAnswer> {
  try {
    return await transport.call(operation, input, options)
  } catch (error) {
    if (!(error instanceof NotFoundError) || (await capabilities.get(options)).has(extension)) throw error
    throw new UnsupportedError('This server keeps no history that can be read.', { cause: error, extension })
  }
}
