import {
  ApplyError,
  DnsServiceError,
  PlanNotApplicableError,
  ReadBackError,
  UnfinishedJournalError,
  WeakeningError,
  ZoneChangedError,
} from '@dmarc-as-code/dns/apply'
import type { Verdict } from '@dmarc-as-code/records'
import { translateIfKnown } from '../../shared/messages/messages.ts'
import { ProblemError } from '../../shared/problems.ts'

/** What the DNS engine threw, as an entry of the catalogue. The engine keeps credentials out of its messages. */
export function dnsProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const message = error instanceof Error ? error.message : String(error)
  const options = { cause: error }
  if (error instanceof ApplyError && error.rolledBack) {
    const { problem } = dnsProblem(error.cause)
    return problem.code === 'dns-failed'
      ? new ProblemError('dns-failed', message, options)
      : new ProblemError(problem.code, message, options)
  }
  if (error instanceof DnsServiceError) {
    switch (error.kind) {
      case 'unauthorised':
      case 'forbidden':
      case 'configuration':
        return new ProblemError('dns-credentials-refused', message, options)
      case 'unavailable':
      case 'timed-out':
      case 'throttled':
        return new ProblemError('dns-unreachable', message, options)
      case 'changed':
        return new ProblemError('dns-changed-meanwhile', message, options)
      default:
        return new ProblemError('dns-failed', message, options)
    }
  }
  if (error instanceof WeakeningError) return new ProblemError('would-weaken', verdictText(error.verdict), options)
  if (error instanceof ZoneChangedError) return new ProblemError('dns-changed-meanwhile', message, options)
  if (error instanceof UnfinishedJournalError) return new ProblemError('dns-interrupted', message, options)
  if (error instanceof PlanNotApplicableError) return new ProblemError('dns-conflict', message, options)
  if (error instanceof ReadBackError || error instanceof ApplyError)
    return new ProblemError('dns-failed', message, options)
  if (error instanceof Error && error.name === 'ZoneLookupError')
    return new ProblemError('dns-unreachable', message, options)
  return new ProblemError('unexpected', message, options)
}

function verdictText({ words, details }: Verdict): string {
  return [words, ...details].map(translateIfKnown).join(' ')
}
