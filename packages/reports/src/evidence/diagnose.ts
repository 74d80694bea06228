import { type Reason, reasonText } from '@dmarc-as-code/records/reasons'
import { unalignedPass } from './sources.ts'
import type { EvidenceRow, SourceClass } from './types.ts'

/** Why mail of a source fails DMARC. In words: `reasonText('failure_cause', cause)`. */
export type FailureCause = Reason<'failure_cause'>

export interface Diagnosis {
  readonly cause: FailureCause
  /** Messages that fail for this cause; one message may count under several. */
  readonly messages: number
  /** Domains, `selector@domain` of keys, or subdomains it is about, most messages first, at most 5. */
  readonly about: readonly string[]
  /** One sentence with what to do, naming them. */
  readonly next: string
}

/** Why the mail of a source fails, most messages first; empty where nothing fails. `rows` are those of one source. */
export function diagnose(rows: readonly EvidenceRow[], kind: SourceClass): Diagnosis[] {
  const tallies = new Map<FailureCause, CauseTally>()
  const passing = new Set(rows.filter(passes).map((row) => row.headerFrom))
  for (const row of rows) {
    for (const [cause, about] of causesOf(row, kind, passing)) {
      const tally = tallies.get(cause) ?? { messages: 0, about: new Map(), from: new Map() }
      tally.messages += row.count
      count(tally.from, row.headerFrom, row.count)
      if (about !== undefined) count(tally.about, about, row.count)
      tallies.set(cause, tally)
    }
  }
  return [...tallies]
    .sort(([, a], [, b]) => b.messages - a.messages)
    .map(([cause, { messages, about, from }]) => {
      const names = mostFirst(about)
      const next = reasonText('failure_cause', cause, { domain: mostFirst(from)[0], found: names[0] }).fix
      return { cause, messages, about: names.slice(0, 5), next }
    })
}

interface CauseTally {
  messages: number
  /** Messages by what the cause is about, and by From domain. */
  readonly about: Map<string, number>
  readonly from: Map<string, number>
}

function count(counts: Map<string, number>, name: string, messages: number): void {
  counts.set(name, (counts.get(name) ?? 0) + messages)
}

function mostFirst(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name)
}

function causesOf(
  row: EvidenceRow,
  kind: SourceClass,
  passing: ReadonlySet<string>,
): (readonly [FailureCause, string?])[] {
  if (passes(row)) return kind === 'forwarder' && !row.spfAligned ? [['forwarded']] : []
  const causes: (readonly [FailureCause, string?])[] = []
  const signer = row.dkim.find(({ result }) => result === 'pass')
  const failed = row.dkim.find(({ result, domain }) => result !== 'pass' && related(domain, row.headerFrom))
  const envelope = row.spf.find(({ result }) => result === 'pass')
  const parent = [...passing].find((domain) => row.headerFrom.endsWith(`.${domain}`))
  if (parent !== undefined) causes.push(['subdomain-not-covered', row.headerFrom])
  if (failed) {
    const unusable = failed.result === 'permerror'
    const key = failed.selector === undefined ? failed.domain : `${failed.selector}._domainkey.${failed.domain}`
    causes.push([unusable ? 'key-unusable' : 'signature-fails', key])
  }
  if (signer) causes.push(['signs-with-other-domain', signer.domain])
  if (envelope) causes.push(['spf-for-other-domain', envelope.domain])
  if (kind === 'own' && row.dkim.length === 0) causes.push(['does-not-sign'])
  return causes.length > 0 || unalignedPass(row) !== undefined ? causes : [['spoofing']]
}

/** One of the two lies below the other: near enough to say that the signature was meant for this domain. */
function related(domain: string, headerFrom: string): boolean {
  return (
    domain !== '' && (domain === headerFrom || domain.endsWith(`.${headerFrom}`) || headerFrom.endsWith(`.${domain}`))
  )
}

function passes(row: EvidenceRow): boolean {
  return row.dkimAligned === true || row.spfAligned === true
}
