import { recordKinds } from '@dmarc-as-code/records'
import type { Observation, Service } from '../store/verifications.ts'
import type { VerificationReport } from './verification-report.ts'

/** Status changes between two verifications, for the history. Before the first one, everything is new. */
export function statusChanges(
  service: Service,
  before: VerificationReport | undefined,
  after: VerificationReport,
): Observation[] {
  const changes: Observation[] = []
  const note = (
    record: string,
    part: Observation['part'],
    from: { status: string; reason?: string | undefined } | undefined,
    to: { status: string; reason?: string | undefined } | undefined,
    found: string | null,
  ) => {
    if (!to || (from?.status === to.status && from.reason === to.reason)) return
    const reason = to.reason ?? null
    changes.push({ at: after.at, service, record, part, from: from?.status ?? null, to: to.status, reason, found })
  }
  for (const kind of recordKinds) {
    const cname = after.cnames[kind]
    const seen = cname?.found.map(({ type, value }) => `${type} ${value}`).join('; ')
    note(kind, 'cname', before?.cnames[kind], cname, seen || null)
    note(kind, 'txt', before?.txts[kind], after.txts[kind], after.txts[kind]?.found.join('; ') || null)
  }
  note('policy_file', 'file', before?.policyFile, after.policyFile, null)
  note('all', 'overall', before && { status: before.overall }, { status: after.overall }, null)
  return changes
}
