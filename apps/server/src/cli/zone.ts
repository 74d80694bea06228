import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { countOf } from '@dmarc-as-code/primitives'
import { certificateAuthorities } from '../app/certificate-authorities.ts'
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
    const { subjects, whole } = await compare(input)
    if (subjects.length > 0) {
      throw new CommandError(
        `${countOf(subjects.length, 'name')} ${subjects.length === 1 ? 'differs' : 'differ'}. Repair them with: dmarc-server zone repair`,
      )
    }
    input.print(equal(whole))
    const zone = configFor(input.values, input.env).hostedZone.name
    const repairs = await withStore(input, async (store) => (await zoneComparison(store.db, zone))?.repairs ?? 0)
    if (repairs > 0) input.print(`Repaired so far: ${countOf(repairs, 'difference')}.`)
  },
}

export const zoneRepair: Command = {
  name: 'zone repair',
  summary: 'Prints every difference between the hosted zone and the store, and has the running server repair it.',
  options: {},
  async run(input) {
    const compared = await compare(input)
    const subjects = new Set(compared.subjects)
    await withStore(input, async (store) => {
      for (const subject of subjects) await scheduleBy(store.db, 'repair', subject, Date.now())
    })
    input.print(
      subjects.size === 0
        ? equal(compared.whole)
        : `Scheduled the repair (${countOf(subjects.size, 'part')} of the zone), which the running server carries out. Check again with: dmarc-server zone check`,
    )
  },
}

const equal = (whole: boolean): string =>
  whole ? 'The hosted zone equals the store.' : 'The hosted zone has everything that the store wants.'

/** Prints the differences. Returns the subject of each, and whether the whole zone was seen. */
async function compare(input: CommandInput): Promise<{ subjects: string[]; whole: boolean }> {
  const config = configFor(input.values, input.env)
  if (config.hostedZone.service === undefined) {
    throw new CommandError('The hosted zone is served by the embedded responder, which always serves the store.')
  }
  const adapter = await createAdapter(config.hostedZone.service)
  try {
    return await withStore(input, async (store) => {
      // As the running server knows them: it reads them from the CA at its start.
      const zone = hostedZone(config, await certificateAuthorities(config, { store, ask: false }))
      const subjects: string[] = []
      let whole = true
      const target = servicePublisher(adapter, zone.zone)
      const notes = {
        unlisted: (why: string) => {
          whole = false
          input.print(`Names that the store does not know were not looked for. ${why}`)
        },
        foreign: (names: readonly string[]) => {
          input.print('This server did not publish these names, and leaves them alone:')
          for (const name of names) input.print(`  ${name}`)
        },
      }
      for await (const found of reconcileZone(store, zone, target, AbortSignal.timeout(timeout), notes)) {
        subjects.push(found.subject)
        input.print(found.name)
        for (const record of found.found) input.print(`  - ${record}`)
        for (const record of found.expected) input.print(`  + ${record}`)
      }
      return { subjects, whole }
    })
  } finally {
    await adapter.close?.()
  }
}
