/** Who can act on a reason: the owner of the domain, the host of the records behind the CNAMEs, or nobody needs to. */
export type ReasonActor = 'owner' | 'host' | 'none'

/** What is known where a reason was found. Everything is optional: the texts read well without, only less precisely. */
export interface ReasonContext {
  /** The absolute name of the record. */
  readonly name?: string | undefined
  /** Where its CNAME should point. */
  readonly target?: string | undefined
  /** What was found, in words: `CNAME old.example.net`, `TXT "v=DMARC1; p=none"`. */
  readonly found?: string | undefined
  /** The zone that holds the name. */
  readonly zone?: string | undefined
  /** What the DNS panel of the zone takes as the name of the record: the part before the zone. */
  readonly host?: string | undefined
  /** The name servers that the parent zone delegates to, in words. */
  readonly nameServers?: string | undefined
  /** The servers that hold the record instead, in words. */
  readonly holders?: string | undefined
  /** The DNS service that was asked. */
  readonly service?: string | undefined
  /** What held before a change, in words. */
  readonly before?: string | undefined
  /** What holds after it, in words. */
  readonly after?: string | undefined
  /** The domain whose mail it is about. */
  readonly domain?: string | undefined
}

/** A reason in words for people. `fix` is empty where there is nothing to do. */
export interface ReasonText {
  /** A few words, sentence case, no full stop. */
  readonly title: string
  /** What is wrong, what was found and what was expected; whole sentences. */
  readonly explanation: string
  /** What to do next; whole sentences. */
  readonly fix: string
  readonly actor: ReasonActor
}

/** The context with words in the place of what is not known, and `found` as it is. */
export type Known = Required<{ readonly [Key in Exclude<keyof ReasonContext, 'found' | 'host'>]: string }> & {
  readonly found: string | undefined
  readonly host: string | undefined
  /** Whether the target is known and not just words for it. */
  readonly hasTarget: boolean
}

type Words = string | ((known: Known) => string)

/** An entry of the catalogue: words, or how to make them. */
export interface ReasonEntry {
  readonly title: string
  readonly explanation: Words
  readonly fix: Words
  readonly actor: ReasonActor
}

/** A reason that the owner of the domain can act on. */
export const owner = (title: string, explanation: Words, fix: Words): ReasonEntry => ({
  title,
  explanation,
  fix,
  actor: 'owner',
})

/** A reason that the host of the records can act on; the owner of the domain need do nothing. */
export const host = (title: string, explanation: Words, fix: Words): ReasonEntry => ({
  title,
  explanation,
  fix,
  actor: 'host',
})

/** A reason that passes by itself. */
export const passing = (title: string, explanation: Words, fix: Words = ''): ReasonEntry => ({
  title,
  explanation,
  fix,
  actor: 'none',
})

/** Words that what was found follows after a colon, where it is known. Without a full stop. */
export const stating =
  (what: string): Words =>
  ({ found }) =>
    found ? `${what}: ${found}` : what

/** What was found may end in a full stop or in none; and the words for an unknown name may come first. */
function sentence(text: string): string {
  const begun = text.replace(/^(?:this|the|other) /, (word) => word[0]?.toUpperCase() + word.slice(1))
  return begun === '' || /[.!?]"?$/.test(begun) ? begun : `${begun}.`
}

/** Fills the entry with what is known. */
export function textOf(entry: ReasonEntry, context: ReasonContext = {}): ReasonText {
  const known: Known = {
    name: context.name ?? 'this name',
    target: context.target ?? 'the expected target',
    zone: context.zone ?? 'the zone',
    nameServers: context.nameServers ?? 'other name servers',
    holders: context.holders ?? 'other servers',
    service: context.service ?? 'The DNS service',
    before: context.before ?? 'what it was',
    after: context.after ?? 'something else',
    domain: context.domain ?? 'your domain',
    found: context.found || undefined,
    host: context.host || undefined,
    hasTarget: context.target !== undefined,
  }
  const words = (text: Words) => sentence(typeof text === 'string' ? text : text(known))
  return { title: entry.title, explanation: words(entry.explanation), fix: words(entry.fix), actor: entry.actor }
}
