import { Problem } from '../../rules/problem.ts'
import { newSlugSuffix } from '../../rules/secrets.ts'
import { accessibleAccounts, createAccount as insertAccount } from '../../store/accounts.ts'
import { keepCreated } from '../../store/idempotency-keys.ts'
import { retryOnCollision } from '../../store/retry.ts'
import { accountAnswer, planNames } from '../account-answer.ts'
import { auditedAccount } from '../audited.ts'
import { createdEarlier, deletedSince, fingerprintOf } from '../idempotency.ts'
import { route } from '../route.ts'

export const createAccount = route('createAccount', {
  privilege: 'write',
  allAccounts: 'Creating an account',
  description: 'The account belongs to the caller. The `user_id` of another user is refused.',
  async handle({ caller, body, idempotencyKey, audit }, { store, now, random }) {
    const { title, user_id } = body.account
    if (user_id !== undefined && user_id !== String(caller.userId)) {
      throw new Problem(
        403,
        `This token belongs to user ${caller.userId} and cannot create accounts for user ${user_id}.`,
      )
    }
    // Slugs are unique across users, and no lock spans users.
    return retryOnCollision(() =>
      store.transaction(async (tx) => {
        const at = now()
        const creation = {
          userId: caller.userId,
          key: idempotencyKey,
          operation: 'createAccount',
          subject: title,
          fingerprint: fingerprintOf({ title }),
          now: at,
        }
        const earlier = await createdEarlier(tx, creation)
        const [found] = earlier === null ? [] : await accessibleAccounts(tx, caller.userId, earlier)
        if (found) return accountAnswer(found, await planNames(tx, [found]))
        if (earlier !== null) throw deletedSince(creation)
        const suffix = () => newSlugSuffix(random)
        const account = await insertAccount(tx, { userId: caller.userId, title, now: at, suffix })
        await keepCreated(tx, creation, account.id)
        await audit(tx, { ...auditedAccount(account), before: null, after: { title, slug: account.slug } })
        return accountAnswer(account, await planNames(tx, [account]))
      }),
    )
  },
})
