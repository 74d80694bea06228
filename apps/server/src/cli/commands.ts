import { accountCreate } from './account-create.ts'
import type { Command } from './command.ts'
import { reportsExport } from './reports-export.ts'
import { reportsImport } from './reports-import.ts'
import { sandbox } from './sandbox.ts'
import { start } from './start.ts'
import { tokenCreate } from './token-create.ts'
import { tokenRevoke } from './token-revoke.ts'
import { userCreate } from './user-create.ts'
import { zoneCheck, zoneRepair } from './zone.ts'

export const commands: readonly Command[] = [
  sandbox,
  start,
  userCreate,
  accountCreate,
  tokenCreate,
  tokenRevoke,
  zoneCheck,
  zoneRepair,
  reportsImport,
  reportsExport,
]

export function usage(): string {
  const lines = commands.map(({ name, options, operands, summary }) => {
    const flags = Object.keys(options).map((option) => `--${option} …`)
    return `  dmarc-server ${[name, ...flags, ...(operands ? [operands] : [])].join(' ')}\n      ${summary}`
  })
  return [
    'A server that speaks the DMARC Report API v2.',
    '',
    ...lines,
    '',
    'Every command accepts --config FILE (JSON). DMARC_SERVER_* environment variables override the file; see the README.',
  ].join('\n')
}
