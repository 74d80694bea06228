import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { t } from '../../shared/messages/messages.ts'
import type { OriginalReport } from './domain-reports.ts'

/** Asks where, and writes the original of a report there. False when the person cancels. */
export async function saveOriginal(
  { fileName, content }: OriginalReport,
  parent: BrowserWindow | undefined,
): Promise<boolean> {
  // The name comes from whoever sent the report.
  const safe = basename(fileName.replaceAll('\\', '/')).replace(/[^\p{L}\p{N}._!@-]/gu, '_')
  const options = { title: t('Save the original report'), defaultPath: safe || 'report' }
  const { canceled, filePath } = await (parent
    ? dialog.showSaveDialog(parent, options)
    : dialog.showSaveDialog(options))
  if (canceled || !filePath) return false
  await writeFile(filePath, content)
  return true
}
