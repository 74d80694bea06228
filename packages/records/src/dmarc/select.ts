import type { TxtValue } from '../parsed.ts'
import { type SelectedRecord, selectRecord } from '../text/select.ts'
import { type ParsedDmarc, parseDmarc } from './parse.ts'
import { beginsWithVersion } from './read-values.ts'

/**
 * Picks and reads the DMARC record among the TXT values of a `_dmarc` name (RFC 9989 4.10 step 2). Never throws.
 *
 * @example
 * selectDmarc(['google-site-verification=abc', 'v=DMARC1; p=none']).record?.tags.p // none
 */
export function selectDmarc(values: readonly TxtValue[]): SelectedRecord<ParsedDmarc> {
  return selectRecord(values, {
    name: 'DMARC',
    word: 'DMARC1',
    begin: 'v=DMARC1',
    isOne: beginsWithVersion,
    parse: parseDmarc,
  })
}
