import { type RecordKind, recordKinds } from '@dmarc-as-code/records'
import type { Resolver } from '../observe/resolver.ts'
import { settleCname } from './settle.ts'
import type { CnameVerdict, PreviousCnameVerdict } from './types.ts'
import { type ExpectedRecord, type ExpectedRecords, lookAtCname } from './verify-domain.ts'

export interface CheckRecordsInput {
  /** A-labels. */
  domain: string
  expected: ExpectedRecords
  resolver: Resolver
  clock?: () => Date
  random?: () => number
  previous?: Partial<Record<RecordKind, PreviousCnameVerdict>>
  signal?: AbortSignal
}

/**
 * Looks at a domain's CNAMEs only: what a client can see for itself from where it stands, as an explanation beside the
 * service's verdict. Rejects only when the signal aborts.
 */
export async function checkRecords(input: CheckRecordsInput): Promise<Partial<Record<RecordKind, CnameVerdict>>> {
  const run = input.resolver.begin({ signal: input.signal })
  const verdicts: Partial<Record<RecordKind, CnameVerdict>> = {}
  await Promise.all(
    recordKinds
      .filter((kind) => input.expected[kind])
      .map(async (kind) => {
        const seen = await lookAtCname({
          run,
          kind,
          domain: input.domain,
          expected: input.expected[kind] as ExpectedRecord,
          ...(input.clock && { clock: input.clock }),
          ...(input.random && { random: input.random }),
        })
        verdicts[kind] = settleCname(seen, input.previous?.[kind])
      }),
  )
  return verdicts
}
