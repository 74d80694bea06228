import { type Finding, finding, notText } from '../finding.ts'

/** The longest reason, in characters (Unicode code points). */
const longestReason = 500

/** Controls, formatting and direction characters, line ends, and code units that stand for no character. */
const notPrintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Characters that leave no mark on the page. */
const blank = /[\s\p{Default_Ignorable_Code_Point}\u{2800}]/gu

/** A reason that was accepted, or why it was not. */
export type ParsedConsent =
  /** `reason` is trimmed. */
  { readonly ok: true; readonly reason: string } | { readonly ok: false; readonly finding: Finding }

/**
 * Reads consent to weaken what is live (`allow_weaker`): a reason in words of 1 to 500 printable characters, counted after
 * trimming. Never throws; the finding says what is wrong with the reason.
 *
 * @example
 * parseConsent('  Moving to another service ') // { ok: true, reason: 'Moving to another service' }
 */
export function parseConsent(text: string): ParsedConsent {
  if (typeof text !== 'string')
    return { ok: false, finding: notText(text, `1 to ${longestReason} printable characters`) }
  const reason = text.trim()
  const refuse = (wrong: string, next: string): ParsedConsent => {
    const parts = {
      wrong,
      ...(reason ? { found: reason } : {}),
      expected: `1 to ${longestReason} printable characters`,
      next,
    }
    return { ok: false, finding: finding('consent-invalid', { start: 0, end: text.length }, parts) }
  }
  if (reason.replace(blank, '') === '') {
    return refuse('The reason is empty', 'Write why the protection may become weaker.')
  }
  if (notPrintable.test(reason)) {
    return refuse('The reason has characters that cannot be printed', 'Write it on one line, as plain text.')
  }
  const length = [...reason].length
  if (length > longestReason) return refuse(`The reason has ${length} characters`, 'Shorten it.')
  return { ok: true, reason }
}
