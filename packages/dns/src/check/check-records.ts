import { type RecordKind, recordKinds } from '@dmarc-as-code/records'
import { LookBudget } from '../observe/budget.ts'
import type { Resolver } from '../observe/resolver.ts'
import { settleCname } from '../verify/settle.ts'
import type { CnameVerdict, PreviousCnameVerdict } from '../verify/types.ts'
import { type ExpectedRecord, type ExpectedRecords, lookAtCname } from '../verify/verify-domain.ts'
import { type Glance, glance } from './glance.ts'

export interface CheckRecordsInput {
  /** A-labels. */
  domain: string
  expected: ExpectedRecords
  resolver: Resolver
  /** Default: the system's. */
  clock?: () => Date
  /** Default `Math.random`. */
  random?: () => number
  /** Earlier verdicts, as they were answered. */
  previous?: Partial<Record<RecordKind, PreviousCnameVerdict>>
  signal?: AbortSignal
}

export type RecordVerdicts = Partial<Record<RecordKind, CnameVerdict>>

/**
 * Looks at a domain's CNAMEs only: what a client can see for itself from where it stands, as an explanation beside the
 * service's verdict. Inside stub zones a domain that is all right costs one question per name and server.
 *
 * Rejects only when the signal aborts.
 */
export async function checkRecords(input: CheckRecordsInput): Promise<RecordVerdicts> {
  return (await lookAtRecords(input)).verdicts
}

/** The same, with the messages that it rests on where a glance was enough. */
export async function lookAtRecords(input: CheckRecordsInput): Promise<Glance> {
  const { domain, expected, clock = () => new Date(), random } = input
  const kinds = recordKinds.filter((kind) => expected[kind])
  const begun = input.resolver.begin({ signal: input.signal })
  const run = begun.bound ? begun : begun.within(new LookBudget({ names: kinds.length }))
  const seen = (await glance(run, domain, expected, kinds, clock)) ?? { verdicts: await lookClosely(), messages: {} }
  for (const kind of kinds) {
    const verdict = seen.verdicts[kind]
    if (verdict) seen.verdicts[kind] = settleCname(verdict, input.previous?.[kind])
  }
  return seen

  async function lookClosely(): Promise<RecordVerdicts> {
    const verdicts: RecordVerdicts = {}
    await Promise.all(
      kinds.map(async (kind) => {
        const record = expected[kind] as ExpectedRecord
        verdicts[kind] = await lookAtCname({ run, kind, domain, expected: record, clock, ...(random && { random }) })
      }),
    )
    return verdicts
  }
}
