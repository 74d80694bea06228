import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  DmarcReportError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  TakeOverError,
  TimeoutError,
  UnsupportedError,
  ValidationError,
  VersionConflictError,
} from '@dmarc-as-code/client'
import { type ProblemCode, ProblemError } from '../../shared/problems.ts'
import { tlsProblemText } from './tls-problem.ts'

/** What the client threw, as an entry of the catalogue. The client has taken the token out of its messages already. */
export function clientProblem(error: unknown, host: string): ProblemError {
  if (error instanceof ProblemError) return error
  const message = error instanceof Error ? error.message : String(error)
  const options = { cause: error }
  if (error instanceof AuthenticationError) return new ProblemError('wrong-token', host, options)
  if (error instanceof PermissionError) {
    const plan = error.status === 402 || error.details.some((detail) => detail.code === 'plan_too_low')
    return new ProblemError(plan ? 'plan-too-low' : 'not-allowed', message, options)
  }
  if (error instanceof NotFoundError) return new ProblemError('not-found', '', options)
  if (error instanceof RateLimitError) {
    return new ProblemError('rate-limited', '', {
      ...options,
      ...(error.retryAfter ? { retryAfter: error.retryAfter } : {}),
    })
  }
  if (error instanceof VersionConflictError) return new ProblemError('changed-meanwhile', '', options)
  if (error instanceof TakeOverError) return new ProblemError('refused', message, options)
  if (error instanceof ConflictError || error instanceof ValidationError) {
    const details = error.details.map((detail) => detail.message)
    const code = error.details.some((detail) => detail.code === 'evidence_missing') ? 'evidence-missing' : 'refused'
    return new ProblemError(code, details.length > 0 ? details.join(' ') : message, options)
  }
  if (error instanceof ServerError)
    return new ProblemError('server-error', `The service responded with status ${error.status}`, options)
  if (error instanceof ConnectionError || error instanceof TimeoutError) {
    const tls = tlsProblemText(error)
    if (tls) return new ProblemError('server-certificate', `${host} was not contacted. ${tls}`, options)
    return new ProblemError('server-unreachable', host, options)
  }
  if (error instanceof UnsupportedError) return new ProblemError('unsupported', message, options)
  if (error instanceof DmarcReportError) return new ProblemError('server-error', message, options)
  return new ProblemError('unexpected', message, options)
}

const connectionProblems: ReadonlySet<ProblemCode> = new Set([
  'offline',
  'server-unreachable',
  'server-certificate',
  'wrong-token',
  'rate-limited',
  'secret-unavailable',
  'secret-locked',
  'secret-empty',
  'secret-damaged',
])

/** Whether every other request would fail in the same way, as opposed to a problem with one domain. */
export function concernsConnection(code: ProblemCode): boolean {
  return connectionProblems.has(code)
}
