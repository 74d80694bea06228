import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { ReportFault } from '../outcome.ts'
import type { Budget } from './budget.ts'

/** A mail taken apart, as far as reports are concerned. */
export interface MailParts {
  /** Name and content of each attachment, nested messages included as they are. */
  readonly attachments: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** The parts of a failure report, where there is one (RFC 5965). */
  readonly failure?: { readonly feedback: string; readonly original?: string }
  /** Plain text of the body; empty where there is none. */
  readonly text: string
}

const feedbackType = 'message/feedback-report'
const originalTypes = new Set(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'])

/** Takes a mail apart (RFC 2045). Parts beyond the limits are a `ReportFault`. */
export async function mailParts(raw: Uint8Array, budget: Budget): Promise<MailParts> {
  if (raw.length > budget.limits.mailBytes) throw new ReportFault('packed-too-large', `${raw.length} bytes`)
  budget.check()
  if (hasMoreBoundaries(raw, budget.limits.mailParts * boundaryLinesPerPart)) {
    throw new ReportFault('too-many-members', `more than ${budget.limits.mailParts} parts`)
  }
  const email = await parsed(raw, budget)
  if (email.attachments.length > budget.limits.mailParts) {
    throw new ReportFault('too-many-members', `more than ${budget.limits.mailParts} parts`)
  }
  if (email.attachments.some(isEncrypted)) throw new ReportFault('mail-encrypted')
  const failure = failureParts(email.attachments)
  return {
    attachments: email.attachments
      .filter(({ mimeType }) => !failure || (mimeType !== feedbackType && !originalTypes.has(mimeType)))
      .map((attachment) => ({ name: attachment.filename ?? attachment.mimeType, bytes: bytesOf(attachment) })),
    ...(failure ? { failure } : {}),
    text: email.text ?? '',
  }
}

/** Lines that may separate parts, for each part that a message may have: the text of a message has such lines as well. */
const boundaryLinesPerPart = 100

/**
 * Whether more lines than that begin with `--`. The library makes an object of every part before anybody can count them: a
 * million empty ones took minutes and more than a gigabyte.
 */
function hasMoreBoundaries(raw: Uint8Array, most: number): boolean {
  const [feed, hyphen] = [0x0a, 0x2d]
  let lines = 0
  for (let at = raw.indexOf(feed); at !== -1; at = raw.indexOf(feed, at + 1)) {
    if (raw[at + 1] === hyphen && raw[at + 2] === hyphen && ++lines > most) return true
  }
  return false
}

async function parsed(raw: Uint8Array, budget: Budget): Promise<Email> {
  try {
    // The library copies a view; a buffer that is all mail is passed on as it is, which saves the mail's size in memory.
    const whole = raw.byteLength === raw.buffer.byteLength && raw.buffer instanceof ArrayBuffer
    return await PostalMime.parse(whole ? raw.buffer : raw, {
      // Nested messages are read by us, with the same limits.
      forceRfc822Attachments: true,
      maxNestingDepth: budget.limits.mailDepth,
      maxHeadersSize: 1024 * 1024,
    })
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw new ReportFault(/nesting/i.test(message) ? 'nested-too-deep' : 'mail-malformed', message.slice(0, 120))
  }
}

function failureParts(attachments: readonly Attachment[]): MailParts['failure'] {
  const at = attachments.findIndex(({ mimeType }) => mimeType === feedbackType)
  const feedback = attachments[at]
  if (!feedback) return undefined
  const original = attachments.slice(at + 1).find(({ mimeType }) => originalTypes.has(mimeType))
  return { feedback: textOf(feedback), ...(original ? { original: textOf(original) } : {}) }
}

function isEncrypted({ mimeType, filename }: Attachment): boolean {
  return mimeType === 'application/pgp-encrypted' || (/pkcs7-mime$/.test(mimeType) && !/\.p7s$/i.test(filename ?? ''))
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Uint8Array ? content : new Uint8Array(content)
}

/** Header fields are ASCII or UTF-8 (RFC 6532); only the beginning can matter. */
function textOf(attachment: Attachment): string {
  return new TextDecoder().decode(bytesOf(attachment).subarray(0, 256 * 1024))
}
