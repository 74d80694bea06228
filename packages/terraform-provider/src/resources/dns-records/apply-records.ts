import {
  apply,
  type ConflictMode,
  type DnsAdapter,
  type ExpectedTexts,
  type JournalEntry,
  type MailView,
  type PlanItem,
  planVerdict,
  survey,
  type WantedRecord,
  ZoneChangedError,
} from '@dmarc-as-code/dns/apply'
import type { FileJournals } from '../../dns/file-journals.ts'
import { plainName } from './wanted-records.ts'

export interface ApplyRecords {
  readonly adapter: DnsAdapter
  readonly wanted: readonly WantedRecord[]
  readonly conflict: ConflictMode
  /** What receivers of mail find now, and what will answer behind the targets as far as this run knows. */
  readonly view: MailView
  readonly expected: ExpectedTexts
  /** Why protection may become weaker. */
  readonly allowWeaker: string | undefined
  /** What this resource has changed so far, by name. */
  readonly owned: ReadonlyMap<string, JournalEntry>
  readonly journals: FileJournals
  /** Tells one DNS service from another. */
  readonly target: string
  /** The resource the journal is about. */
  readonly resource: string
  readonly signal: AbortSignal
  readonly onProgress: (name: string) => void
}

/**
 * Makes the records stand in the DNS. Answers, for each name, what stood there before this resource came, which is what
 * destroying it puts back.
 */
export async function applyRecords(request: ApplyRecords): Promise<JournalEntry[]> {
  const { adapter, wanted, journals, target, resource, signal, allowWeaker } = request
  const names = wanted.map(({ name }) => plainName(name))
  const dead = await journals.recover(target, names)
  const earlier = new Map([...dead, ...request.owned])
  const store = journals.store(target, resource, [...earlier.values()])
  const planAndApply = async () => {
    const items = await planItems(request, earlier)
    const createdAt = new Date().toISOString()
    const verdict = planVerdict(items)
    await apply(
      { version: 1, service: adapter.service, conflict: request.conflict, createdAt, verdict, items },
      adapter,
      {
        journals: store,
        signal,
        justRead: true,
        ...(allowWeaker !== undefined && { allowWeaker }),
        onProgress: ({ name }) => request.onProgress(name),
      },
    )
    return items
  }
  // What changed between reading and writing may be right at the second look.
  const items = await planAndApply().catch((error) =>
    error instanceof ZoneChangedError ? planAndApply() : Promise.reject(error),
  )
  await journals.forgetRecovered(target, names)
  journals.finished(target, resource)
  return items.map((item) => entryOf(item, earlier.get(item.record.name)))
}

/**
 * The user's rule about conflicts is for records of others. A name that is already this resource's is set right whatever
 * CNAME stands there now; and a CNAME that is right already is ours, because nobody else can know its target.
 */
async function planItems(
  { adapter, wanted, conflict, view, expected, signal }: ApplyRecords,
  earlier: ReadonlyMap<string, JournalEntry>,
): Promise<PlanItem[]> {
  const seen = await survey(wanted, adapter, { signal, view, expected })
  const { items } = seen.plan(conflict)
  if (conflict !== 'fail') return items
  const lenient = seen.plan('adopt')
  return items.map((item, index) => {
    const ours = item.action === 'unchanged' || earlier.has(item.record.name)
    return ours ? (lenient.items[index] ?? item) : item
  })
}

function entryOf(item: PlanItem, earlier: JournalEntry | undefined): JournalEntry {
  const { record, zone, before, after } = item
  if (!zone) throw new Error(`${record.name} was applied without a zone`)
  // What stood there is ours already: after a killed run, an update, or because only we know the target.
  const ours = item.action === 'unchanged' || earlier?.after.some((set) => before.some((one) => sameValues(set, one)))
  return {
    zone,
    name: record.name,
    before: earlier && (ours || before.length === 0) ? earlier.before : ours || isOnlyTtl(item) ? [] : before,
    after,
    adopted: false,
  }
}

const sameValues = (a: { type: string; values: string[] }, b: { type: string; values: string[] }) =>
  a.type === b.type && a.values.join() === b.values.join()

/** A change of the TTL alone: the target was right before. */
function isOnlyTtl({ before, after }: PlanItem): boolean {
  const [set, ...others] = before
  return others.length === 0 && set !== undefined && !set.proxied && after.some((one) => sameValues(one, set))
}
