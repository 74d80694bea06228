import { sameName } from '../wire/names.ts'
import type {
  CnameVerdict,
  PolicyFileVerdict,
  PreviousCnameVerdict,
  PreviousPolicyFile,
  PreviousTxtVerdict,
  TxtVerdict,
} from './types.ts'

/** Two contrary observations this far apart, in milliseconds, take `verified` away. */
export const contraryInterval = 5 * 60 * 1000

/**
 * Puts a fresh verdict beside the one before it. Not having been able to ask changes nothing; and `verified` is lost only
 * when the authoritative servers themselves contradict it twice, at least five minutes apart. A verdict on another
 * target than before stands by itself.
 */
export function settleCname(seen: CnameVerdict, previous?: PreviousCnameVerdict): CnameVerdict {
  const sameTarget = !previous?.expected || sameName(previous.expected.target, seen.expected.target)
  if (!previous || !sameTarget) return seen
  const kept = {
    ...seen,
    ...(previous.lastVerifiedAt !== undefined &&
      seen.lastVerifiedAt === undefined && { lastVerifiedAt: previous.lastVerifiedAt }),
  }
  if (seen.status === 'verified') return kept
  if (seen.reason === 'unknown') {
    const since = previous.contrary && { contrary: previous.contrary }
    return { ...kept, ...since, status: previous.status, message: stillText(kept, previous.status) }
  }
  if (previous.status !== 'verified') return kept
  // Resolvers may be behind, or lie in a hotel's network; only the authority can take a status away.
  if (seen.vantage !== 'authoritative') {
    const since = previous.contrary && { contrary: previous.contrary }
    return { ...kept, ...since, status: 'verified' }
  }
  const since = previous.contrary?.since ?? seen.at
  if (Date.parse(seen.at) - Date.parse(since) >= contraryInterval) return kept
  return {
    ...kept,
    status: 'verified',
    contrary: { since, status: seen.status, ...(seen.reason && { reason: seen.reason }) },
  }
}

function stillText(seen: CnameVerdict, status: CnameVerdict['status']): string {
  const good = seen.lastVerifiedAt === undefined ? '' : ` It was last seen right at ${seen.lastVerifiedAt}.`
  return `${seen.message} It stays ${status}.${good}`
}

/**
 * The same for a hosted TXT: one that was seen published stays so while its servers cannot be asked. A change of what it
 * should hold begins again.
 */
export function settleTxt(seen: TxtVerdict, previous?: PreviousTxtVerdict): TxtVerdict {
  const wasPublished = previous?.status === 'published' && previous.expected === seen.expected
  if (seen.reason !== 'unknown' || !wasPublished) return seen
  return { ...seen, status: 'published', message: `${seen.message} It stays published.` }
}

/**
 * The same for a policy file. Not having been able to ask changes nothing, and an active file becomes `unreachable` only
 * when two looks at least five minutes apart find it so: senders keep the policy that they have. A verdict on another policy
 * than before stands by itself.
 */
export function settlePolicyFile(seen: PolicyFileVerdict, previous?: PreviousPolicyFile): PolicyFileVerdict {
  const samePolicy = previous?.policyId === undefined || previous.policyId === seen.policyId
  if (!previous || !samePolicy || seen.status === 'active') return seen
  const earlier = previous.contrary && { contrary: previous.contrary }
  if (seen.reason === 'unknown') {
    return { ...seen, ...earlier, status: previous.status, message: `${seen.message} It stays ${previous.status}.` }
  }
  if (previous.status !== 'active' || seen.status !== 'unreachable') return seen
  const since = previous.contrary?.since ?? seen.at
  if (Date.parse(seen.at) - Date.parse(since) >= contraryInterval) return seen
  return {
    ...seen,
    status: 'active',
    contrary: { since, status: seen.status, ...(seen.reason && { reason: seen.reason }) },
  }
}
