import { asObject, integer, text } from '../read/json.ts'
import { AbortedError, DmarcReportError, NotFoundError, OutcomeUnknownError } from './errors.ts'
import type { RawAnswer } from './transport.ts'
import { withCall } from './with-call.ts'

export interface DeleteOnce {
  /** For messages, e.g. `domain 41`. */
  what: string
  send(): Promise<RawAnswer>
  /** Asks for the object; `NotFoundError` and false both mean that it is gone. */
  stillThere(): Promise<boolean>
}

/**
 * Deletes, and looks again where the answer itself does not show that it happened: an empty one, a text, or the "not found"
 * that a repetition met. Throws `OutcomeUnknownError` when the object is still there or cannot be asked for.
 */
export async function deleteOnce({ what, send, stillThere }: DeleteOnce): Promise<void> {
  const answer = await send()
  if (showsDeletion(answer)) return
  const said = `The server answered ${answer.status} to deleting ${what}`
  const there = await stillThere().catch((error) => {
    if (error instanceof NotFoundError) return false
    if (error instanceof AbortedError || !(error instanceof DmarcReportError)) throw error
    throw withCall(
      new OutcomeUnknownError(
        `${said} without saying that it is deleted, and looking for it failed (${error.message}). Look for it before deleting it again.`,
        { cause: error },
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

/** `{"message": …, "status": 200}` at the vendor and at our server; some answer with what they deleted. */
function showsDeletion({ status, body }: RawAnswer): boolean {
  const object = status === 404 ? undefined : asObject(body)
  if (!object) return false
  const own = integer(object.status)
  return text(object.message) !== undefined || 'id' in object || (own !== undefined && own >= 200 && own < 300)
}
