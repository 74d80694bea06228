import { findDomain } from '../store/domains.ts'
import { addNotice, latestNotice, targetsOfDomain } from '../store/notices.ts'
import type { Db } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import { type NoticeFacts, type NoticeKind, type NoticeKindName, noticeKinds } from './kinds.ts'

export interface Notice<Name extends NoticeKindName> {
  kind: Name
  domainId: number
  facts: NoticeFacts[Name]
  /** A notice of this kind with this text is sent once for the domain, for ever. Default: as often as `quiet` of the kind admits. */
  once?: string
  /** Milliseconds since 1970. */
  now: number
}

/**
 * Notes a notice for the owner of a domain, and schedules its delivery. Belongs into the transaction that sees what it is
 * about. Answers whether there is a new notice: none where the same was sent before, or one of its kind within the time that
 * the kind keeps quiet.
 */
export async function notify<Name extends NoticeKindName>(
  tx: Db,
  { kind, domainId, facts, once, now }: Notice<Name>,
): Promise<boolean> {
  const domain = await findDomain(tx, domainId)
  if (!domain) return false
  const known: NoticeKind<NoticeFacts[Name]> = noticeKinds[kind]
  const topic = known.topic?.(facts) ?? ''
  if (once === undefined) {
    const last = await latestNotice(tx, domainId, kind, topic)
    if (last !== undefined && now - last < known.quiet) return false
  }
  const targets = await targetsOfDomain(tx, domain.user_id, domainId)
  const notice = { domainId, kind, topic, once: once ?? `${topic} ${now}`, facts: JSON.stringify(facts), now }
  if (!(await addNotice(tx, notice, targets))) return false
  for (const { id } of targets) await schedule(tx, 'notify', deliverySubject(id, domainId), now)
  return true
}

/** The subject of deliveries: one target and one domain, so that they are in order and a dead target holds up nobody else. */
const deliverySubject = (targetId: number, domainId: number): string => `${targetId} ${domainId}`
