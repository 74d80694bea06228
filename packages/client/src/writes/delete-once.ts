import type { CallOptions, RawAnswer } from '../core/call.ts'
import { AbortedError, DmarcReportError, NotFoundError, OutcomeUnknownError } from '../core/errors.ts'
import type { Transport } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import { leavesOpen } from './refused-write.ts'

export interface DeleteOnce {
  /** For messages, e.g. `domain 41`. */
  what: string
  send(): Promise<RawAnswer>
  /** Asks for the object; `NotFoundError` and false both mean that it is gone. */
  stillThere(): Promise<boolean>
}

/** A server may answer before every part of it has forgotten the object; so long, in milliseconds, until "still there" is believed. */
const settlingTime = 2_000

/**
 * Deletes, and looks whether it is gone: no answer is evidence of that, whatever its words say. An answer that is a redirect, or the
 * refusal that a repetition met after an attempt that was cut off, is looked after, too. Throws `OutcomeUnknownError` when the object
 * is still there or cannot be asked for.
 */
export async function deleteOnce(
  transport: Transport,
  { what, send, stillThere }: DeleteOnce,
  { signal }: CallOptions,
): Promise<void> {
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
  const said = `The server answered ${answer.status} to deleting ${what}`
  try {
    if (!(await look())) return
    await transport.pause(settlingTime, `deleting ${what}`, signal)
    if (!(await look())) return
  } catch (cause) {
    if (cause instanceof AbortedError || !(cause instanceof DmarcReportError)) throw cause
    throw withCall(
      new OutcomeUnknownError(
        `${said}, and looking whether it is gone failed (${cause.message}). Look for it before deleting it again.`,
        { cause },
      ),
      answer,
    )
  }
  throw withCall(
    new OutcomeUnknownError(`${said}, but it is still there. Delete it again, or delete it in the web app.`),
    answer,
  )
}
