import { hostname, userInfo } from 'node:os'
import type { Actor } from '../store/audit.ts'

/** Who runs a command, for the audit log. */
export function commandActor(): Actor {
  return { userId: null, tokenId: null, source: `${userName()}@${hostname()}`, requestId: null }
}

/** The user of this process. A container may run under a number that has no name. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}
