import type { CreateNoticeTargetBody } from '@dmarc-as-code/client/contract'
import { newWebhookSecret, webhookFault } from '../../notices/webhook.ts'
import { Problem, type ProblemDetail, refused } from '../../rules/problem.ts'
import { keepCreated } from '../../store/idempotency-keys.ts'
import { addTarget, type NoticeTarget, waitingTargets } from '../../store/notices.ts'
import { lockUser } from '../../store/users.ts'
import { auditedTarget, targetFields } from '../audited.ts'
import type { ApiContext } from '../context.ts'
import { createdEarlier, deletedSince, fingerprintOf } from '../idempotency.ts'
import { noticeTargetAnswer } from '../notice-target-answer.ts'
import { route } from '../route.ts'

/** Targets of one user: each gets every notice. */
const mostTargets = 10

export const createNoticeTarget = route('createNoticeTarget', {
  privilege: 'write',
  allAccounts: 'Changing where notices are sent',
  description: `Webhooks follow Standard Webhooks; \`secret\` is what they are signed with, and shown in this answer alone. They go to public addresses over HTTPS. Mail goes to the address of the user alone: the operator of the server adds others. A user has at most ${mostTargets} targets.`,
  async handle({ caller, body, idempotencyKey, audit }, context) {
    const { store, now, webhookSecrets } = context
    return store.transaction(async (tx) => {
      const user = await lockUser(tx, store.engine, caller.userId)
      const { channel, destination } = destinationOf(body.notice_target, user.email, context)
      const creation = {
        userId: caller.userId,
        key: idempotencyKey,
        operation: 'createNoticeTarget',
        subject: destination,
        fingerprint: fingerprintOf({ channel, destination }),
        now: now(),
      }
      const targets = await waitingTargets(tx, caller.userId)
      const earlier = await createdEarlier(tx, creation)
      const found = targets.find(({ id }) => id === earlier)
      if (found) return answerOf(found, found.secret === null ? null : webhookSecrets.open(found))
      if (earlier !== null) throw deletedSince(creation)
      refuseTaken(targets, channel, destination)
      const secret = channel === 'webhook' ? newWebhookSecret() : null
      const stored = secret && webhookSecrets.seal(secret, { user_id: caller.userId, destination })
      const target = await addTarget(tx, { userId: caller.userId, channel, destination, secret: stored, now: now() })
      await keepCreated(tx, creation, target.id)
      await audit(tx, { ...auditedTarget(target), before: null, after: targetFields(target) })
      return answerOf({ ...target, waiting: 0 }, secret)
    })
  },
})

const answerOf = (target: NoticeTarget & { waiting: number }, secret: string | null) => ({
  ...noticeTargetAnswer(target),
  secret,
})

/** Where notices go. @throws {Problem} 422 where they cannot */
function destinationOf(
  { channel, destination }: CreateNoticeTargetBody['notice_target'],
  email: string,
  { allowPrivate, sendsMail }: Pick<ApiContext, 'allowPrivate' | 'sendsMail'>,
): { channel: 'webhook' | 'mail'; destination: string } {
  const refuse = (code: ProblemDetail['code'], message: string) =>
    refused([{ field: 'notice_target.destination', code, message }])
  if (channel === 'mail') {
    if (!sendsMail) throw refuse('mail_not_sent', 'This server sends no mail. Its operator can set notices.mail.')
    if (destination === undefined || destination.toLowerCase() === email.toLowerCase()) {
      return { channel, destination: email }
    }
    const message = `Mail goes to your own address, ${email}, alone. Leave destination out, or ask the operator of this server to add another.`
    throw refuse('invalid_value', message)
  }
  if (destination === undefined) {
    throw refuse('required', 'notice_target.destination is required: the https URL of the webhook.')
  }
  const fault = webhookFault(destination, allowPrivate)
  if (fault !== undefined) throw refuse('invalid_value', fault)
  return { channel, destination }
}

/** @throws {Problem} 409 where notices go there already, 422 where there are too many targets */
function refuseTaken(targets: readonly NoticeTarget[], channel: string, destination: string): void {
  const field = 'notice_target.destination'
  const existing = targets.find((target) => target.channel === channel && target.destination === destination)
  if (existing) {
    const message = `Notices go to ${destination} already, as target ${existing.id}.`
    throw new Problem(409, message, [{ field, code: 'notice_target_taken', message, existing_id: existing.id }])
  }
  if (targets.length < mostTargets) return
  const message = `There are ${targets.length} targets, the most allowed. Delete one first.`
  throw refused([{ field, code: 'too_many_notice_targets', message }])
}
