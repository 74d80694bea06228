import { AbortedError, ApiError, OutcomeUnknownError } from '../core/errors.ts'
import { followsCutOff } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import type { Judged } from './confirm.ts'

/** Redirects are not followed. Many programs answer one to what they have carried out; so do login pages to what they have not. */
export const isRedirect = (error: unknown): error is ApiError =>
  // A browser hides the status of a redirect.
  error instanceof ApiError && (error.status === 0 || (error.status >= 300 && error.status < 400))

/** Whether a refusal leaves open what became of the write: an attempt before it was cut off, or it is a redirect. */
export const leavesOpen = (refusal: unknown): boolean => followsCutOff(refusal) || isRedirect(refusal)

/** The error of a redirected write of which no look can tell what became. */
export function unknownAfter(doing: string, redirect: ApiError, found?: unknown): OutcomeUnknownError {
  const { call } = redirect
  const error = new OutcomeUnknownError(
    `The server answered ${doing} with a redirect, and nothing shows whether it was carried out. Look at it before trying again. ${redirect.message}`,
    { cause: redirect, found },
  )
  return call ? withCall(error, call) : error
}

/** The result of a write that was refused, where a look shows that it was carried out all the same. Else throws the refusal. */
export async function afterRefusal<Entry>(
  doing: string,
  refusal: unknown,
  look: () => Promise<Judged<Entry> | undefined>,
): Promise<Entry> {
  if (!leavesOpen(refusal)) throw refusal
  let seen: Judged<Entry> | undefined
  try {
    seen = await look()
  } catch (cause) {
    if (cause instanceof AbortedError) throw cause
    // Where every request is redirected, the base URL is wrong.
    throw isRedirect(refusal) && !isRedirect(cause) ? unknownAfter(doing, refusal) : refusal
  }
  if (!seen || seen.differences.length > 0) throw refusal
  if (seen.untold.length === 0) return seen.entry
  throw isRedirect(refusal) ? unknownAfter(doing, refusal, seen.entry) : refusal
}
