import { accountCreate } from './account-create.ts'
import { accountList } from './account-list.ts'
import { accountShare, accountUnshare } from './account-share.ts'
import { audit } from './audit.ts'
import { backup, restore } from './backup.ts'
import type { Command } from './command.ts'
import { doctor } from './doctor.ts'
import { noticesAdd, noticesList, noticesRemove } from './notices.ts'
import { reportsExport } from './reports-export.ts'
import { reportsImport } from './reports-import.ts'
import { reportsRebuild } from './reports-rebuild.ts'
import { sandbox } from './sandbox.ts'
import { start } from './start.ts'
import { tokenCreate } from './token-create.ts'
import { tokenList } from './token-list.ts'
import { tokenRevoke } from './token-revoke.ts'
import { tokenRotate } from './token-rotate.ts'
import { userDisable, userEnable } from './user-access.ts'
import { userChange } from './user-change.ts'
import { userCreate } from './user-create.ts'
import { userDelete } from './user-delete.ts'
import { userErase } from './user-erase.ts'
import { userList } from './user-list.ts'
import { zoneCheck, zoneRepair } from './zone.ts'

export const commands: readonly Command[] = [
  sandbox,
  start,
  userCreate,
  userList,
  userChange,
  userDisable,
  userEnable,
  userDelete,
  userErase,
  accountCreate,
  accountList,
  accountShare,
  accountUnshare,
  tokenCreate,
  tokenList,
  tokenRotate,
  tokenRevoke,
  audit,
  noticesAdd,
  noticesList,
  noticesRemove,
  doctor,
  backup,
  restore,
  zoneCheck,
  zoneRepair,
  reportsImport,
  reportsExport,
  reportsRebuild,
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
