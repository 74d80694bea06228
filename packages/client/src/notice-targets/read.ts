import type { Open } from '../enumerations.ts'
import { asObject, integer, text } from '../read/json.ts'

/** How notices are sent. */
export type NoticeChannel = Open<'webhook' | 'mail'>

/** A target to create: `destination` is an https URL; mail goes to the address of the user. */
export type NoticeTargetInput =
  | { readonly channel: 'webhook'; readonly destination: string }
  | { readonly channel: 'mail'; readonly destination?: string }

/** Where notices are sent. */
export interface NoticeTarget {
  /** Number of the target. */
  id: number
  /** How notices are sent. */
  channel: NoticeChannel
  /** A URL, or an email address. */
  destination: string
  /** Notices that are still to be delivered. */
  waiting: number
  /** ISO 8601. */
  created_at: string
}

/** A target as its creation answers it. */
export interface CreatedNoticeTarget extends NoticeTarget {
  /** What webhooks are signed with (Standard Webhooks); null for mail. */
  secret: string | null
}

export function readNoticeTarget(value: unknown): CreatedNoticeTarget | undefined {
  const object = asObject(value)
  const id = integer(object?.id)
  const [channel, destination] = [text(object?.channel), text(object?.destination)]
  if (!object || id === undefined || channel === undefined || destination === undefined) return undefined
  const [waiting, created_at] = [integer(object.waiting) ?? 0, text(object.created_at) ?? '']
  return { ...object, id, channel, destination, waiting, created_at, secret: text(object.secret) ?? null }
}
