import { mapLimited } from '@dmarc-as-code/primitives'
import { manualAdapter } from '../adapters/manual/adapter.ts'
import { textsOf } from '../effect/live-name.ts'
import { DnsServiceError } from '../engine/errors.ts'
import type { PlannedRecord } from '../engine/judge.ts'
import type { Resolver } from '../observe/resolver.ts'
import { canonicalName } from '../wire/names.ts'

/** Whether the servers of a name's zone answer with the record by now; `unknown` when they could not be asked. */
export type Visibility = 'yes' | 'not-yet' | 'unknown'

/**
 * Looks through the DNS, as everybody else will: what a service has taken over its own servers may serve later. The work
 * is done by then, so a network without DNS must not hold up its report: after `patience` (milliseconds; default 10
 * seconds and 100 ms a record) the rest is `unknown`.
 */
export async function lookForRecords(
  records: readonly Pick<PlannedRecord, 'name' | 'type' | 'value'>[],
  resolver: Resolver,
  signal: AbortSignal,
  patience = 10_000 + 100 * records.length,
): Promise<Visibility[]> {
  const run = resolver.begin({ signal, timeout: patience })
  const adapter = manualAdapter({ begin: () => run })
  const end = performance.now() + patience
  return mapLimited(records, 8, async ({ name, type, value }): Promise<Visibility> => {
    if (performance.now() >= end) return 'unknown'
    try {
      const zone = await adapter.findZone(name, { signal })
      const sets = zone ? await adapter.read(zone, [name], { signal }) : []
      const served =
        type === 'TXT'
          ? textsOf(sets).includes(value)
          : sets.some(
              (set) => set.type === type && set.values.some((one) => canonicalName(one) === canonicalName(value)),
            )
      return served ? 'yes' : 'not-yet'
    } catch (error) {
      if (error instanceof DnsServiceError) return 'unknown'
      throw error
    }
  })
}

/** One or two sentences about what the DNS answers. */
export function visibilityText(visible: readonly Visibility[]): string {
  const count = (wanted: Visibility) => visible.filter((one) => one === wanted).length
  if (count('yes') === visible.length) return "The zone's servers answer with every record."
  const parts = [`The zone's servers answer with ${count('yes')} of ${visible.length} records.`]
  if (count('not-yet') > 0) parts.push('The others may take a few minutes; look again with "check".')
  if (count('unknown') > 0) parts.push(`For ${count('unknown')} they could not be asked from here.`)
  return parts.join(' ')
}
