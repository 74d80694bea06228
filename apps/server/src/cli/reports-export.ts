import { dayAt, dayNumber } from '../reports/day-number.ts'
import { csvLine, exportRows } from '../reports/export-rows.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { withStore } from './with-store.ts'

export const reportsExport: Command = {
  name: 'reports export',
  summary:
    'Prints single rows of aggregate reports by domain and day. --format ndjson (default) or csv, --domain for one domain, --from and --to days, both included (default: all that is kept).',
  forPrograms: true,
  options: {
    format: { type: 'string' },
    domain: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
  async run(input) {
    const { format = 'ndjson', domain } = input.values
    if (format !== 'ndjson' && format !== 'csv') {
      throw new CommandError(`--format is ${JSON.stringify(format)}. Choose ndjson or csv.`)
    }
    const from = day('from', input.values.from) ?? 0
    const to = day('to', input.values.to) ?? dayAt(Date.now()) + 1
    await withStore(input, async (store) => {
      let header = false
      for await (const row of exportRows({ store, ...(domain === undefined ? {} : { domain }), from, to })) {
        if (format === 'ndjson') input.print(JSON.stringify(row))
        else {
          if (!header) input.print(csvLine(Object.keys(row)))
          header = true
          input.print(csvLine(Object.values(row)))
        }
      }
    })
  },
}

function day(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayNumber(text) : Number.NaN
  if (Number.isInteger(number)) return number
  throw new CommandError(`--${option} is ${JSON.stringify(text)}. Pass a day, e.g. 2026-03-02.`)
}
