import { getDomain } from 'tldts-icann'

/** What is shown of the mail that brought a report. */
export interface MailHeaders {
  from: string | null
  subject: string | null
  messageId: string | null
}

/** The longest header that is looked at, in bytes. */
const headerLimit = 64 * 1024
const shownLength = 300

/** From, Subject and Message-ID of a mail, cut and made printable. All null where the bytes are no mail. */
export function mailHeaders(raw: Uint8Array): MailHeaders {
  const text = Buffer.from(raw.subarray(0, headerLimit)).toString('latin1')
  const header = text.split(/\r?\n\r?\n/, 1)[0] ?? ''
  const unfolded = header.replace(/\r?\n[ \t]+/g, ' ')
  const field = (name: string): string | null => {
    const value = new RegExp(`^${name}[ \\t]*:(.*)$`, 'im').exec(unfolded)?.[1]?.trim()
    return value ? printable(value) : null
  }
  const from = field('from')
  return { from: from && addressOf(from), subject: field('subject'), messageId: field('message-id') }
}

function addressOf(from: string): string {
  const [address = from] = from.match(/[^\s<>()",;:]+@[^\s<>()",;:]+/g)?.slice(-1) ?? []
  return address
}

/** Without control characters, and not longer than a line or two. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, shownLength)

/** The domain of an address, in lower case; undefined without one. */
export function domainOfAddress(address: string | null | undefined): string | undefined {
  const domain = /@([^@\s>]+)>?$/
    .exec(address ?? '')?.[1]
    ?.toLowerCase()
    .replace(/\.$/, '')
  return domain === '' ? undefined : domain
}

/** The registrable domain, which relaxed alignment compares; the name itself where there is none (`example.test`). */
export const organisationOf = (domain: string): string => getDomain(domain) ?? domain
