import { DmarcReportError, NotFoundError, UnexpectedAnswerError, UnsupportedError } from '../core/errors.ts'
import type { AdHocRoute, CallInput, CallOptions, RawAnswer, Transport } from '../core/transport.ts'
import { withCall } from '../core/with-call.ts'
import type { OperationName } from '../routes.ts'

/** The operations whose routes are assumed, in words for people. */
const words = { verifyHostedDmarc: 'hosted DMARC', verifyHostedMtaSts: 'hosted MTA-STS' } as const

type AssumedOperation = OperationName & keyof typeof words

/** The spelling that works, by client and operation. */
const working = new WeakMap<Transport, Map<OperationName, AdHocRoute>>()

/**
 * Calls an operation whose route is only assumed. A wrong route answers 404 just as a missing domain does, so the domain is
 * asked for before either is blamed; if it exists, the other spellings are tried. The one that works is remembered.
 *
 * @param exists asks for the domain and throws `NotFoundError` when it is missing
 */
export async function callAssumed<Reading>(
  transport: Transport,
  operation: AssumedOperation,
  input: CallInput,
  options: CallOptions,
  read: (answer: RawAnswer) => Reading | undefined,
  exists: () => Promise<unknown>,
): Promise<Reading> {
  const route = transport.route(operation)
  const known = working.get(transport) ?? new Map<OperationName, AdHocRoute>()
  working.set(transport, known)
  const candidates = [known.get(operation) ?? route, ...(route.guesses ?? [])]
  let missing: unknown
  for (const [index, candidate] of candidates.entries()) {
    try {
      // Verifying changes nothing, so it may be repeated whatever its method.
      const answer = await transport.call(candidate, input, options, 'always')
      const reading = read(answer)
      if (reading === undefined) {
        throw withCall(new UnexpectedAnswerError(`${candidate.path} does not answer a verification`), answer)
      }
      known.set(operation, candidate)
      return reading
    } catch (error) {
      if (!isWrongRoute(error, index)) throw error
      if (index === 0) await exists()
      missing ??= error
    }
  }
  const others = candidates.length - 1
  throw new UnsupportedError(
    `This server has no route that looks at ${words[operation]} at once: the domain exists, but nothing ` +
      `answers at ${route.method} ${route.path}${others > 0 ? ` or ${others} other spellings` : ''}.`,
    { cause: missing, route: operation },
  )
}

/** 404 or 405; for a mere guess also any answer that is no verification, such as a catch-all page. */
function isWrongRoute(error: unknown, index: number): boolean {
  if (error instanceof NotFoundError) return true
  if (error instanceof UnexpectedAnswerError) return index > 0
  return error instanceof DmarcReportError && (error as { status?: unknown }).status === 405
}
