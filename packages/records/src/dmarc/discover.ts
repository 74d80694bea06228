import { parseDomainName } from '../names/domain-name.ts'
import type { TxtValue } from '../parsed.ts'
import { RecordError } from '../record-error.ts'
import { checkAnswer } from '../text/check-strings.ts'
import { oneLevelLower } from './effective.ts'
import type { ParsedDmarc } from './parse.ts'
import { selectDmarc } from './select.ts'
import type { DmarcOutcome, DmarcPolicy } from './tags.ts'

/**
 * Returns the TXT values at a name, following CNAMEs; an empty list where there is no such name or no TXT there. It must
 * reject when the DNS could not be asked, so that "no record" is never guessed.
 */
export type TxtLookup = (name: string) => readonly TxtValue[] | Promise<readonly TxtValue[]>

/** Options of `discoverDmarc`. */
export interface DiscoverDmarcOptions {
  /**
   * Whether the domain has any record at all; false makes `np` count. Asked only where a parent's policy applies. Where it rejects,
   * the policy is kept and `uncertain` says so. Default: it exists.
   */
  readonly exists?: (domain: string) => boolean | Promise<boolean>
  /** Stops between look-ups; a look-up under way is the caller's to stop. */
  readonly signal?: AbortSignal
}

/** A domain and the organisation it belongs to: what relaxed alignment compares. */
export interface OrganisationalDomain {
  /** As asked for, in A-labels and lower case. */
  readonly domain: string
  /** Null where a query of the tree walk failed, so that it is not known. */
  readonly organisationalDomain: string | null
}

/** What a failed query of the tree walk leaves open. */
export interface DmarcUncertainty {
  /**
   * `organisational-domain`: the policy is certain, because it is the domain's own. `policy`: the policy comes from a parent, and a
   * record higher up may count instead; then the organisational domain is unknown as well. `existence`: the record is certain, but
   * not whether the domain exists; `sp` is taken to count, and `np` may.
   */
  readonly about: 'organisational-domain' | 'policy' | 'existence'
  /** The name whose query failed. Of the tree walk, nothing above it was asked. */
  readonly name: string
  /** What the look-up, or `exists`, rejected with. */
  readonly cause: unknown
}

/** The policy that receivers find for a domain, and how they find it. */
export interface DmarcDiscovery extends OrganisationalDomain {
  /** Where the policy was found; null when there is none. */
  readonly policyDomain: string | null
  /** The record of the policy domain; null when there is none. */
  readonly record: ParsedDmarc | null
  /** `none` when no record was found, else what a receiver makes of the record. */
  readonly outcome: DmarcOutcome | 'none'
  /** Which tag governs this domain. */
  readonly tag: 'p' | 'sp' | 'np'
  /** The policy as published; null when there is none. */
  readonly policy: DmarcPolicy | null
  /** What is done to failing mail: one level lower in test mode. */
  readonly applied: DmarcPolicy | null
  /** The names asked, in order, at most eight. `failed` is the last one, if any. */
  readonly queries: readonly { readonly name: string; readonly found: 'none' | 'one' | 'several' | 'failed' }[]
  /** What is not certain, because a query failed after a policy was found; null where all is certain. What leaves more open comes first. */
  readonly uncertain: DmarcUncertainty | null
}

interface Step {
  readonly domain: string
  readonly record: ParsedDmarc | null
  readonly found: 'none' | 'one' | 'several'
}

/**
 * Finds the policy and the organisational domain by the tree walk of RFC 9989 4.10, in at most eight look-ups. A policy that
 * was found is kept when a later look-up fails (4.10.1); `uncertain` says what that leaves open.
 * Rejects with RecordError when `domain` is no domain name, and with whatever `lookup` rejects with before a policy is found.
 *
 * @example
 * const found = await discoverDmarc('news.example.com', (name) => resolveTxt(name))
 * found.policyDomain // example.com
 */
