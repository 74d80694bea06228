import { DiagnosticError, type PrivateState } from '@dmarc-as-code/terraform-plugin'
import type { Api } from './api.ts'

const USER = 'user'

/** Notes whose token has seen an object that belongs to a user, not to an account. */
export async function noteUser(api: Api, priv: PrivateState, signal: AbortSignal): Promise<void> {
  const user = await api.user({ signal })
  if (user !== undefined && priv.get(USER) !== user) priv.set(USER, user)
}

/**
 * Fails where another user's token is in use than the one that saw the object last: what this token does not see is not gone.
 * `what` names the object.
 */
export async function requireSameUser(api: Api, priv: PrivateState, what: string, signal: AbortSignal): Promise<void> {
  const [before, user] = [priv.get(USER), await api.user({ signal })]
  if (before === undefined || user === undefined || before === user) return
  throw new DiagnosticError(
    `${what} is not accessible`,
    `${what} belongs to user ${before} according to the state, but the token belongs to user ${user}. ` +
      'Use the token that manages it, or remove it from the state with `terraform state rm`.',
  )
}
