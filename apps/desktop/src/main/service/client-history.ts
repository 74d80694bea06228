import { type AuditEvent, type DmarcReportClient, type StatusChange, UnsupportedError } from '@dmarc-as-code/client'
import { recordKinds, recordKindTable } from '@dmarc-as-code/records'
import type { DomainRef } from '../../shared/model.ts'
import type { ServiceEvent } from '../../shared/service-history.ts'
import { recordState } from '../../shared/states.ts'
import { recordText } from './record-text.ts'

/** Events of each kind that are read; more than anybody scrolls through. */
const most = 100
const longestWords = 500

/** What the service remembers of a domain, newest first; nothing where it keeps no history. */
export async function readHistory(
  client: DmarcReportClient,
  { accountId, domainId }: DomainRef,
  signal: AbortSignal,
): Promise<ServiceEvent[]> {
  const [statuses, changes] = await Promise.all([
    client.history.statusChanges(accountId, domainId, { signal }).catch(noneIfUnsupported),
    client.history.auditEvents({ domainId, perPage: most, signal }).catch(noneIfUnsupported),
  ])
  return [...statuses.slice(0, most).flatMap(statusEvent), ...changes.flatMap(changeEvent)].sort((a, b) =>
    b.at.localeCompare(a.at),
  )
}

function noneIfUnsupported(error: unknown): [] {
  if (error instanceof UnsupportedError) return []
  throw error
}

function statusEvent({ at, service, record, part, from, to, reason, found }: StatusChange): ServiceEvent[] {
  if (Number.isNaN(Date.parse(at))) return []
  if (part === 'consent' || part === 'risk') return [{ at, kind: part, words: (found ?? '').slice(0, longestWords) }]
  // The first status of a new record is not news, and the verdict over all of them is in the history of the app.
  if (from === null || part === 'overall') return []
  const kind = recordKinds.find((each) => {
    const { service: own, wireWord } = recordKindTable[each]
    return own === `hosted_${service}` && (wireWord === record || (each === 'mta_sts_policy' && part === 'file'))
  })
  if (!kind) return []
  const where = part === 'file' ? 'policy_file' : part === 'txt' ? 'txt' : 'cname'
  const { short, why } = recordText(where, to, reason, {})
  const state = recordState({
    status: where === 'cname' ? to : 'verified',
    ...(where === 'txt' ? { txt: to } : {}),
    ...(where === 'policy_file' ? { policyFile: to } : {}),
    reason: reason ?? undefined,
  })
  return [{ at, kind: 'status', record: kind, state, status: short ?? why.slice(0, longestWords) }]
}

/** Words that a change is made with, which have entries of their own. */
const words: readonly string[] = ['allow_weaker', 'accept_risk']

function changeEvent({ at, action, before, after }: AuditEvent): ServiceEvent[] {
  if (Number.isNaN(Date.parse(at))) return []
  const isWhole = before === null || after === null
  const settings = isWhole
    ? []
    : Object.keys(after)
        .filter((name) => !words.includes(name))
        .slice(0, 20)
  return [{ at, kind: 'change', action, settings: settings.map((name) => name.slice(0, 100)) }]
}
