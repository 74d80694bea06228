import { plainSecret } from '../notices/webhook.ts'
import type { Redact } from './backup.ts'

/** Leaves out of a backup what could sign without a key: the secrets of webhooks that the store has unencrypted. */
export function leaveOutSecrets(): { redact: Redact; count: () => number } {
  let count = 0
  return {
    redact(table, row) {
      if (table !== 'notice_targets' || typeof row.secret !== 'string' || !row.secret.startsWith(plainSecret))
        return row
      count++
      return { ...row, secret: null }
    },
    count: () => count,
  }
}
