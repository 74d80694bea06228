/** What receivers do to mail that fails DMARC. */
export type DmarcPolicy = 'none' | 'quarantine' | 'reject'
/** `r`: same organisational domain; `s`: same domain. */
export type Alignment = 'r' | 's'

/** From weakest to strongest. */
export const dmarcPolicies: readonly DmarcPolicy[] = ['none', 'quarantine', 'reject']

/** The tags of a DMARC record (RFC 9989 4.7), plus the historic ones of RFC 7489. Absent tags take their defaults. */
export interface DmarcTags {
  /** Always `DMARC1`; need not be given to format. */
  readonly v?: 'DMARC1' | undefined
  /** The domain itself. Without it the record acts as `none`, or is ignored (RFC 9989 4.10.1). */
  readonly p?: DmarcPolicy | undefined
  /** Existing subdomains. Default: `p`. */
  readonly sp?: DmarcPolicy | undefined
  /** Subdomains that do not exist. Default: `sp`, else `p`. */
  readonly np?: DmarcPolicy | undefined
  /** Default `r`. */
  readonly adkim?: Alignment | undefined
  /** Default `r`. */
  readonly aspf?: Alignment | undefined
  /** Words 0, 1, d, s joined by colons. Default `0`. */
  readonly fo?: string | undefined
  /** Canonical URIs, without the obsolete size. */
  readonly rua?: readonly string[] | undefined
  /** Failure reports: canonical URIs, without the obsolete size. */
  readonly ruf?: readonly string[] | undefined
  /** Test mode: `y` applies one level less. Default `n`. */
  readonly t?: 'y' | 'n' | undefined
  /** Default `u`. */
  readonly psd?: 'y' | 'n' | 'u' | undefined
  /** Historic: 0 to 100 percent. Default 100. */
  readonly pct?: number | undefined
  /** Historic. Default `afrf`. */
  readonly rf?: string | undefined
  /** Historic: seconds. Default 86400. */
  readonly ri?: number | undefined
  /** Tags no standard names, in the order of the text. */
  readonly other?: readonly { readonly name: string; readonly value: string }[] | undefined
}

/** What holds after all defaults, for a receiver that follows RFC 9989. */
export interface DmarcEffective {
  /** The domain itself. */
  readonly p: DmarcPolicy
  /** Existing subdomains. */
  readonly sp: DmarcPolicy
  /** Subdomains that do not exist. */
  readonly np: DmarcPolicy
  /** DKIM alignment. */
  readonly adkim: Alignment
  /** SPF alignment. */
  readonly aspf: Alignment
  /** When failure reports are sent; `0` without `ruf`. */
  readonly fo: string
  /** Where aggregate reports go; canonical URIs. */
  readonly rua: readonly string[]
  /** Where failure reports go; canonical URIs. */
  readonly ruf: readonly string[]
  /** Test mode. */
  readonly t: 'y' | 'n'
  /** Public suffix domain. */
  readonly psd: 'y' | 'n' | 'u'
  /** What is really done to failing mail: the policies above, one level lower where `t=y`. */
  readonly applied: { readonly p: DmarcPolicy; readonly sp: DmarcPolicy; readonly np: DmarcPolicy }
}

/** What a receiver that still follows RFC 7489 makes of the same text. */
export interface DmarcForRfc7489 {
  /** What such a receiver makes of the record. */
  readonly outcome: DmarcOutcome
  /** Null where the record is ignored. */
  readonly effective: {
    readonly p: DmarcPolicy
    readonly sp: DmarcPolicy
    /** Percent of failing mail the policy is applied to. */
    readonly pct: number
  } | null
}

/** `policy`: the record counts as written; `as-none`: it acts as p=none; `ignored`: as if there were no record. */
export type DmarcOutcome = 'policy' | 'as-none' | 'ignored'

/** The canonical order of writing; `p` second keeps RFC 7489 readers happy, historic tags come last. */
export const dmarcTagOrder = [
  'v',
  'p',
  'sp',
  'np',
  'adkim',
  'aspf',
  'fo',
  'rua',
  'ruf',
  't',
  'psd',
  'pct',
  'rf',
  'ri',
] as const

/** The name of a tag that a standard defines. */
export type DmarcTagName = (typeof dmarcTagOrder)[number]

/** Whether a word, in lower case, is a policy. */
export function isDmarcPolicy(word: string): word is DmarcPolicy {
  return (dmarcPolicies as readonly string[]).includes(word)
}

/** Below zero when `a` is weaker than `b`. */
export function comparePolicies(a: DmarcPolicy, b: DmarcPolicy): number {
  return dmarcPolicies.indexOf(a) - dmarcPolicies.indexOf(b)
}
