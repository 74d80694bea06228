import { isKnown, type ProposedOf, type Unknown } from '@dmarc-as-code/terraform-plugin'
import { type DmarcToPublish, recordToPublish } from '../../hosting/dmarc-record.ts'
import type { domainSchema } from './domain-schema.ts'

type Proposed = ProposedOf<typeof domainSchema>

/** The record that settings come to on a base; undefined while they are not known, or wrong, which validation reports. */
export function futureRecord(
  settings: Exclude<Proposed['hosted_dmarc'], null | Unknown>,
  base: string,
): string | undefined {
  const { published_record: _, gate: __, ...said } = settings
  const unknown = Object.values(said).some(
    (value) => !isKnown(value) || (Array.isArray(value) && value.some((one) => !isKnown(one))),
  )
  if (unknown) return undefined
  try {
    return recordToPublish(said as DmarcToPublish, base)
  } catch {
    return undefined
  }
}
