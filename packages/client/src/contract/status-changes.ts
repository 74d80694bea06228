import * as z from 'zod'
import { pageMeta, timestamp } from './values.ts'

/** Ours: one change of a status, or the reason that was given for weakening what is live. */
export const statusChange = z.object({
  at: timestamp,
  service: z.enum(['dmarc', 'mta_sts']),
  /** The record, `policy_file`, or `all` for the whole service. */
  record: z.string(),
  part: z.enum(['cname', 'txt', 'file', 'overall', 'consent', 'risk']),
  /** Null for the first status. */
  from: z.string().nullable(),
  to: z.string(),
  reason: z.string().nullable(),
  /** What was found, at most 500 characters; of a consent, its words. */
  found: z.string().nullable(),
})
export type WireStatusChange = z.output<typeof statusChange>

export const statusChangeList = z.object({
  status_changes: z.array(statusChange),
  meta: pageMeta('total_status_changes').optional(),
})
