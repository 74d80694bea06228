import { isFailureOptions } from './failure-options.ts'
import { type DmarcTagName, type DmarcTags, dmarcTagOrder, isDmarcPolicy } from './tags.ts'

/** The version tag of DMARC: the letter in either case, space around `=` allowed, the word exact (RFC 9989 4.8). */
export const dmarcVersion = { word: 'DMARC1', lenientName: true } as const

/** Tags with one word or number as their value. */
export type DmarcWordTag = Exclude<DmarcTagName, 'v' | 'rua' | 'ruf'>

type ReadValue<Name extends DmarcWordTag> = (value: string) => DmarcTags[Name]

/** Case does not count (RFC 9989 4.7); nearly every record has its words in lower case, which costs nothing more. */
const word =
  <Word extends string>(isWord: (text: string) => text is Word) =>
  (value: string): Word | undefined => {
    if (isWord(value)) return value
    const lower = value.toLowerCase()
    return isWord(lower) ? lower : undefined
  }

const policy = word(isDmarcPolicy)
const alignment = word((text): text is 'r' | 's' => text === 'r' || text === 's')

/** What the value of a tag means, in canonical form; undefined where it means nothing (RFC 9989 4.8, RFC 7489 6.4). */
export const dmarcValues: { readonly [Name in DmarcWordTag]: ReadValue<Name> } = {
  p: policy,
  sp: policy,
  np: policy,
  adkim: alignment,
  aspf: alignment,
  t: word((text): text is 'y' | 'n' => text === 'y' || text === 'n'),
  psd: word((text): text is 'y' | 'n' | 'u' => text === 'y' || text === 'n' || text === 'u'),
  fo: word((text): text is string => isFailureOptions(text)),
  pct: (value) => (/^(?:100|[1-9]?\d)$/.test(value) ? Number(value) : undefined),
  rf: (value) => (/^afrf(\s*:\s*afrf)*$/i.test(value) ? 'afrf' : undefined),
  ri: (value) => (/^\d{1,10}$/.test(value) && Number(value) <= 0xffffffff ? Number(value) : undefined),
}

/** Whether a tag, in lower case, is one that a standard names. */
export function isDmarcTagName(name: string): name is DmarcTagName {
  return name === 'v' || name === 'rua' || name === 'ruf' || Object.hasOwn(dmarcValues, name)
}

/** A known tag inside the value of another: no value of a known tag has a space before a name and `=`. */
export const swallowedTag = new RegExp(`[ \\t](${dmarcTagOrder.join('|')})[ \\t]*=`, 'i')

/** Whether a tag that no standard names may have this value: printable ASCII. */
export function isUnknownValue(value: string): boolean {
  return !/[^\u0020-\u007e]/.test(value)
}
