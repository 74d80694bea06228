import { longestName } from './labels.ts'

/** At least two labels in lower case; the last one begins with a letter and has two or more. */
export const plainHostPattern = '(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])'

const plainHost = new RegExp(`^${plainHostPattern}$`)

/** Whether a text is a host name that needs no closer look (`isHostName`); false says nothing. */
export function isPlainHost(text: string): boolean {
  return text.length <= longestName && plainHost.test(text)
}
