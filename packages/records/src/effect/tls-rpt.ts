import type { ParsedTlsRpt } from '../tls-rpt/record.ts'
import { type AddressChange, addressChange, compareAddresses } from './addresses.ts'
import { combined, type EffectChange, type EffectGrade } from './grade.ts'

/** The one record at `_smtp._tls` of the domain; null where there is none, or several, which senders treat as none (RFC 8460 section 3). */
export type TlsRptSituation = ParsedTlsRpt | null

/** Where reports about encrypted delivery go. */
export interface TlsRptInForce {
  /** Canonical URIs; empty without a usable record. */
  readonly rua: readonly string[]
}

/** What a change of TLS-RPT does. */
export interface TlsRptEffect {
  /** Over all aspects, as in `DmarcEffect`. */
  readonly grade: EffectGrade
  /** Report addresses are lost. */
  readonly weakens: boolean
  /**
   * Always false: lost addresses are shown, not refused. A record of TLS-RPT protects no mail, and unlike a hosted DMARC record a
   * hosted one has no place for the owner's addresses, so that a refusal would leave no way but to consent.
   */
  readonly needsConsent: boolean
  /** What holds before the change. */
  readonly before: TlsRptInForce
  /** What holds after it. */
  readonly after: TlsRptInForce
  /** Canonical URIs. */
  readonly reports: AddressChange
  /** The one aspect, where it changes. */
  readonly changes: readonly EffectChange[]
}

/**
 * What a change of the TLS-RPT record does: the report addresses that are lost and gained. A partial order, as `compareDmarc`.
 *
 * @example
 * compareTlsRpt(parseTlsRpt('v=TLSRPTv1; rua=mailto:tls@example.com'), null).reports.lost // ['mailto:tls@example.com']
 */
export function compareTlsRpt(before: TlsRptSituation, after: TlsRptSituation): TlsRptEffect {
  const [from, to] = [inForce(before), inForce(after)]
  const reports = compareAddresses(from.rua, to.rua)
  const changes = [addressChange('tls-reports', reports)].filter((one) => one !== undefined)
  return {
    grade: combined(changes.map((change) => change.grade)),
    weakens: reports.lost.length > 0,
    needsConsent: false,
    before: from,
    after: to,
    reports,
    changes,
  }
}

function inForce(record: TlsRptSituation): TlsRptInForce {
  return { rua: record?.outcome === 'policy' ? (record.tags.rua ?? []) : [] }
}
