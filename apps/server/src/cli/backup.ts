import { countOf } from '@dmarc-as-code/primitives'
import { backUpStore } from '../backup/backup.ts'
import { backUpKeys, restoreKeys } from '../backup/key-files.ts'
import { leaveOutSecrets } from '../backup/leave-out-secrets.ts'
import { RestoreError, restoreStore } from '../backup/restore.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { configFor } from './config-for.ts'
import { requiredOption } from './options.ts'
import { withStore } from './with-store.ts'

export const backup: Command = {
  name: 'backup',
  summary:
    'Writes store, certificates and keys into the new folder --to, while servers run. --keys no leaves the keys out, and secrets that the store has unencrypted; they have to be kept elsewhere then.',
  options: { to: { type: 'string' }, keys: { type: 'string' } },
  async run(input) {
    const to = requiredOption(input.values, 'to')
    const { keys = 'yes' } = input.values
    if (keys !== 'yes' && keys !== 'no') throw new CommandError('--keys is "yes" or "no".')
    const config = configFor(input.values, input.env)
    const unencrypted = leaveOutSecrets()
    const options = keys === 'no' ? { redact: unencrypted.redact } : {}
    const { tables } = await withStore(input, (store) => backUpStore(store, to, new Date(), options)).catch((error) => {
      if (error.code === 'EEXIST') throw new CommandError(`${to} exists already. Name a folder that does not.`)
      throw error
    })
    const copied = keys === 'yes' ? await backUpKeys(config, to) : []
    input.print(`Wrote ${countOf(sum(tables), 'row')} of ${countOf(Object.keys(tables).length, 'table')} to ${to}`)
    for (const path of copied) input.print(`Copied ${path}`)
    if (unencrypted.count() > 0) {
      const secrets = countOf(unencrypted.count(), 'webhook secret')
      input.print(`Left out ${secrets} that the store has unencrypted: after a restore, add their targets again.`)
    }
    if (keys === 'yes') input.print('The folder holds secrets: keep it where only operators can read it.')
  },
}

export const restore: Command = {
  name: 'restore',
  summary: 'Restores the backup in the folder --from into the configured store, which must be empty, with its keys.',
  options: { from: { type: 'string' } },
  async run(input) {
    const from = requiredOption(input.values, 'from')
    const config = configFor(input.values, input.env)
    const { tables, created_at } = await restoreStore(from, config.store).catch((error) => {
      throw error instanceof RestoreError ? new CommandError(error.message) : error
    })
    const copied = await restoreKeys(config, from)
    input.print(`Restored ${countOf(sum(tables), 'row')} as of ${created_at}`)
    for (const path of copied) input.print(`Copied ${path}`)
  },
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)
