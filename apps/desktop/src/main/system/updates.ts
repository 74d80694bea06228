import type { Log } from '../log/log.ts'

export interface UpdateOptions {
  /** Where releases lie; without one there are no updates. Set at build time, or by `DMARC_WATCH_UPDATES`. */
  readonly feed: string | undefined
  readonly isPackaged: boolean
  readonly log: Log
  readonly onReady: (version: string) => void
}

/**
 * Looks for a newer release once after the start. electron-updater refuses packages whose signature (macOS, Windows) or
 * SHA-512 in the release's description does not match; nothing is installed before the app is quit.
 */
export async function lookForUpdates({ feed, isPackaged, log, onReady }: UpdateOptions): Promise<void> {
  if (!feed || !isPackaged) return
  const url = URL.canParse(feed) ? new URL(feed) : undefined
  if (url?.protocol !== 'https:') {
    log.write(`updates are off: the feed must be an https address, found ${feed}`)
    return
  }
  const { default: updater } = await import('electron-updater')
  const { autoUpdater } = updater
  autoUpdater.setFeedURL({ provider: 'generic', url: url.href })
  autoUpdater.autoDownload = true
  autoUpdater.allowDowngrade = false
  autoUpdater.on('update-downloaded', ({ version }) => onReady(version))
  autoUpdater.on('error', (error) => log.write('the update failed', error))
  await autoUpdater.checkForUpdates().catch((error: unknown) => log.write('no update could be looked for', error))
}
