import * as z from 'zod'
import { id, timestamp } from './values.ts'

const channel = z.enum(['webhook', 'mail'])

/** Ours: where notices about the domains of a user are sent. */
export const noticeTarget = z.object({
  id,
  channel,
  /** A URL, or an email address. */
  destination: z.string(),
  /** Notices that are still to be delivered. */
  waiting: z.int().min(0),
  created_at: timestamp,
})
export type WireNoticeTarget = z.output<typeof noticeTarget>

/** `secret` is what webhooks are signed with (Standard Webhooks), and shown here alone; null for mail. */
export const createdNoticeTarget = noticeTarget.extend({ secret: z.string().nullable() })
export type WireCreatedNoticeTarget = z.output<typeof createdNoticeTarget>

export const createNoticeTargetBody = z.strictObject({
  notice_target: z.strictObject({
    channel,
    destination: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe('An https URL, or for mail the email address of the user, where notices go without it.')
      .optional(),
  }),
})
export type CreateNoticeTargetBody = z.output<typeof createNoticeTargetBody>

export const noticeTargetList = z.object({ notice_targets: z.array(noticeTarget) })
