import * as z from 'zod'
import { id, idOrSlug, pageMeta, pageQuery, timestamp } from './values.ts'

export const auditEventQuery = pageQuery.extend({
  account_id: idOrSlug.optional().describe('Only changes in this account.'),
  domain_id: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('Only changes of this domain, which may be deleted.'),
})
export type AuditEventQuery = z.output<typeof auditEventQuery>

const fields = z.record(z.string(), z.unknown()).nullable()

/** Ours: one change that somebody made. */
export const auditEvent = z.object({
  id,
  at: timestamp,
  /** Null for a command of the operator. */
  user_id: id.nullable(),
  token_id: id.nullable(),
  /** The client's address, or user and host of a command; null once it was erased. */
  source: z.string().nullable(),
  request_id: z.string().nullable(),
  /** The operation (`updateDomain`), or the command of the operator (`token create`). */
  action: z.string(),
  object: z.string(),
  object_id: z.string(),
  object_name: z.string().nullable(),
  account_id: id.nullable(),
  /** Null before a creation. */
  before: fields,
  /** Null after a deletion. */
  after: fields,
})
export type WireAuditEvent = z.output<typeof auditEvent>

export const auditEventList = z.object({ audit_events: z.array(auditEvent), meta: pageMeta('total_audit_events') })
