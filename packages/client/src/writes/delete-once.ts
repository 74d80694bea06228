import { AbortedError, DmarcReportError, NotFoundError, OutcomeUnknownError } from '../core/errors.ts'
import type { RawAnswer } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import { asObject, flag, integer, text } from '../read/json.ts'
import { leavesOpen } from './refused-write.ts'

export interface DeleteOnce {
  /** For messages, e.g. `domain 41`. */
  what: string
  send(): Promise<RawAnswer>
  /** Asks for the object; `NotFoundError` and false both mean that it is gone. */
  stillThere(): Promise<boolean>
}

/**
 * Deletes, and looks again where the answer is not the documented one: an empty one, a text, a message that says it is not done, 202, what was deleted, a
 * redirect, or the refusal that a repetition met after an attempt that was cut off. Throws `OutcomeUnknownError` when the object is still
 * there or cannot be asked for.
 */
export async function deleteOnce({ what, send, stillThere }: DeleteOnce): Promise<void> {
  const look = () =>
    stillThere().catch((error) => {
      if (error instanceof NotFoundError) return false
      throw error
    })
  let answer: RawAnswer
  try {
    answer = await send()
  } catch (refusal) {
    // The attempt that was cut off, or what a redirect stands for, may be why there is nothing left to delete.
    if (!leavesOpen(refusal) || (await look().catch(() => true))) throw refusal
    return
  }
  if (showsDeletion(answer)) return
  const said = `The server answered ${answer.status} to deleting ${what}`
  const there = await look().catch((cause) => {
    if (cause instanceof AbortedError || !(cause instanceof DmarcReportError)) throw cause
    throw withCall(
      new OutcomeUnknownError(
        `${said} without saying that it is deleted, and looking for it failed (${cause.message}). Look for it before deleting it again.`,
        { cause },
      ),
      answer,
    )
  })
  if (there) {
    throw withCall(
      new OutcomeUnknownError(`${said}, but it is still there. Delete it again, or delete it in the web app.`),
      answer,
    )
  }
}

/** `{"message": …, "status": 200}`, as the vendor and our server answer. With anything else beside it, it may say the contrary. */
function showsDeletion({ status, body }: RawAnswer): boolean {
  const { status: own, message, effect: _, ...others } = asObject(body) ?? {}
  return (
    status === 200 &&
    integer(own) === 200 &&
    Boolean(text(message)?.trim()) &&
    !doubt.test(text(message) ?? '') &&
    Object.entries(others).every(([field, value]) => yes.includes(field) && flag(value) === true)
  )
}

/** Words of a message that says, under a success status, that it was not done, or not yet. */
const doubt =
  /\b(?:not|cannot|(?:can|could|did|was)n['’]t|unable|fail\w*|errors?|denied|refused|forbidden|pending|queued|scheduled|will be)\b/i

/** What may stand beside it, if it is true. */
const yes: readonly string[] = ['deleted', 'success', 'ok']
