import { NotFoundError, UnexpectedAnswerError, UnsupportedError } from '@dmarc-as-code/client'
import type { Api } from '../api/api.ts'
import { type Evidence, type EvidenceTarget, readEvidence } from './evidence-answer.ts'
import { type ReportSummary, readSummary } from './report-summary.ts'

const domainPath = '/v2/accounts/:account_id/domains/:domain_id'

interface OneDomain {
  readonly accountId: number
  readonly domainId: number
}

/** Asks the server whether reports allow a policy to be tightened. Throws UnsupportedError where it keeps no reports. */
export async function evidenceFor(
  api: Api,
  domain: OneDomain,
  target: EvidenceTarget,
  signal: AbortSignal,
): Promise<Evidence> {
  const body = await ask(api, domain, `${domainPath}/evidence`, { target }, signal)
  const evidence = readEvidence(body)
  if (!evidence) throw new UnexpectedAnswerError('The server answered the question for evidence with something else.')
  return evidence
}

/** Totals of the reports of a period, both days included. Throws UnsupportedError where the server keeps no reports. */
export async function summaryOf(
  api: Api,
  domain: OneDomain,
  period: { readonly from?: string; readonly to?: string },
  signal: AbortSignal,
): Promise<ReportSummary> {
  const body = await ask(api, domain, `${domainPath}/reports/daily`, period, signal)
  const summary = readSummary(body)
  if (!summary)
    throw new UnexpectedAnswerError('The server answered the question for report totals with something else.')
  return summary
}

async function ask(
  api: Api,
  { accountId, domainId }: OneDomain,
  path: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<unknown> {
  const params = { account_id: accountId, domain_id: domainId }
  try {
    return (await api.client.request({ method: 'GET', path }, { params, query }, { signal })).body
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    if ((await api.client.capabilities({ signal })).extensions.includes('reports')) throw error
    throw new UnsupportedError('This server keeps no reports that can be asked for evidence.', { cause: error })
  }
}
