import type { RawAnswer } from './call.ts'
import { AbortedError, DmarcReportError, OutcomeUnknownError } from './errors.ts'
import { withCall } from './with-call.ts'

/**
 * Looks at what a write came to, where its own answer does not show it. A look that fails shows nothing either: then the
 * outcome is unknown (`OutcomeUnknownError`), whatever the reason. `said` begins the message: what was answered to what.
 */
export async function readBack<Result>(said: string, answer: RawAnswer, look: () => Promise<Result>): Promise<Result> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof AbortedError || error instanceof OutcomeUnknownError) throw error
    if (!(error instanceof DmarcReportError)) throw error
    throw withCall(
      new OutcomeUnknownError(
        `${said}, and reading it back failed (${error.message}). Look at it before trying again.`,
        { cause: error },
      ),
      answer,
    )
  }
}
