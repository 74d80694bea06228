import { keepCreated } from '../../store/idempotency-keys.ts'
import { findTag, createTag as insertTag } from '../../store/tags.ts'
import { lockUser } from '../../store/users.ts'
import { auditedTag } from '../audited.ts'
import { createdEarlier, deletedSince, fingerprintOf } from '../idempotency.ts'
import { route } from '../route.ts'
import { refuseTakenName, tagAnswer } from '../tag-answer.ts'

/** The most frequent colour in the vendor's examples. */
const defaultColor = '#3B82F6'

export const createTag = route('createTag', {
  privilege: 'write',
  allAccounts: 'Creating a tag',
  description: 'The name must be unique (409 names the existing id). The default colour is `#3B82F6`.',
  async handle({ caller, body, idempotencyKey, audit }, { store, now }) {
    const { name, color = defaultColor } = body.tag
    return store.transaction(async (tx) => {
      await lockUser(tx, store.engine, caller.userId)
      const creation = {
        userId: caller.userId,
        key: idempotencyKey,
        operation: 'createTag',
        subject: name,
        fingerprint: fingerprintOf({ name, color }),
        now: now(),
      }
      const earlier = await createdEarlier(tx, creation)
      const found = earlier === null ? undefined : await findTag(tx, caller.userId, earlier)
      if (found) return tagAnswer(found)
      if (earlier !== null) throw deletedSince(creation)
      await refuseTakenName(tx, caller.userId, name)
      const tag = await insertTag(tx, { userId: caller.userId, name, color, now: now() })
      await keepCreated(tx, creation, tag.id)
      await audit(tx, { ...auditedTag(tag), before: null, after: { name, color } })
      return tagAnswer(tag)
    })
  },
})
