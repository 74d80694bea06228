import type { WireTakenOver } from '@dmarc-as-code/client/contract'
import { takeOverDmarc as composeDmarc, type DmarcToTakeOver, RecordError } from '@dmarc-as-code/records'
import { refused } from './problem.ts'

export interface TakenOverDmarc {
  /** The record to host. */
  record: string
  taken: NonNullable<WireTakenOver['dmarc']>
}

/**
 * The record to host instead of the one that is live, and the answer about it.
 *
 * @throws {Problem} 422 when the live record cannot be hosted
 */
export function takeOverDmarc(
  live: DmarcToTakeOver,
  domain: string,
  defaultRecord: string,
  parked: boolean,
): TakenOverDmarc {
  try {
    const { record, kept, added, dropped } = composeDmarc(live, domain, defaultRecord, { parked })
    return {
      record,
      taken: {
        record: live.record.text,
        policy_domain: live.policyDomain,
        kept: [...kept],
        added: [...added],
        dropped: [...dropped],
      },
    }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw refused(
      error.findings.map(({ message }) => ({
        field: 'domain.take_over_current',
        code: 'record_invalid',
        message: `The record that is live cannot be taken over: ${message} Send hosted_dmarc_config instead.`,
      })),
    )
  }
}
