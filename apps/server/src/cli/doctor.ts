import { countOf, textTable } from '@dmarc-as-code/primitives'
import { examine } from '../doctor/doctor.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { configFor } from './config-for.ts'
import { withStore } from './with-store.ts'

const marks = { ok: 'ok', warning: 'look', problem: 'PROBLEM' } as const

export const doctor: Command = {
  name: 'doctor',
  summary:
    'Checks settings, store, clock, delegation and glue of the hosted zone, policy host, certificates and the mail servers for reports, and says what to do.',
  options: {},
  async run(input) {
    const config = configFor(input.values, input.env)
    const findings = await withStore(input, (store) => examine(config, store, { now: Date.now() }))
    const rows = findings.map(({ subject, level, text }) => [marks[level], subject, text])
    for (const line of textTable(['', 'about', 'found'], rows)) input.print(line)
    const problems = findings.filter(({ level }) => level === 'problem').length
    if (problems > 0) throw new CommandError(`${countOf(problems, 'problem')} found.`)
  },
}
