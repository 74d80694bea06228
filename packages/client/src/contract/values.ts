import { parseConsent } from '@dmarc-as-code/records'
import * as z from 'zod'

/** Values that several schemas share. */
export const id = z.int().positive()

/** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it. */
export const timestamp = z.iso.datetime()

/** A path parameter: the numeric id or the slug. Both arrive as text. */
export const idOrSlug = z.string().min(1).max(255)

/** The vendor's validator takes a boolean or the word for it. Null is refused: it is neither. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])

/** A code in lower case: reasons are joined by dashes, error codes by underscores. Open, so that a new one breaks nobody. */
export const code = z.string().regex(/^[a-z][a-z0-9_-]*$/)

/** Why something may become weaker, in words: 1 to 500 printable characters. */
export const weakeningReason = z.string().transform((text, context) => {
  const consent = parseConsent(text)
  if (consent.ok) return consent.reason
  context.addIssue({ code: 'custom', message: consent.finding.message })
  return z.NEVER
})

export const pageQuery = z.object({
  page: z.coerce.number().int().min(1).optional(),
  per: z.coerce.number().int().min(1).max(1000).optional(),
})
export type PageQuery = z.output<typeof pageQuery>

/** Added to a list when `page` or `per` was sent. `total` names the key that counts all entries, as the vendor does it. */
export const pageMeta = <Total extends string>(total: Total) =>
  z
    .object({ current_page: z.int(), per_page: z.int(), total_pages: z.int() })
    .extend({ [total]: z.int() } as Record<Total, z.ZodInt>)

/** What deletions answer. */
export const message = z.object({ message: z.string(), status: z.literal(200) })
export type WireMessage = z.output<typeof message>
