import { isPlainHost } from '../names/plain-host.ts'
import { longestAgeForNone, longestMaxAge, type MtaStsMode, type MtaStsPolicyTags, shortestMaxAge } from './tags.ts'

const carriageReturn = 0x0d

/**
 * Reads the policy files that nearly every domain has, in one pass and without positions: each field once, one space behind
 * the colon, plain host names, and nothing to warn about but its age. Undefined for everything else, which is read in full; where both
 * answer, they answer the same.
 */
export function readOrdinaryPolicy(text: string): MtaStsPolicyTags | undefined {
  const length = text.length
  // Longer lists of hosts are rare, and looking for a repeated one among them would take long.
  if (length > 4096) return undefined
  let version: 'STSv1' | undefined
  let mode: MtaStsMode | undefined
  let age: number | undefined
  const mx: string[] = []
  for (let from = 0; from < length; ) {
    const feed = text.indexOf('\n', from)
    const stop = feed < 0 ? length : feed
    const end = feed > from && text.charCodeAt(feed - 1) === carriageReturn ? feed - 1 : stop
    if (text.startsWith('mx: ', from)) {
      const host = text.slice(from + 4, end)
      if (!isPlainHost(host.startsWith('*.') ? host.slice(2) : host) || mx.includes(host)) return undefined
      mx.push(host)
    } else if (text.startsWith('mode: ', from)) {
      const word = text.slice(from + 6, end)
      if (mode !== undefined || (word !== 'enforce' && word !== 'testing' && word !== 'none')) return undefined
      mode = word
    } else if (text.startsWith('max_age: ', from)) {
      const digits = text.slice(from + 9, end)
      if (age !== undefined || !/^\d{1,10}$/.test(digits)) return undefined
      age = Number(digits)
    } else if (version === undefined && text.startsWith('version: STSv1', from) && end === from + 14) version = 'STSv1'
    else return undefined
    from = stop + 1
  }
  if (version === undefined || mode === undefined || age === undefined || age > longestMaxAge) return undefined
  if (mx.length === 0 && mode !== 'none') return undefined
  return { version, mode, mx, max_age: age }
}

/** Whether there is something to warn about in the `max_age` of a policy; many publish a day, which is short for enforce. */
export const isUnusualAge = ({ mode, max_age: age }: MtaStsPolicyTags): boolean =>
  mode !== undefined &&
  age !== undefined &&
  (age < shortestMaxAge[mode] || (mode === 'none' && age > longestAgeForNone))
