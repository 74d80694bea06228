import { longestLabel, longestName } from './labels.ts'

/** At least two labels in lower case; the last one begins with a letter and has two or more. */
export const plainHostPattern = '(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])'

/** The same for texts that are too short to have a label that is too long, which is quicker. */
export const shortHostPattern = '(?:[a-z0-9]+(?:-+[a-z0-9]+)*\\.)+[a-z](?:-*[a-z0-9]+)+'

const plainHost = new RegExp(`^${plainHostPattern}$`)
const shortHost = new RegExp(`^${shortHostPattern}$`)

/** Whether a text is a host name that needs no closer look (`isHostName`); false says nothing. */
export function isPlainHost(text: string): boolean {
  if (text.length <= longestLabel) return shortHost.test(text)
  return text.length <= longestName && plainHost.test(text)
}
