import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { countOf } from '@dmarc-as-code/primitives'
import { hostedZone } from '../app/hosted-zone.ts'
import { reconcileZone } from '../publishing/reconcile-zone.ts'
import { servicePublisher } from '../publishing/service-publisher.ts'
import { scheduleBy } from '../store/work.ts'
import { zoneComparison } from '../store/zone-comparisons.ts'
import type { Command, CommandInput } from './command.ts'
import { CommandError } from './command-error.ts'
import { configFor } from './config-for.ts'
import { withStore } from './with-store.ts'

/** Longer than any zone takes; a DNS service that stops answering must not keep the command for ever. */
const timeout = 30 * 60_000

export const zoneCheck: Command = {
  name: 'zone check',
  summary: 'Compares the hosted zone at its DNS service with the store and prints every difference.',
  options: {},
  async run(input) {
    const names = await compare(input)
    if (names.length > 0) {
      throw new CommandError(`${names.length} names differ. Repair them with: dmarc-server zone repair`)
    }
    input.print('The hosted zone equals the store.')
    const zone = hostedZone(configFor(input.values, input.env)).zone
    const repairs = await withStore(input, async (store) => (await zoneComparison(store.db, zone))?.repairs ?? 0)
    if (repairs > 0) input.print(`Repaired so far: ${countOf(repairs, 'difference')}.`)
  },
}

export const zoneRepair: Command = {
  name: 'zone repair',
  summary: 'Prints every difference between the hosted zone and the store, and has the running server repair it.',
  options: {},
  async run(input) {
    const subjects = new Set(await compare(input))
    await withStore(input, async (store) => {
      for (const subject of subjects) await scheduleBy(store.db, 'repair', subject, Date.now())
    })
    input.print(
      subjects.size === 0
        ? 'The hosted zone equals the store.'
        : `Scheduled the repair of ${subjects.size} domains or shared records. Check again with: dmarc-server zone check`,
    )
  },
}

/** Prints the differences. Returns the subject of each. */
async function compare(input: CommandInput): Promise<string[]> {
  const config = configFor(input.values, input.env)
  if (config.hostedZone.service === undefined) {
    throw new CommandError('The hosted zone is served by the embedded responder, which always serves the store.')
  }
  const zone = hostedZone(config)
  const adapter = await createAdapter(config.hostedZone.service)
  try {
    return await withStore(input, async (store) => {
      const subjects: string[] = []
      const target = servicePublisher(adapter, zone.zone)
      for await (const found of reconcileZone(store, zone, target, AbortSignal.timeout(timeout))) {
        subjects.push(found.subject)
        input.print(found.name)
        for (const record of found.found) input.print(`  - ${record}`)
        for (const record of found.expected) input.print(`  + ${record}`)
      }
      return subjects
    })
  } finally {
    await adapter.close?.()
  }
}
