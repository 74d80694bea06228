import { SourceGroups } from './sources.ts'
import {
  defaultRules,
  type EvidenceRow,
  type EvidenceRules,
  type SourceAnswer,
  type SourceClass,
  type SourceEvidence,
} from './types.ts'

/** Who sent the messages of some rows. */
export interface ClassifiedRows {
  /** Own sources, forwarders and candidates, most messages first. */
  readonly sources: readonly SourceEvidence[]
  /** Rows of each of `sources`, by its id: what `diagnose` takes. */
  readonly rows: ReadonlyMap<string, readonly EvidenceRow[]>
  /** What is left over: authenticates as nobody, is never asked about and never blocks. */
  readonly foreign: { readonly sources: number; readonly messages: number }
  /** The class of the source that one of the rows counts for. */
  readonly classOf: (row: EvidenceRow) => SourceClass
}

/** Classes the sources of any period, as `judgeEvidence` does for its window. */
export function classifyRows(
  rows: readonly EvidenceRow[],
  answers: ReadonlyMap<string, SourceAnswer> = new Map(),
  rules: Partial<EvidenceRules> = {},
): ClassifiedRows {
  const groups = new SourceGroups(answers)
  groups.add(rows)
  const { sources, rows: byId, foreign } = groups.classed({ ...defaultRules, ...rules })
  const classes = new Map<EvidenceRow, SourceClass>()
  for (const source of sources) for (const row of byId.get(source.id) ?? []) classes.set(row, source.class)
  return { sources, rows: byId, foreign, classOf: (row) => classes.get(row) ?? 'foreign' }
}
