import type { DmarcEffect, MtaStsEffect, RecordKind, TlsRptEffect } from '@dmarc-as-code/records'
import type { Problem } from './problems.ts'

/**
 * One click on "Apply CNAMEs", as the page sees it. The main process owns the job and pushes every change; the page only
 * draws it and answers its questions.
 */
export interface ApplyJob {
  readonly id: string
  readonly phase: ApplyPhase
  readonly domains: readonly ApplyDomain[]
  /** True while there is something written by this job that Undo would take back. */
  readonly undoable: boolean
  readonly problem?: Problem
}

export type ApplyPhase =
  /** Finding the zone and its service, reading what is there. */
  | 'reading'
  /** At least one zone lacks credentials. */
  | 'credentials'
  /** The plan is on screen. */
  | 'confirm'
  | 'applying'
  /** Written; the service is asked until it sees everything. */
  | 'verifying'
  | 'done'
  | 'undoing'
  | 'undone'

export interface ApplyDomain {
  readonly key: string
  readonly title: string
  readonly zone?: ZoneAccess
  readonly items: readonly PlanItem[]
  /** What the change of the DMARC record does to mail; absent where that record is not changed here. */
  readonly dmarc?: DmarcPlan
  /** The same of the MTA-STS policy; null where what is live, or what will be, could not be read. */
  readonly mtaSts?: MtaStsEffect | null
  /** The same of the TLS-RPT record. */
  readonly tlsRpt?: TlsRptEffect | null
  /** Why this domain cannot be done by the app, if so; its lines can still be pasted. */
  readonly problem?: Problem
}

/** The ways to change the DMARC record of one domain, and what each does to mail. */
export interface DmarcPlan {
  /** The record that is live now, wherever it comes from. */
  readonly live?: string
  /** With the record that is hosted at present; null where what is live, or what will be, could not be read. */
  readonly hosted: DmarcEffect | null
  /** With a hosted record that keeps what is live: the record, and its effect. Absent where there is nothing to keep. */
  readonly takeOver?: { readonly record: string; readonly effect: DmarcEffect }
}

/** What to do at `_dmarc`. `keep` leaves the live record in place, and the domain without its CNAME. */
export type DmarcChoice = 'take-over' | 'hosted' | 'keep'

/** A zone, who runs it, and whether the app may write there. */
export interface ZoneAccess {
  readonly zone: string
  /** The service that was recognised by its name servers, or the servers' names. */
  readonly serviceTitle: string
  /** The access method that matches the service; absent where none does. Another one can still be selected. */
  readonly suggested?: string
  readonly credentials: 'stored' | 'missing'
  /** Whether the person chose to paste the lines instead. */
  readonly manual: boolean
  /** A page of the DNS service that adds the records after one confirmation there. */
  readonly hasDomainConnect: boolean
}

/** A method to access a zone, and the fields it requires. */
export interface AccessMethod {
  readonly id: string
  readonly title: string
  /** Where to get the credentials, and which rights they need. */
  readonly help: string
  readonly fields: readonly CredentialField[]
}

export interface CredentialField {
  readonly name: string
  readonly label: string
  readonly secret: boolean
  readonly optional: boolean
  readonly example?: string
  /** Fixed choices; the first is the default. */
  readonly options?: readonly string[]
  /** A value of several lines, such as a key file. */
  readonly long?: boolean
}

/** `conflict` can be replaced if the person says so; `blocked` cannot be written here at all, and `message` says why. */
type PlanAction = 'create' | 'right' | 'conflict' | 'blocked'
export type ItemOutcome = 'waiting' | 'writing' | 'written' | 'verified' | 'kept' | 'failed' | 'undone'

export interface PlanItem {
  /** Stable within the job. */
  readonly id: string
  readonly kind: RecordKind
  readonly name: string
  /** The host field of most panels: the name relative to the zone. */
  readonly host: string
  readonly target: string
  /** Seconds. */
  readonly ttl: number
  readonly action: PlanAction
  /** What is at the name now, one line per record. */
  readonly existing: readonly string[]
  readonly outcome: ItemOutcome
  readonly message?: string
}

/** What to do about a conflict: leave what is there, or replace it (Undo puts it back). */
export type ConflictChoice = 'keep' | 'replace'

/** What a person has decided about a plan. */
export interface PlanDecisions {
  /** By item. */
  readonly choices: Readonly<Record<string, ConflictChoice>>
  /** By domain. */
  readonly policies: Readonly<Record<string, DmarcChoice>>
  /** Why the protection may become weaker. Empty where it does not. */
  readonly reason: string
}

export function needsCredentials(job: ApplyJob): ApplyDomain[] {
  return job.domains.filter((domain) => domain.zone && !domain.zone.manual && domain.zone.credentials === 'missing')
}

/** The lines to paste by hand: everything that is not right yet. */
export function pendingItems(domain: ApplyDomain): PlanItem[] {
  return domain.items.filter((item) => item.action !== 'right')
}

/** Whether the app itself can write anything of this domain. */
export function isWritable(domain: ApplyDomain): boolean {
  return (
    domain.zone !== undefined &&
    !domain.zone.manual &&
    domain.zone.credentials === 'stored' &&
    domain.problem === undefined &&
    pendingItems(domain).length > 0
  )
}
