import type { UtcDay } from '../days.ts'
import type { EvidenceRow, EvidenceRules, SourceAnswer, SourceClass, SourceEvidence } from './types.ts'

/** Sums over rows; the group they belong to knows its id and class. */
export class Tally {
  messages = 0
  passed = 0
  passedByDkim = 0
  passedBySpf = 0
  overridden = 0
  readonly days = new Set<UtcDay>()
  readonly sources = new Set<string>()
  firstDay: UtcDay = '9999-12-31'
  lastDay: UtcDay = ''

  add(row: EvidenceRow): void {
    this.messages += row.count
    if (row.dkimAligned) this.passedByDkim += row.count
    if (row.spfAligned) this.passedBySpf += row.count
    if (row.dkimAligned || row.spfAligned) this.passed += row.count
    else if (row.overridden) this.overridden += row.count
    this.days.add(row.day)
    this.sources.add(row.source)
    if (row.day < this.firstDay) this.firstDay = row.day
    if (row.day > this.lastDay) this.lastDay = row.day
  }

  get evidence(): Omit<SourceEvidence, 'id' | 'class' | 'answer'> {
    const { messages, passed, passedByDkim, passedBySpf, overridden, firstDay, lastDay } = this
    const [days, sources] = [this.days.size, [...this.sources].sort()]
    return { messages, passed, passedByDkim, passedBySpf, overridden, days, firstDay, lastDay, sources }
  }
}

export interface ClassedSources {
  /** Own sources, forwarders and candidates, most messages first. */
  readonly sources: SourceEvidence[]
  /** Rows of own sources. */
  readonly ownRows: readonly EvidenceRow[]
  /** Rows of each of `sources`, by its id. */
  readonly rows: ReadonlyMap<string, readonly EvidenceRow[]>
  readonly foreign: { sources: number; messages: number }
}

interface Group {
  readonly tally: Tally
  readonly rows: EvidenceRow[]
}

/** Rows by the source they count for. A longer window adds its rows to those of the shorter one: no row is grouped twice. */
export class SourceGroups {
  readonly #groups = new Map<string, Group>()
  readonly #answers: ReadonlyMap<string, SourceAnswer>
  readonly #mine: ReadonlySet<string>

  constructor(answers: ReadonlyMap<string, SourceAnswer>) {
    this.#answers = answers
    this.#mine = answeredDomains(answers)
  }

  add(rows: Iterable<EvidenceRow>): void {
    for (const row of rows) {
      // Mail that authenticates as a domain the owner called "mine" is judged by that domain, wherever it comes from.
      addTo(this.#groups, ownDomainId(row, this.#mine) ?? `source:${row.source}`, row)
    }
  }

  get ownMessages(): number {
    let messages = 0
    for (const [id, { tally }] of this.#groups) if (this.#isOwn(id, tally)) messages += tally.messages
    return messages
  }

  /**
   * Classes every source. `own`: SPF passes aligned, or the owner said so. `forwarder`: DKIM passes aligned and SPF does
   * not. `candidate`: never aligned, but authenticates as somebody often enough to be worth a question. `foreign`: the rest,
   * whatever its volume: failing mail is free to send, so it must not be able to ask for attention.
   */
  classed(rules: EvidenceRules): ClassedSources {
    const answers = this.#answers
    const ownRows: EvidenceRow[] = []
    const sources: SourceEvidence[] = []
    const rest = new Map<string, Group>()
    const byId = new Map<string, readonly EvidenceRow[]>()
    const list = (id: string, kind: SourceClass, { tally, rows }: Group): void => {
      sources.push(evidence(id, kind, tally, answers.get(id)))
      byId.set(id, rows)
    }
    for (const [id, group] of this.#groups) {
      if (this.#isOwn(id, group.tally)) {
        for (const row of group.rows) ownRows.push(row)
        list(id, 'own', group)
      } else if (group.tally.passedByDkim > 0) list(id, 'forwarder', group)
      else for (const row of group.rows) addTo(rest, candidateId(row), row)
    }
    const threshold = Math.max(rules.candidate.messages, (this.ownMessages * rules.candidate.ownShare) / 100)
    const foreign = { sources: 0, messages: 0 }
    for (const [id, group] of rest) {
      const { tally } = group
      // Grouped by domain is what authenticates as one; what authenticates as nobody is not asked about.
      const asks = id.startsWith('domain:') && tally.days.size >= rules.candidate.days && tally.messages >= threshold
      if (asks) list(id, 'candidate', group)
      else {
        foreign.sources += tally.sources.size
        foreign.messages += tally.messages
      }
    }
    sources.sort((a, b) => b.messages - a.messages || (a.id < b.id ? -1 : 1))
    return { sources, ownRows, rows: byId, foreign }
  }

  #isOwn(id: string, tally: Tally): boolean {
    return tally.passedBySpf > 0 || this.#answers.get(id) === 'mine'
  }
}

/** The domain that a message authenticated as although not aligned: DKIM first, since SPF names the last hop. */
export function unalignedPass(row: EvidenceRow): string | undefined {
  const dkim = row.dkimAligned ? undefined : row.dkim.find(({ result, domain }) => result === 'pass' && domain !== '')
  const spf = row.spfAligned ? undefined : row.spf.find(({ result, domain }) => result === 'pass' && domain !== '')
  return dkim?.domain ?? spf?.domain
}

function candidateId(row: EvidenceRow): string {
  const domain = unalignedPass(row)
  return domain === undefined ? `source:${row.source}` : `domain:${domain}`
}

function answeredDomains(answers: ReadonlyMap<string, SourceAnswer>): ReadonlySet<string> {
  const mine = [...answers].filter(([id, answer]) => answer === 'mine' && id.startsWith('domain:'))
  return new Set(mine.map(([id]) => id.slice('domain:'.length)))
}

function ownDomainId(row: EvidenceRow, mine: ReadonlySet<string>): string | undefined {
  if (mine.size === 0 || row.dkimAligned || row.spfAligned) return undefined
  const domain = unalignedPass(row)
  return domain !== undefined && mine.has(domain) ? `domain:${domain}` : undefined
}

function evidence(id: string, kind: SourceClass, tally: Tally, answer: SourceAnswer | undefined): SourceEvidence {
  return { id, class: kind, ...(answer === undefined ? {} : { answer }), ...tally.evidence }
}

function addTo(groups: Map<string, Group>, id: string, row: EvidenceRow): void {
  let group = groups.get(id)
  if (!group) {
    group = { tally: new Tally(), rows: [] }
    groups.set(id, group)
  }
  group.tally.add(row)
  group.rows.push(row)
}
