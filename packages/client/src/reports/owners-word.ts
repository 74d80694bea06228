import type { SourceKind } from './types.ts'

/** What the owner says, where the server has no place for it. */
export interface OwnersWord {
  /** What is known of sources, by their ids: `source:192.0.2.0/24`, `domain:sender.example`. */
  answers?: Readonly<Record<string, SourceKind>> | undefined
  /** Candidates beyond the first 20 are not the owner's. */
  presumeRestNotMine?: boolean | undefined
  /** The DMARC record that is live, for `next_record`. @default what hosted DMARC publishes */
  currentRecord?: string | undefined
}

/** Names the source that an address belongs to; undefined where it does not know. */
export type SourceOf = (ip: string) => string | undefined
