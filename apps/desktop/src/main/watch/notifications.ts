import { plural, t, translateIfKnown } from '../../shared/messages/messages.ts'
import type { DomainState, DomainSummary, RecordView } from '../../shared/model.ts'
import { alertText, alertTitle, type ReportAlert } from '../../shared/report-alert.ts'

/** `report`: something that reports say; the others are states. */
type NotificationKind = 'ready' | 'broken' | 'drifted' | 'report'

export interface DomainNotification {
  readonly kind: NotificationKind
  readonly key: string
  readonly address: string
  /** The name of the domain, as people read it. */
  readonly domain: string
  readonly title: string
  readonly body: string
}

/** The state of each domain in its last notification, or when first seen. Persisted, so that a restart repeats nothing. */
export type LastNotified = Readonly<Record<string, DomainState>>

/** Reasons that mean a record was replaced, as opposed to removed or not served. */
const drifts = new Set([
  'wrong-target',
  'old-provider',
  'conflict',
  'txt-in-place',
  'value-pasted',
  'proxied',
  'target-doubled',
])

/**
 * The notifications for the change from the last notified to the current states. Only three things are worth one: a domain
 * became ready, or it was ready and broke or drifted; each once. `unknown` is no change: a failed check says nothing
 * about the domain. A domain seen for the first time causes none.
 */
export function notificationsFor(
  lastNotified: LastNotified,
  domains: readonly DomainSummary[],
): { notifications: DomainNotification[]; lastNotified: LastNotified } {
  const notifications: DomainNotification[] = []
  const next: Record<string, DomainState> = {}
  for (const domain of domains) {
    const before = lastNotified[domain.key]
    if (domain.state === 'unknown') {
      if (before !== undefined) next[domain.key] = before
      continue
    }
    next[domain.key] = remembered(before, domain.state)
    if (before === undefined || before === next[domain.key]) continue
    if (domain.state === 'ready') notifications.push(readyNotification(domain))
    else if (before === 'ready' && domain.state === 'attention') notifications.push(brokenNotification(domain))
  }
  return { notifications, lastNotified: next }
}

/**
 * A ready domain whose policy file is briefly being renewed goes ready, working, ready. That is no news, so `working`
 * does not overwrite `ready`.
 */
function remembered(before: DomainState | undefined, now: DomainState): DomainState {
  return before === 'ready' && now === 'working' ? 'ready' : now
}

function readyNotification(domain: DomainSummary): DomainNotification {
  const names = domain.records.filter((record) => record.expected !== undefined).length
  return {
    kind: 'ready',
    key: domain.key,
    address: domain.address,
    domain: domain.title,
    title: t('{domain} is ready', { domain: domain.title }),
    body: plural('Its record is verified.|All {count} records are verified.', names),
  }
}

function brokenNotification(domain: DomainSummary): DomainNotification {
  const culprit = domain.records.find((record) => record.state === 'attention')
  const drifted = culprit?.reason !== undefined && drifts.has(culprit.reason)
  return {
    kind: drifted ? 'drifted' : 'broken',
    key: domain.key,
    address: domain.address,
    domain: domain.title,
    title: drifted
      ? t('{domain} was changed', { domain: domain.title })
      : t('{domain}: action needed', { domain: domain.title }),
    body: culprit ? sentence(culprit) : t('A verified record is no longer correct.'),
  }
}

/** What reports say about a domain; one notification of all that is new at one look. */
export function reportNotification(
  { key, address, title: domain }: Pick<DomainSummary, 'key' | 'address' | 'title'>,
  alerts: readonly ReportAlert[],
): DomainNotification | undefined {
  const [first] = alerts
  if (!first) return undefined
  const body = alerts.map(alertText).join(' ')
  return { kind: 'report', key, address, domain, title: alertTitle(first, domain), body }
}

function sentence(record: RecordView): string {
  return `${record.name}: ${translateIfKnown(record.why)}`
}
