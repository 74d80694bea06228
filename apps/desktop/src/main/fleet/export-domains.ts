import { writeFile } from 'node:fs/promises'
import { type BrowserWindow, dialog } from 'electron'
import { t } from '../../shared/messages/messages.ts'
import type { DomainSummary } from '../../shared/model.ts'
import { domainsCsv } from './domains-csv.ts'

/** Asks where, and writes the domains there. False when the person cancels. */
export async function exportDomains(
  domains: readonly DomainSummary[],
  parent: BrowserWindow | undefined,
): Promise<boolean> {
  const options = {
    title: t('Export domains'),
    defaultPath: 'domains.csv',
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  }
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options))
  if (canceled || !filePath) return false
  await writeFile(filePath, domainsCsv(domains))
  return true
}
