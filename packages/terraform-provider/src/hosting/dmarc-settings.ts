import { type Alignment, type DmarcPolicy, type DmarcTags, formatDmarc, isDmarcPolicy } from '@dmarc-as-code/records'
import { reportUri } from './validators.ts'

/** A DMARC record in the words of this provider. Null and absent both mean: not said. */
export interface DmarcSettings {
  readonly policy?: string | null
  readonly subdomain_policy?: string | null
  readonly nonexistent_subdomain_policy?: string | null
  readonly dkim_alignment?: string | null
  readonly spf_alignment?: string | null
  readonly failure_options?: string | null
  readonly test_mode?: boolean | null
}

const alignments: Readonly<Record<string, Alignment>> = { relaxed: 'r', strict: 's' }
const words: Readonly<Record<Alignment, string>> = { r: 'relaxed', s: 'strict' }

/** The tags that settings stand for; only those that are said. */
export function tagsOfSettings(settings: DmarcSettings): DmarcTags {
  return compact({
    p: policy(settings.policy, 'policy'),
    sp: policy(settings.subdomain_policy, 'subdomain_policy'),
    np: policy(settings.nonexistent_subdomain_policy, 'nonexistent_subdomain_policy'),
    adkim: alignment(settings.dkim_alignment, 'dkim_alignment'),
    aspf: alignment(settings.spf_alignment, 'spf_alignment'),
    fo: settings.failure_options ?? undefined,
    t: settings.test_mode == null ? undefined : settings.test_mode ? 'y' : 'n',
  })
}

/** The settings that tags stand for; null for what the record does not say. */
export function settingsOfTags(tags: DmarcTags) {
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

/** The record for settings and report addresses, canonical. Throws RecordError when it must not be published. */
export function formatSettings(
  settings: DmarcSettings & { readonly rua?: readonly string[]; readonly ruf?: readonly string[] },
): string {
  const { rua = [], ruf = [] } = settings
  return formatDmarc({ ...tagsOfSettings(settings), rua: rua.map(reportUri), ruf: ruf.map(reportUri) })
}

function policy(word: string | null | undefined, name: string): DmarcPolicy | undefined {
  if (word == null) return undefined
  if (isDmarcPolicy(word)) return word
  throw new Error(`"${name}" is "${word}", expected none, quarantine or reject.`)
}

function alignment(word: string | null | undefined, name: string): Alignment | undefined {
  if (word == null) return undefined
  const found = Object.hasOwn(alignments, word) ? alignments[word] : undefined
  if (found) return found
  throw new Error(`"${name}" is "${word}", expected relaxed or strict.`)
}

/** Without the members that are undefined, so that a spread does not overwrite with nothing. */
function compact<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T
}
