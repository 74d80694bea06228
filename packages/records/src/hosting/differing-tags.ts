import { dmarcOutcome } from '../dmarc/effective.ts'
import { dmarcTagDefaults } from '../dmarc/format.ts'
import { beginsWithVersion, type DmarcValues, readDmarcValues } from '../dmarc/read-values.ts'
import { canonicalListUri } from '../uri/list-uri.ts'

/**
 * The tags in which a record does not say what another one says, whatever their order, spelling and defaults; mailboxes count without case. Report addresses
 * may be added to: `rua` and `ruf` differ only where an address that was asked for is missing. `v` differs where one of the two is
 * a record that counts and the other is not. Never throws.
 *
 * @example
 * differingDmarcTags('v=DMARC1; p=none; rua=mailto:a@example.com', 'v=DMARC1; p=reject') // [ 'p', 'sp', 'np' ]
 */
export function differingDmarcTags(found: string, asked: string): string[] {
  const [shown, wanted] = [comparableTags(found), comparableTags(asked)]
  const value = (tags: ReadonlyMap<string, string>, name: string) => tags.get(name) ?? dmarcTagDefaults[name] ?? ''
  const differs = (name: string): boolean => {
    if (name !== 'rua' && name !== 'ruf') return value(shown, name) !== value(wanted, name)
    const there = new Set(value(shown, name).split(','))
    return (
      wanted.has(name) &&
      !value(wanted, name)
        .split(',')
        .every((uri) => there.has(uri))
    )
  }
  return [...new Set([...wanted.keys(), ...shown.keys()])].filter(differs)
}

/** What is no DMARC record at all. */
const nothing: Pick<DmarcValues, 'tags' | 'state' | 'duplicates'> = {
  tags: {},
  state: { pMissing: true, spInvalid: false, npInvalid: false },
  duplicates: false,
}

function comparableTags(text: string): Map<string, string> {
  // An international host, which a parser refuses, may be shown as A-labels.
  const ascii = text.replace(/\b(?:mailto|https?):[^,;\s]+/gi, canonicalListUri)
  const { tags, state, duplicates } = beginsWithVersion(ascii) ? readDmarcValues(ascii) : nothing
  const outcome = duplicates ? 'ignored' : dmarcOutcome(tags, state)
  const { other = [], rua, ruf, fo, ...words } = tags
  const result = new Map<string, string>([['v', outcome]])
  for (const { name, value } of other) result.set(name, value.toLowerCase())
  for (const [name, value] of Object.entries({ ...words, v: undefined })) {
    if (value !== undefined) result.set(name, String(value))
  }
  const { p = '', sp = p, np = sp } = tags
  result.set('p', p).set('sp', sp).set('np', np)
  if (fo !== undefined) result.set('fo', [...new Set(fo.split(/\s*:\s*/))].sort().join(':'))
  if (rua) result.set('rua', rua.join().toLowerCase())
  if (ruf) result.set('ruf', ruf.join().toLowerCase())
  return result
}
