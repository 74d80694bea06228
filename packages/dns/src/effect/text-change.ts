import { comingTexts, type LiveName } from './live-name.ts'
import type { Found, MailView } from './types.ts'

/** A change at the name of one TXT record of a domain. */
export interface TextChange {
  domain: string
  /** What stands at the name now, as its DNS service holds it. Default: it is looked up. */
  live?: LiveName | undefined
  /** What will stand there, where that is known and need not be a CNAME to `target`. */
  next?: LiveName | undefined
  /** The name that the CNAME leads to. Not needed where `expected` or `next` is given. */
  target?: string | undefined
  /** The record that will answer there, where the caller knows; null for none. Default: it is looked up. */
  expected?: string | null | undefined
}

/** The texts that answer at `name` once the change is made. */
export function textsAfter(
  { target, expected, next }: TextChange,
  name: string,
  view: MailView,
): Promise<Found<readonly string[]>> {
  if (next) return comingTexts(next, view)
  if (expected === undefined) return view.freshTexts(target ?? name)
  return Promise.resolve({ value: expected === null ? [] : [expected] })
}
