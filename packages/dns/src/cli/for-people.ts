import { parseDomainName } from '@dmarc-as-code/records'

/** A-labels in a text as the letters they stand for. Labels that are no valid international ones stay as they are. */
export const forPeople = (text: string): string => text.replace(/(?<![a-z0-9_-])xn--[a-z0-9-]+/gi, toLetters)

function toLetters(label: string): string {
  const parsed = parseDomainName(`${label}.example`)
  return parsed.ok ? parsed.unicode.slice(0, -'.example'.length) : label
}
