import { possibleMove } from '../../shared/evidence.ts'
import type { DomainSummary } from '../../shared/model.ts'
import type { ReportAlert, ReportAlertKind } from '../../shared/report-alert.ts'
import type { EvidenceLevel } from '../../shared/reports.ts'

/** Facts that somebody was told of; the most that are remembered for a domain. */
const remembered = 200
/** Senders named by one alert, at most. */
const named = 20
/** A domain name is no longer. */
const longestName = 253

/** The blockers that somebody should know of when they appear; the others pass, or were known. */
const kinds: Readonly<Record<string, ReportAlertKind>> = {
  'candidates-unanswered': 'new-sender',
  'own-source-new': 'new-source',
  'source-rate-low': 'mail-fails',
  'reports-overdue': 'reports-overdue',
}
/** Of these, each sender is told once for ever. The others may come back after they were gone. */
const onceForEver: ReadonlySet<ReportAlertKind> = new Set(['new-sender', 'new-source'])

interface Fact {
  readonly kind: ReportAlertKind
  readonly name: string
}

/**
 * What is new in the evidence about a domain, each fact once. `told` holds the facts of before; undefined the first time, when
 * nothing is new.
 */
export function reportAlerts(
  told: readonly string[] | undefined,
  domain: Pick<DomainSummary, 'state' | 'policy'>,
  level: EvidenceLevel,
): { readonly alerts: readonly ReportAlert[]; readonly told: readonly string[] } {
  const facts = factsOf(domain, level)
  const present = new Set(facts.map(idOf))
  const known = new Set(told ?? present)
  const kept = (told ?? []).filter((id) => present.has(id) || onceForEver.has(kindOf(id)))
  const next = [...new Set([...kept, ...present])].slice(-remembered)
  const fresh = facts.filter((fact) => !known.has(idOf(fact)))
  const alerts = [...new Set(fresh.map(({ kind }) => kind))].map((kind) => ({
    kind,
    names: fresh.filter((fact) => fact.kind === kind && fact.name !== '').map(({ name }) => name),
  }))
  return { alerts, told: next }
}

function factsOf(domain: Pick<DomainSummary, 'state' | 'policy'>, level: EvidenceLevel): Fact[] {
  const facts = level.blockers.flatMap(({ code, about }): Fact[] => {
    const kind = kinds[code]
    if (!kind) return []
    const names = about.slice(0, named).map((id) => id.replace(/^\w+:/, '').slice(0, longestName))
    return (names.length > 0 ? names : ['']).map((name) => ({ kind, name }))
  })
  const target = possibleMove({ ...domain, evidence: shortEvidence(level) })
  return target ? [...facts, { kind: 'can-move', name: target }] : facts
}

/** What of the evidence a list of domains shows. */
export function shortEvidence({ target, ready, blockers, numbers }: EvidenceLevel) {
  return {
    target,
    ready,
    blockers: blockers.slice(0, 5).map(({ code, about }) => ({ code: code.slice(0, 100), about: about.length })),
    daysAtNone: numbers?.daysAtNone ?? null,
    daysAtQuarantine: numbers?.daysAtQuarantine ?? null,
  }
}

const idOf = ({ kind, name }: Fact) => `${kind} ${name}`
const kindOf = (id: string) => id.slice(0, id.indexOf(' ')) as ReportAlertKind
