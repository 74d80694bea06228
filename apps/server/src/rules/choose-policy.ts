/** What decides which of several policies for one host name is served. */
export interface PolicyCandidate {
  key: string
  live_policy: string | null
  policy_cname_verified_at: number | null
  retired_at: number | null
}

/**
 * The hosting whose policy is served at `mta-sts.<domain>`. Usually there is one. When several customers claim the same
 * domain, or one deleted and re-created it, the CNAME decides: the hosting it was last seen pointing at takes precedence
 * over those it never pointed at. When it was never seen pointing at any of several, none is served, so that an unproven
 * claim cannot answer for a domain.
 */
export function choosePolicy<Candidate extends PolicyCandidate>(
  candidates: readonly Candidate[],
): Candidate | undefined {
  const serving = candidates.filter(({ live_policy }) => live_policy !== null)
  const seen = serving
    .filter(({ policy_cname_verified_at: at }) => at !== null)
    .sort((a, b) => (b.policy_cname_verified_at ?? 0) - (a.policy_cname_verified_at ?? 0))
  if (seen.length > 0) return seen.find(({ retired_at }) => retired_at === null) ?? seen[0]
  return serving.length === 1 ? serving[0] : undefined
}
