import type { RecordKind } from '@dmarc-as-code/records'
import type { Observation } from '../observe/types.ts'

export interface CnameEvidence {
  kind: RecordKind
  /** Where the CNAME should lead. */
  target: string
  observation: Observation
  /** What stands at the target now: TXT values, or the policy host's addresses. Tells a pasted value from an old record. */
  hosted?: string[]
  /** NS names of the zone the record was written to, where the caller knows. Detects a zone that the parent does not delegate to. */
  heldBy?: string[]
}
