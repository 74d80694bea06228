import type { TokenPrivilege } from '@dmarc-as-code/client/contract'
import { Problem } from '../rules/problem.ts'
import type { Db } from '../store/open-store.ts'
import { type Caller, findCaller } from '../store/tokens.ts'
import { tokenOf } from './token-header.ts'

/** Who is calling. @throws {Problem} 401 */
export async function authenticate(db: Db, header: string | undefined, now: number): Promise<Caller> {
  if (header === undefined) {
    throw new Problem(401, 'The Authorization header is missing. Send "Authorization: Token token=<your API token>".')
  }
  const token = tokenOf(header)
  if (token === undefined) {
    const scheme = /^[A-Za-z]+/.exec(header)?.[0]
    const found = scheme && scheme.toLowerCase() !== 'token' ? `the scheme ${scheme.slice(0, 20)}` : 'another form'
    throw new Problem(401, `The Authorization header has ${found}; expected "Token token=<your API token>".`)
  }
  const caller = await findCaller(db, token, now)
  if (!caller) throw unknownToken()
  return caller
}

export const unknownToken = (): Problem =>
  new Problem(401, 'This token is unknown, revoked or expired, or its user is disabled. Create a new one.')

/** @throws {Problem} 403 when the token lacks this privilege */
export function requirePrivilege(caller: Caller, privilege: TokenPrivilege): void {
  if (caller.privileges.has(privilege)) return
  const has = [...caller.privileges].join(', ') || 'none'
  throw new Problem(403, `This token lacks the privilege "${privilege}" (it has: ${has}). Use a token that has it.`)
}

/** For operations on the user rather than one account. @throws {Problem} 403 when the token is limited to one account */
export function requireAllAccounts(caller: Caller, what: string): void {
  if (caller.accountId === null) return
  throw new Problem(
    403,
    `${what} affects all accounts, but this token is limited to one account. Use a token for all accounts.`,
  )
}
