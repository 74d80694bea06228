import { Problem } from '../rules/problem.ts'

/** The versions that an `If-Match` header names; undefined without one, or where any version will do (`*`). @throws {Problem} 400 */
export function readIfMatch(header: string | string[] | undefined): readonly string[] | undefined {
  if (header === undefined) return undefined
  const text = typeof header === 'string' ? header.trim() : ''
  if (text === '*') return undefined
  const tags = text.split(',').map((tag) => tag.trim())
  if (tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) return tags
  throw new Problem(400, 'The header If-Match must be an entity tag as in ETag, such as "7", or *.')
}

/** The entity tag of a version. */
export const entityTag = (version: number): string => `"${version}"`

/**
 * Refuses a change that was decided on an older version (RFC 9110 section 13.1.1, strong comparison). Belongs into the
 * transaction of the change.
 *
 * @throws {Problem} 412
 */
export function requireVersion(ifMatch: readonly string[] | undefined, address: string, version: number): void {
  if (ifMatch === undefined || ifMatch.includes(entityTag(version))) return
  const message = `${address} has changed: its version is ${version}, and the request expects ${ifMatch.join(' or ')}. Read it again, and decide on what it is now.`
  throw new Problem(412, message, [{ field: 'If-Match', code: 'version_outdated', message }])
}
