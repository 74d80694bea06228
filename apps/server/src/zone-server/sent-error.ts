/** An error on its way from a thread to the process: what it says, and what tells its kind, of it and its causes. */
export interface SentError {
  message: string
  /** `code`, `syscall`, `address`, `port` and the like. */
  fields: Readonly<Record<string, string | number>>
  cause?: SentError
}

/** Of an error that goes round in circles, more is not sent. */
const mostCauses = 5

export function sentError(error: unknown, depth = 0): SentError {
  if (!(error instanceof Error)) return { message: String(error), fields: {} }
  const own = Object.entries(error).filter(([key]) => key !== 'cause' && key !== 'message')
  const fields = Object.fromEntries(
    own.filter((entry): entry is [string, string | number] => /^(?:string|number)$/.test(typeof entry[1])),
  )
  const cause = error.cause === undefined || depth === mostCauses ? {} : { cause: sentError(error.cause, depth + 1) }
  return { message: error.message, fields, ...cause }
}

export function receivedError({ message, fields, cause }: SentError): Error {
  return Object.assign(new Error(message, cause && { cause: receivedError(cause) }), fields)
}
