import type { DmarcTags } from '../dmarc/tags.ts'

/** What the default record of a hosted domain is made from. */
export interface DefaultDmarcInput {
  /** Where aggregate reports go, as URIs. */
  readonly rua?: readonly string[]
  /** Where failure reports go, as URIs. */
  readonly ruf?: readonly string[]
  /** The domain sends no mail. Default false. */
  readonly parked?: boolean
}

/**
 * The record to begin with: p=none for a domain that sends, so that nothing changes but the reports; reject at every
 * level for a parked one. `fo=1` where failure reports are wanted, since the default asks only for mail that fails twice.
 */
export function defaultDmarc({ rua = [], ruf = [], parked = false }: DefaultDmarcInput): DmarcTags {
  return {
    v: 'DMARC1',
    ...(parked ? ({ p: 'reject', sp: 'reject', np: 'reject' } as const) : ({ p: 'none' } as const)),
    ...(ruf.length > 0 ? { fo: '1' } : {}),
    ...(rua.length > 0 ? { rua } : {}),
    ...(ruf.length > 0 ? { ruf } : {}),
  }
}
