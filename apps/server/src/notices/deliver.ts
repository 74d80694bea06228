import { printable } from '@dmarc-as-code/records/words'
import type { FastifyBaseLogger } from 'fastify'
import { findTarget, type NoticeTarget, nextDelivery, settleDelivery } from '../store/notices.ts'
import type { Store } from '../store/open-store.ts'
import { backoff, type Next, type Work } from '../workers/worker.ts'
import { type NoticeFacts, type NoticeKind, type NoticeKindName, noticeKinds } from './kinds.ts'
import type { MailSender } from './mail.ts'
import { sendWebhook, type WebhookOptions } from './webhook.ts'
import type { WebhookSecrets } from './webhook-secrets.ts'

export interface DeliverContext {
  store: Store
  /** Undefined where the settings name no mail server. */
  mail: MailSender | undefined
  webhook: Pick<WebhookOptions, 'allowPrivate' | 'ca' | 'lookup'>
  secrets: WebhookSecrets
  /** Names this server in the ids of messages. */
  zone: string
  now: () => number
  random: () => number
  log: FastifyBaseLogger
}

/** Milliseconds after which a notice that cannot be delivered is given up. */
const patience = 3 * 86_400_000
/** A receiver that fails is not asked more often, in milliseconds. */
const slowest = 3_600_000

/**
 * Delivers the oldest notice about a domain to a target. The next one follows only when it is settled, so that a receiver
 * sees them in order; a receiver that is down holds up its own notices alone.
 */
export async function deliverNotice(
  { subject, attempt, signal, renew }: Pick<Work, 'subject' | 'attempt' | 'signal' | 'renew'>,
  context: DeliverContext,
): Promise<Next> {
  const { store, now, random, log } = context
  const [targetId = 0, domainId = 0] = subject.split(' ').map(Number)
  const target = await findTarget(store.db, targetId)
  const delivery = target && (await nextDelivery(store.db, targetId, domainId))
  if (!target || !delivery) return { at: null, attempt: 0 }
  const settle = (failure: string | null) =>
    settleDelivery(store.db, { noticeId: delivery.id, targetId }, failure, now())
  try {
    const message = messageOf(delivery)
    await renew()
    if (message) await send(message, target, context, signal)
    await settle(null)
  } catch (error) {
    signal.throwIfAborted()
    const failure = error instanceof Error ? error.message.slice(0, 300) : 'unknown'
    const notice = { id: delivery.id, kind: delivery.kind, domain: delivery.address, target: targetId, failure }
    if (now() - delivery.created_at < patience) {
      log.info({ notice }, 'could not deliver a notice; it is tried again')
      return { at: now() + Math.min(slowest, 30 * backoff(attempt, random())), attempt: attempt + 1 }
    }
    log.warn({ notice }, 'gave up delivering a notice')
    await settle(failure)
  }
  return { at: now(), attempt: 0 }
}

interface Message {
  id: number
  kind: string
  severity: string
  domain: string
  title: string
  text: string[]
  facts: unknown
  at: number
}

/** The words of a stored notice; undefined for a kind of a later release. */
function messageOf(delivery: { id: number; kind: string; facts: string; address: string; created_at: number }) {
  const { id, kind, address: domain, created_at: at } = delivery
  if (!Object.hasOwn(noticeKinds, kind)) return undefined
  const words = noticeKinds[kind as NoticeKindName] as NoticeKind<NoticeFacts[NoticeKindName]>
  const facts: NoticeFacts[NoticeKindName] = JSON.parse(delivery.facts)
  const { severity } = words
  const shown = visible(facts) as typeof facts
  return { id, kind, severity, domain, title: words.title(domain, shown), text: words.text(domain, shown), facts, at }
}

/** Facts come from the DNS and from reports of others, and are read by people: no text of theirs hides anything or adds a line. */
function visible(facts: unknown): unknown {
  if (typeof facts === 'string') return printable(facts)
  if (Array.isArray(facts)) return facts.map(visible)
  if (typeof facts !== 'object' || facts === null) return facts
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, visible(value)]))
}

async function send(
  message: Message,
  target: NoticeTarget,
  context: DeliverContext,
  signal: AbortSignal,
): Promise<void> {
  const { id, kind, severity, domain, title, text, facts, at } = message
  const messageId = `notice-${id}-${target.id}`
  if (target.channel === 'mail') {
    if (!context.mail) throw new Error('The settings of the server name no mail server (notices.mail).')
    const mail = { to: target.destination, subject: title, text: `${text.join('\n\n')}\n` }
    return context.mail.send({ ...mail, messageId: `${messageId}@${context.zone}` })
  }
  const body = JSON.stringify({
    type: `domain.${kind}`,
    timestamp: new Date(at).toISOString(),
    data: { domain, severity, title, text, facts },
  })
  const options = { url: target.destination, secret: context.secrets.open(target), now: context.now(), signal }
  return sendWebhook({ id: messageId, body }, { ...context.webhook, ...options })
}
