import type { TxtValue } from '../parsed.ts'
import { type SelectedRecord, selectRecord } from '../text/select.ts'
import { type ParsedDmarc, parseDmarc } from './parse.ts'

/**
 * Picks and reads the DMARC record among the TXT values of a `_dmarc` name (RFC 9989 4.10 step 2). Never throws.
 *
 * @example
 * selectDmarc(['google-site-verification=abc', 'v=DMARC1; p=none']).record?.tags.p // none
 */
export function selectDmarc(values: readonly TxtValue[]): SelectedRecord<ParsedDmarc> {
  return selectRecord(values, { name: 'DMARC', begin: 'v=DMARC1', isOne: beginsWithVersion, parse: parseDmarc })
}

/** True for a text whose first tag is `v` with the exact value DMARC1, whatever follows. */
function beginsWithVersion(text: string): boolean {
  return /^[vV][ \t]*=[ \t]*DMARC1[ \t]*(;|$)/.test(text)
}
