import type { RecordSet } from '../record-set.ts'
import { DnsFormatError } from '../wire/errors.ts'
import { canonicalName } from '../wire/names.ts'
import { parseRdata, stringsOf } from '../wire/rdata.ts'
import type { Found, MailView } from './types.ts'

/** What answers at a name today, as the DNS service holds it. */
export interface LiveName {
  /** At the name itself, or at the wildcard that answers for it. */
  sets: readonly RecordSet[]
  /** The wildcard, where nothing stands at the name. */
  wildcard?: string | undefined
  /**
   * The name, where the wildcard may not answer for it: records that were not looked for may stand beneath it, or between it
   * and the wildcard (RFC 4592 section 2.2.2). What answers now is then asked of the DNS; what will answer is not known.
   */
  unproved?: string | undefined
}

/** The TXT values that receivers get: those that stand there, or those behind the CNAME. */
export async function liveTexts(live: LiveName, view: MailView): Promise<Found<readonly string[]>> {
  return live.unproved === undefined ? textsIn(live, view) : view.texts(live.unproved)
}

/** The TXT values that receivers will get from a name that is to hold this. */
export async function comingTexts(next: LiveName, view: MailView): Promise<Found<readonly string[]>> {
  return next.unproved === undefined ? textsIn(next, view) : perhaps(next)
}

const perhaps = ({ wildcard, unproved }: LiveName) => ({
  unknown: `Whether the wildcard ${wildcard} will answer for ${unproved} is not known, because the DNS service does not show which records stand beneath it.`,
})

async function textsIn({ sets }: LiveName, view: MailView): Promise<Found<readonly string[]>> {
  const target = aliasIn(sets)
  if (target !== undefined) return view.texts(target)
  return { value: textsOf(sets) }
}

/** Where what answers at a name comes from, in words. */
export function liveSource(name: string, { sets, wildcard }: LiveName = { sets: [] }): string {
  const at = wildcard ?? name
  const alias = sets.find(({ type }) => type === 'CNAME')
  return alias ? `CNAME at ${at} to ${alias.values[0]?.replace(/\.$/, '')}` : `TXT at ${at}`
}

/** The addresses of a host, in the same way. */
export async function liveAddresses(live: LiveName, view: MailView): Promise<Found<readonly string[]>> {
  return live.unproved === undefined ? addressesIn(live, view) : view.addresses(live.unproved)
}

export async function comingAddresses(next: LiveName, view: MailView): Promise<Found<readonly string[]>> {
  return next.unproved === undefined ? addressesIn(next, view) : perhaps(next)
}

async function addressesIn({ sets }: LiveName, view: MailView): Promise<Found<readonly string[]>> {
  const target = aliasIn(sets)
  if (target !== undefined) return view.addresses(target)
  return { value: sets.filter(({ type }) => type === 'A' || type === 'AAAA').flatMap(({ values }) => values) }
}

function aliasIn(sets: readonly RecordSet[]): string | undefined {
  const value = sets.find(({ type }) => type === 'CNAME')?.values[0]
  return value === undefined ? undefined : canonicalName(value)
}

/** TXT values in zone-file form as the texts that readers make of them. */
export function textsOf(sets: readonly RecordSet[]): string[] {
  return sets.filter(({ type }) => type === 'TXT').flatMap(({ values }) => values.map(joined))
}

function joined(value: string): string {
  try {
    return stringsOf(parseRdata('TXT', value))
      .map((part) => part.toString('utf8'))
      .join('')
  } catch (error) {
    if (error instanceof DnsFormatError) return value
    throw error
  }
}
