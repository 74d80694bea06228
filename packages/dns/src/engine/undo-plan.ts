import { mapLimited } from '@dmarc-as-code/primitives'
import { hostedNames, kindOfName, recordKindTable, type Verdict, verdictOf } from '@dmarc-as-code/records'
import { blindView } from '../effect/blind-view.ts'
import { dmarcEffect } from '../effect/dmarc-effect.ts'
import type { LiveName } from '../effect/live-name.ts'
import { mtaStsEffect } from '../effect/mta-sts-effect.ts'
import { effectWithoutMailDomain } from '../effect/no-mail-domain.ts'
import { tlsRptEffect } from '../effect/tls-rpt-effect.ts'
import type { MailView, PlanEffect } from '../effect/types.ts'
import type { Journal, JournalEntry } from './journal.ts'
import { namesAround } from './names.ts'
import { isOurs } from './ours.ts'
import { matchesAll } from './record-sets.ts'
import { requireSameTarget } from './same-target.ts'
import type { CallOptions, DnsAdapter, HostedZone, RecordSet } from './types.ts'
import { type HasBeneath, liveAt, readBeneath } from './wildcard.ts'

/** One name that an undo would write. */
export interface UndoItem {
  zone: HostedZone
  name: string
  /** What stands there now. */
  now: RecordSet[]
  /** What will stand there. */
  back: RecordSet[]
  /** What that does to mail. Undefined where the name says nothing about mail, or no policy is concerned. */
  effect?: PlanEffect
}

/** What an undo would do, as plain JSON: show `verdict.words` first. */
export interface UndoPlan {
  version: 1
  journal: string
  verdict: Verdict
  items: UndoItem[]
}

export interface UndoPlanOptions extends CallOptions {
  /** What becomes of records that were there before and were adopted. Default `restore`: as they were. */
  adopted?: 'restore' | 'remove'
  /** Only these of the journal's names. Default: all that are left. */
  names?: readonly string[]
  /**
   * How policies are looked up: `mailView(resolver)`. Without it nothing is read either: the names are taken to hold what the
   * journal's run wrote, and the effect of anything but records that are texts themselves is unknown.
   */
  view?: MailView
}

/**
 * Says what `undo` would write, and what that does to mail: to go back can weaken what is live as much as any other change.
 * Names that somebody else has changed since are not among the items, because undo leaves them. Changes nothing.
 */
export async function planUndo(
  journal: Journal,
  adapter: DnsAdapter,
  options: UndoPlanOptions = {},
): Promise<UndoPlan> {
  const { view } = options
  requireSameTarget(`Journal ${journal.id}`, journal, adapter)
  const entries = entriesToUndo(journal, options)
  const at = view ? await readAround(adapter, entries, options) : asWritten
  const turns = entries.flatMap((entry): Turn[] => {
    const { at: here, hasBeneath } = at(entry)
    const now = here(entry.name)
    const back = wantedBack(entry, options.adopted)
    if (matchesAll(back, now) || matchesAll(back, entry.after) || !isOurs(entry, now)) return []
    const live = liveAt(entry.name, entry.zone.name, here, hasBeneath)
    const next = liveAt(entry.name, entry.zone.name, (name) => (name === entry.name ? back : here(name)), hasBeneath)
    return [{ item: { zone: entry.zone, name: entry.name, now, back }, live, next }]
  })
  const effects = await effectsOf(turns, view ?? blindView)
  const items = turns.map(({ item }) => {
    const effect = effects.get(item.name)
    return effect ? { ...item, effect } : item
  })
  return { version: 1, journal: journal.id, verdict: undoVerdict(items), items }
}

/** The entries of a journal that an undo concerns. */
export function entriesToUndo({ entries }: Journal, { names }: Pick<UndoPlanOptions, 'names'>): JournalEntry[] {
  return entries.filter((entry) => !entry.restored && (names?.includes(entry.name) ?? true))
}

/** What an undo wants at the name of an entry. */
export function wantedBack(entry: JournalEntry, adopted: UndoPlanOptions['adopted'] = 'restore'): RecordSet[] {
  return adopted === 'remove' && entry.adopted ? [] : entry.before
}

const undoVerdict = (items: readonly UndoItem[]) =>
  verdictOf(items.flatMap(({ effect }) => (effect ? [{ name: effect.domain, effect: effect.comparison }] : [])))

interface Turn {
  item: UndoItem
  live: LiveName
  next: LiveName
}

/** What stands around the name of an entry. */
interface Around {
  at(name: string): RecordSet[]
  hasBeneath?: HasBeneath
}

const asWritten = (entry: JournalEntry): Around => ({ at: (name) => (name === entry.name ? entry.after : []) })

async function readAround(
  adapter: DnsAdapter,
  entries: readonly JournalEntry[],
  { signal, adopted }: UndoPlanOptions,
): Promise<(entry: JournalEntry) => Around> {
  const groups = Map.groupBy(entries, ({ zone }) => zone.id)
  const read = await mapLimited([...groups], 4, async ([id, group]): Promise<[string, Around]> => {
    const { zone } = group[0] as JournalEntry
    const here = group.map(({ name }) => name)
    const sets = await adapter.read(zone, [...new Set(here.flatMap((name) => namesAround(name, zone.name)))], {
      signal,
    })
    const byName = Map.groupBy(sets, (set) => set.name)
    const at = (name: string) => byName.get(name) ?? []
    const leaving = new Set(group.filter((entry) => wantedBack(entry, adopted).length === 0).map(({ name }) => name))
    const next = (name: string) => (leaving.has(name) ? [] : at(name))
    return [id, { at, hasBeneath: await readBeneath(adapter, zone, { names: here, at: next, leaving }, { signal }) }]
  })
  const around = new Map(read)
  return ({ zone }) => around.get(zone.id) ?? { at: () => [] }
}

async function effectsOf(turns: readonly Turn[], view: MailView): Promise<Map<string, PlanEffect>> {
  const byName = new Map(turns.map((turn) => [turn.item.name, turn]))
  const effects = await mapLimited(turns, 16, async (turn): Promise<[string, PlanEffect] | undefined> => {
    const { name } = turn.item
    const kind = kindOfName(name)
    if (!kind) return undefined
    const domain = name.slice(recordKindTable[kind].prefix.length + 1)
    const odd = effectWithoutMailDomain(kind, domain)
    if (odd) return [name, odd]
    const change = { domain, live: turn.live, next: turn.next }
    const effect = await (kind === 'dmarc'
      ? dmarcEffect(change, view)
      : kind === 'tls_rpt'
        ? tlsRptEffect(change, view)
        : mtaSts(domain, turn))
    return effect && [name, effect]
  })
  return new Map(effects.filter((effect) => effect !== undefined))

  /** One policy stands at two names; its effect is told at the policy host, or at the other where that stays. */
  async function mtaSts(domain: string, turn: Turn): Promise<PlanEffect | undefined> {
    const names = hostedNames(domain)
    const [host, id] = [byName.get(names.mta_sts_policy), byName.get(names.mta_sts_id)]
    if (turn !== (host ?? id)) return undefined
    return mtaStsEffect(
      {
        domain,
        id: { name: names.mta_sts_id, live: id?.live, next: id?.next },
        host: { name: names.mta_sts_policy, live: host?.live, next: host?.next },
      },
      view,
    )
  }
}
