import { asList, asObject, type Json, text } from '../read/json.ts'

/** One change of a status, or the reason that was given for a change that needs one. */
export interface StatusChange {
  /** ISO 8601. */
  at: string
  /** `dmarc` or `mta_sts`. */
  service: string
  /** The record, `policy_file`, or `all` for the whole service. */
  record: string
  /** `cname`, `txt`, `file`, `overall`, `consent` or `risk`. */
  part: string
  /** Null for the first status. */
  from: string | null
  /** The status from then on. */
  to: string
  /** The code of the reason, where there is one. */
  reason: string | null
  /** What was found; of a consent or an accepted risk, its words. */
  found: string | null
}

/** One change that somebody made. */
export interface AuditEvent {
  /** Number of the event, growing. */
  id: number
  /** ISO 8601. */
  at: string
  /** Null for a command of the operator. */
  user_id: number | null
  /** The token that was used; null for a command of the operator. */
  token_id: number | null
  /** The client's address, or user and host of a command. */
  source: string | null
  /** The request id, as in the answer and the access log. */
  request_id: string | null
  /** The operation (`updateDomain`), or the command (`token create`). */
  action: string
  /** The kind of object: `domain`, `account`, `token` and so on. */
  object: string
  /** Its id. */
  object_id: string
  /** Its name at that time. */
  object_name: string | null
  /** The account that it belongs to. */
  account_id: number | null
  /** The fields that changed; null before a creation. */
  before: Json | null
  /** The same fields after it; null after a deletion. */
  after: Json | null
}

export const readStatusChange = (value: unknown): StatusChange | undefined =>
  having<StatusChange>(value, ['at', 'service', 'record', 'part', 'to'])

export const readAuditEvent = (value: unknown): AuditEvent | undefined =>
  having<AuditEvent>(value, ['at', 'action', 'object', 'object_id'])

/** The entries of a list under a key; undefined where one of them cannot be read. */
export function readEach<Entry>(
  answer: unknown,
  key: string,
  read: (value: unknown) => Entry | undefined,
): Entry[] | undefined {
  const entries = asList(asObject(answer)?.[key])?.map(read)
  return entries?.every((entry) => entry !== undefined) ? entries : undefined
}

/** An object whose named fields are text. Ours alone has it, and states the rest in its contract. */
function having<Entry>(value: unknown, fields: readonly (keyof Entry & string)[]): Entry | undefined {
  const object = asObject(value)
  return object && fields.every((field) => text(object[field]) !== undefined) ? (object as Entry) : undefined
}