export async function discoverDmarc(
  domain: string,
  lookup: TxtLookup,
  options: DiscoverDmarcOptions = {},
): Promise<DmarcDiscovery> {
  const start = startOf(domain)
  const { steps, failure } = await walk(start, lookup, options.signal)
  const chosen = choosePolicy(start, organisationalDomainOf(start, steps), steps)
  if (failure && !chosen?.record) throw failure.cause
  const queries = [
    ...steps.map((step) => ({ name: nameOf(step.domain), found: step.found })),
    ...(failure ? [{ name: failure.name, found: 'failed' as const }] : []),
  ]
  const own = chosen?.domain === start
  const uncertain = failure
    ? { about: own ? ('organisational-domain' as const) : ('policy' as const), ...failure }
    : null
  const organisationalDomain = failure ? null : organisationalDomainOf(start, steps)
  const base = { domain: start, organisationalDomain, queries, uncertain }
  if (!chosen?.record) {
    return { ...base, policyDomain: null, record: null, outcome: 'none', tag: 'p', policy: null, applied: null }
  }
  const existence = own ? { exists: true } : await existenceOf(start, options)
  const tag = own ? 'p' : existence.exists ? 'sp' : 'np'
  const policy = chosen.record.effective?.[tag] ?? null
  const applied = policy !== null && chosen.record.effective?.t === 'y' ? oneLevelLower(policy) : policy
  return {
    ...base,
    uncertain: uncertain ?? existence.uncertain ?? null,
    policyDomain: chosen.domain,
    record: chosen.record,
    outcome: chosen.record.outcome,
    tag,
    policy,
    applied,
  }
}

async function existenceOf(
  name: string,
  { exists, signal }: DiscoverDmarcOptions,
): Promise<{ readonly exists: boolean; readonly uncertain?: DmarcUncertainty }> {
  if (!exists) return { exists: true }
  try {
    return { exists: (await exists(name)) !== false }
  } catch (cause) {
    if (signal?.aborted) throw cause
    return { exists: true, uncertain: { about: 'existence', name, cause } }
  }
}

/**
 * Finds the organisational domain of any domain that takes part in alignment: of the author, of SPF, of a DKIM signature
 * (RFC 9989 4.10.2). Rejects with RecordError when `domain` is no domain name, and with whatever `lookup` rejects with.
 */
export async function findOrganisationalDomain(
  domain: string,
  lookup: TxtLookup,
  options: Pick<DiscoverDmarcOptions, 'signal'> = {},
): Promise<OrganisationalDomain> {
  const start = startOf(domain)
  const { steps, failure } = await walk(start, lookup, options.signal)
  if (failure) throw failure.cause
  return { domain: start, organisationalDomain: organisationalDomainOf(start, steps) }
}

/** The names a tree walk may ask for, from the domain up to its top-level domain: at most eight (RFC 9989 4.10 step 3). */
export function treeWalkDomains(domain: string): string[] {
  const labels = domain.split('.')
  const parents = labels.length < 8 ? labels.slice(1) : labels.slice(-7)
  return [domain, ...parents.map((_, index) => parents.slice(index).join('.'))]
}

function startOf(domain: string): string {
  const parsed = parseDomainName(domain)
  if (!parsed.ok) throw new RecordError('Not a domain name.', [parsed.finding])
  return parsed.ascii
}

const nameOf = (domain: string): string => `_dmarc.${domain}`

interface Walk {
  readonly steps: readonly Step[]
  /** The look-up that failed and ended the walk. */
  readonly failure?: { readonly name: string; readonly cause: unknown }
}

async function walk(start: string, lookup: TxtLookup, signal: AbortSignal | undefined): Promise<Walk> {
  const steps: Step[] = []
  for (const domain of treeWalkDomains(start)) {
    signal?.throwIfAborted()
    const name = nameOf(domain)
    let values: readonly TxtValue[]
    try {
      values = checkAnswer(await lookup(name), name)
    } catch (cause) {
      // The caller's own end of it is no failure of the DNS.
      if (signal?.aborted) throw cause
      return { steps, failure: { name, cause } }
    }
    const { record, found } = selectDmarc(values)
    steps.push({ domain, record, found })
    if (record?.tags.psd === 'y' || record?.tags.psd === 'n') break
  }
  return { steps }
}

/** RFC 9989 4.10.2. */
function organisationalDomainOf(start: string, steps: readonly Step[]): string {
  const last = steps.at(-1)
  if (last?.record?.tags.psd === 'n') return last.domain
  if (last?.record?.tags.psd === 'y' && last.domain !== start) {
    const labels = start.split('.')
    return labels.slice(-(last.domain.split('.').length + 1)).join('.')
  }
  return steps.findLast((step) => step.record !== null)?.domain ?? start
}

/** RFC 9989 4.10.1: the author domain's record, else the organisational domain's, else the public suffix's. */
function choosePolicy(start: string, organisational: string, steps: readonly Step[]): Step | undefined {
  const at = (domain: string) => steps.find((step) => step.domain === domain && step.record !== null)
  return at(start) ?? at(organisational) ?? steps.find((step) => step.record?.tags.psd === 'y')
}
