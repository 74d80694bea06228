import { RecordError, sameDmarcRecord } from '@dmarc-as-code/records'
import { isKnown, type ProposedOf, Unknown } from '@dmarc-as-code/terraform-plugin'
import { policyFile } from '../../hosting/mta-sts-file.ts'
import type { MtaStsSettings } from '../../hosting/mta-sts-state.ts'
import type { domainSchema } from './domain-schema.ts'
import type { DomainState } from './domain-state.ts'

type Proposed = ProposedOf<typeof domainSchema>

/** What will be published for a domain: the record, or the policy file; null for none, undefined while it is not known. */
export interface Publication {
  readonly dmarc: string | null | undefined
  readonly mtaSts: string | null | undefined
}

/** The policy file of these settings; undefined while they are not known, or wrong, which validation reports. */
export function policyText(settings: Proposed['hosted_mta_sts'] | MtaStsSettings): string | null | undefined {
  if (settings === null) return null
  if (!isKnown(settings) || !isKnown(settings.mode) || !isKnown(settings.mx) || !isKnown(settings.max_age_days)) {
    return undefined
  }
  const mx = settings.mx ?? []
  if (mx.some((host) => typeof host !== 'string')) return undefined
  try {
    return policyFile({ mode: settings.mode, mx: mx as string[], max_age_days: settings.max_age_days })
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

/** One policy that is published anew, with what answers then: the record, or the policy file; null for none. */
export interface PublicationChange {
  readonly policy: 'dmarc' | 'mta-sts'
  readonly expected: string | null
}

/** The policies that will be others than those in the state, as far as they are known. */
export function changesOf(state: DomainState | null, { dmarc, mtaSts }: Publication): PublicationChange[] {
  const before = state?.hosted_dmarc?.published_record ?? null
  const dmarcChanges =
    dmarc !== undefined && (dmarc === null || before === null ? dmarc !== before : !sameDmarcRecord(dmarc, before))
  const mtaStsChanges = mtaSts !== undefined && mtaSts !== policyText(state?.hosted_mta_sts ?? null)
  return [
    ...(dmarcChanges ? [{ policy: 'dmarc', expected: dmarc } as const] : []),
    ...(mtaStsChanges ? [{ policy: 'mta-sts', expected: mtaSts } as const] : []),
  ]
}

/** Whether something in a configured value is known only after apply. */
export const hasUnknown = (value: unknown): boolean =>
  value === Unknown || (typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown))
