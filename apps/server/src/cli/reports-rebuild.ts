import { countOf } from '@dmarc-as-code/primitives'
import { rebuildTotals } from '../reports/rebuild-totals.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { withStore } from './with-store.ts'

export const reportsRebuild: Command = {
  name: 'reports rebuild',
  summary:
    'Makes the daily totals again from the single rows and TLS reports that are kept, for all domains or --domain, and says where they were others. Safe while a server is running.',
  options: { domain: { type: 'string' } },
  async run(input) {
    const { domain } = input.values
    await withStore(input, async (store) => {
      const total = { domains: 0, days: 0, changed: 0 }
      for await (const rebuilt of rebuildTotals(store, {
        now: Date.now(),
        ...(domain === undefined ? {} : { domain: domain.toLowerCase() }),
      })) {
        total.domains += 1
        total.days += rebuilt.days
        total.changed += rebuilt.changed
        if (rebuilt.changed > 0) input.print(`${rebuilt.domain}: other totals on ${countOf(rebuilt.changed, 'day')}`)
        if (rebuilt.withoutRows > 0)
          input.print(`${rebuilt.domain}: ${countOf(rebuilt.withoutRows, 'day')} left as they are, without single rows`)
      }
      if (domain !== undefined && total.domains === 0) throw new CommandError(`There is no domain ${domain}.`)
      input.print(
        `Totals of ${countOf(total.domains, 'domain')} and ${countOf(total.days, 'day')} made again; ${countOf(total.changed, 'day')} had others.`,
      )
    })
  },
}
