import { type Alignment, type DmarcPolicy, type DmarcTags, isDmarcPolicy } from '../dmarc/tags.ts'

/**
 * A DMARC record in the words of a configuration (Terraform's `hosted_dmarc`; the constructs write the same in camel
 * case). Null and absent both mean: not set.
 */
export interface DmarcSettings {
  /** `p`: none, quarantine or reject. */
  readonly policy?: string | null | undefined
  /** `sp`. */
  readonly subdomain_policy?: string | null | undefined
  /** `np`. */
  readonly nonexistent_subdomain_policy?: string | null | undefined
  /** `adkim`: relaxed or strict. */
  readonly dkim_alignment?: string | null | undefined
  /** `aspf`: relaxed or strict. */
  readonly spf_alignment?: string | null | undefined
  /** `fo`: 0, 1, d, s, or several joined by colons. */
  readonly failure_options?: string | null | undefined
  /** `t`. */
  readonly test_mode?: boolean | null | undefined
}

/** The same, read from a record: null for what the record does not say. */
export interface ReadDmarcSettings {
  /** Tag `p`; null where the record does not have it. */
  readonly policy: DmarcPolicy | null
  /** Tag `sp`; null where the record does not have it. */
  readonly subdomain_policy: DmarcPolicy | null
  /** Tag `np`; null where the record does not have it. */
  readonly nonexistent_subdomain_policy: DmarcPolicy | null
  /** Tag `adkim`; null where the record does not have it. */
  readonly dkim_alignment: DmarcAlignment | null
  /** Tag `aspf`; null where the record does not have it. */
  readonly spf_alignment: DmarcAlignment | null
  /** Tag `fo`; null where the record does not have it. */
  readonly failure_options: string | null
  /** Tag `t`; null where the record does not have it. */
  readonly test_mode: boolean | null
}

/** A word for an alignment mode. */
export type DmarcAlignment = 'relaxed' | 'strict'

/** The tag each setting stands for. */
export const dmarcSettingTags = {
  policy: 'p',
  subdomain_policy: 'sp',
  nonexistent_subdomain_policy: 'np',
  dkim_alignment: 'adkim',
  spf_alignment: 'aspf',
  failure_options: 'fo',
  test_mode: 't',
} as const satisfies Record<keyof DmarcSettings, keyof DmarcTags>

/** A setting that stands for one tag. */
export type DmarcSettingName = keyof typeof dmarcSettingTags

/** Every setting, in the order of the tags. */
export const dmarcSettingNames = Object.keys(dmarcSettingTags) as readonly DmarcSettingName[]

const letters: Readonly<Record<DmarcAlignment, Alignment>> = { relaxed: 'r', strict: 's' }
const words: Readonly<Record<Alignment, DmarcAlignment>> = { r: 'relaxed', s: 'strict' }

/** The words for alignment modes. */
export const dmarcAlignments = Object.keys(letters) as readonly DmarcAlignment[]

/** The tags that settings stand for; only those that are set. Throws an Error that names a setting with an unknown word. */
export function tagsOfSettings(settings: DmarcSettings): DmarcTags {
  const { failure_options: fo, test_mode: testMode } = settings
  const tags: DmarcTags = {
    p: policy(settings, 'policy'),
    sp: policy(settings, 'subdomain_policy'),
    np: policy(settings, 'nonexistent_subdomain_policy'),
    adkim: alignment(settings, 'dkim_alignment'),
    aspf: alignment(settings, 'spf_alignment'),
    fo: fo ?? undefined,
    t: testMode == null ? undefined : testMode ? 'y' : 'n',
  }
  // Without members that are undefined, so that a spread does not overwrite with nothing.
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined))
}

/** The settings that tags stand for. Other tags (addresses, `psd`, historic ones) have no setting here. */
export function settingsOfTags(tags: DmarcTags): ReadDmarcSettings {
  return {
    policy: tags.p ?? null,
    subdomain_policy: tags.sp ?? null,
    nonexistent_subdomain_policy: tags.np ?? null,
    dkim_alignment: tags.adkim ? words[tags.adkim] : null,
    spf_alignment: tags.aspf ? words[tags.aspf] : null,
    failure_options: tags.fo ?? null,
    test_mode: tags.t === undefined ? null : tags.t === 'y',
  }
}

function policy(settings: DmarcSettings, name: 'policy' | 'subdomain_policy' | 'nonexistent_subdomain_policy') {
  const word = settings[name]
  if (word == null) return undefined
  if (isDmarcPolicy(word)) return word
  throw new Error(`"${name}" is "${word}", expected none, quarantine or reject.`)
}

function alignment(settings: DmarcSettings, name: 'dkim_alignment' | 'spf_alignment'): Alignment | undefined {
  const word = settings[name]
  if (word == null) return undefined
  if (word === 'relaxed' || word === 'strict') return letters[word]
  throw new Error(`"${name}" is "${word}", expected relaxed or strict.`)
}
