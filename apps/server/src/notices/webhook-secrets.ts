import { SealError, type Sealer } from '../certificates/index.ts'
import type { NoticeTarget } from '../store/notices.ts'
import type { Store } from '../store/open-store.ts'
import { plainSecret } from './webhook.ts'

type Target = Pick<NoticeTarget, 'user_id' | 'destination'>

/** How the secrets of webhooks lie in the store: a signature needs the secret itself, so a digest will not do. */
export interface WebhookSecrets {
  /** As it is stored. */
  seal: (secret: string, target: Target) => string
  /** As it was. @throws {Error} with one sentence */
  open: (target: Target & Pick<NoticeTarget, 'secret'>) => string
}

const contextOf = ({ user_id, destination }: Target): string => `webhook ${user_id} ${destination}`

/** Sealed with the key of the store, where there is one. */
export const webhookSecrets = (sealer: Sealer | undefined): WebhookSecrets => ({
  seal: (secret, target) => (sealer ? sealer.seal(secret, contextOf(target)) : secret),
  open({ secret, ...target }) {
    if (secret === null) {
      throw new Error('The backup that was restored has no secret for it. Remove this target, and add it again.')
    }
    if (secret.startsWith(plainSecret)) return secret
    if (sealer) return sealer.open(secret, contextOf(target))
    throw new SealError(
      'The secrets in the store are encrypted, and this process has no key. Set policyHost.certificates.storeKey or .storeKeyFile.',
    )
  },
})

/** Seals what was stored before there was a key. */
export async function sealStoredSecrets(store: Store, { seal }: WebhookSecrets): Promise<void> {
  const plain = await store.db
    .selectFrom('notice_targets')
    .select(['id', 'user_id', 'destination', 'secret'])
    .where('secret', 'like', `${plainSecret}%`)
    .execute()
  for (const { id, secret, ...target } of plain) {
    if (secret === null) continue
    const sealed = seal(secret, target)
    if (sealed === secret) return
    await store.db
      .updateTable('notice_targets')
      .set({ secret: sealed })
      .where('id', '=', id)
      .where('secret', '=', secret)
      .execute()
  }
}
