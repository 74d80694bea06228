import { excerpt, printable } from '@dmarc-as-code/primitives'
import type { CallInfo, DmarcReportError } from './errors.ts'

/**
 * Tells an error which call it is about: in `call`, and in the message whatever of method, path, status, request id, elapsed
 * time and attempts is not in it yet. Redact the path before.
 */
export function withCall<SomeError extends DmarcReportError>(error: SomeError, call: CallInfo): SomeError {
  const { method, path, status, requestId, elapsed, attempts } = call
  error.call = { method, path, status, requestId, elapsed, attempts }
  // Read before the message changes: the stack holds it.
  const { message, stack } = error
  // A failed connection names the whole URL.
  const named =
    message.includes(`${method} ${path}`) || (message.startsWith(`${method} http`) && message.includes(path))
  const missing = [
    !named && `${method} ${path}`,
    status !== undefined && !message.includes(` ${status}`) && `status ${status}`,
    requestId !== undefined && !message.includes(requestId) && `request id ${printable(excerpt(requestId, 100))}`,
    `after ${elapsed < 1000 ? `${Math.round(elapsed)} ms` : `${(elapsed / 1000).toFixed(1)} s`}`,
    attempts > 1 && `${attempts} attempts`,
  ].filter(Boolean)
  error.message = `${message} (${missing.join(', ')})`
  if (stack) error.stack = stack.replace(message, () => error.message)
  return error
}
