import type { Warnings } from '../outcome.ts'
import type { Disposition, DkimResultWord, PublishedPolicy, SpfResultWord } from './types.ts'

const dkimWords = ['none', 'pass', 'fail', 'policy', 'neutral', 'temperror', 'permerror'] as const
const spfWords = [...dkimWords, 'softfail'] as const
const policies = ['none', 'quarantine', 'reject'] as const
const dispositions = [...policies, 'pass'] as const

/** Older and foreign words that occur (RFC 7489 appendix C names `unknown` and `error`). */
const aliases: Readonly<Record<string, SpfResultWord>> = {
  unknown: 'temperror',
  error: 'permerror',
  hardfail: 'fail',
  invalid: 'permerror',
}

/** The word among `words`, in lower case; undefined, after a warning, where it is not one of them. */
function oneOf<T extends string>(words: readonly T[], text: string, warnings: Warnings, line: number): T | undefined {
  if (words.includes(text as T)) return text as T
  if (text === '') return undefined
  const lower = text.toLowerCase()
  const word = words.find((candidate) => candidate === lower)
  warnings.add(word === undefined ? 'value-unknown' : 'value-case', text, line)
  return word
}

function result<T extends SpfResultWord>(words: readonly T[], text: string, warnings: Warnings, line: number): T {
  const alias = aliases[text.toLowerCase()]
  if (alias !== undefined && words.includes(alias as T)) {
    warnings.add('value-alias', text, line)
    return alias as T
  }
  return oneOf(words, text, warnings, line) ?? ('none' as T)
}

/** A DKIM result; an unknown word counts as `none`, which proves nothing. */
export const dkimResultWord = (text: string, warnings: Warnings, line: number): DkimResultWord =>
  result(dkimWords, text, warnings, line)

/** An SPF result; an unknown word counts as `none`, which proves nothing. */
export const spfResultWord = (text: string, warnings: Warnings, line: number): SpfResultWord =>
  result(spfWords, text, warnings, line)

export const dispositionWord = (text: string, warnings: Warnings, line: number): Disposition | undefined =>
  oneOf(dispositions, text, warnings, line)

export const policyWord = (text: string, warnings: Warnings, line: number): PublishedPolicy | undefined =>
  oneOf(policies, text, warnings, line)

export const passOrFail = (text: string, warnings: Warnings, line: number): 'pass' | 'fail' | undefined =>
  oneOf(['pass', 'fail'] as const, text, warnings, line)

export const alignmentWord = (text: string, warnings: Warnings, line: number): 'r' | 's' | undefined =>
  oneOf(['r', 's'] as const, text, warnings, line)
