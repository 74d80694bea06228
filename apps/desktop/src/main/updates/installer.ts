import { autoUpdater, CancellationToken } from 'electron-updater'
import type { Log } from '../log/log.ts'
import { proxySettings } from '../network/proxy-settings.ts'
import { UpdateRefused } from './release-signature.ts'
import { sha512 } from './sha512.ts'
import { SignedFeed } from './signed-feed.ts'
import type { UpdateSource } from './update-source.ts'
import type { UpdateInstaller } from './updates.ts'

/** A download that stalls this long is cancelled, and starts again at the next check. */
const stillFor = 60_000

/** electron-updater, restricted to signed descriptions. */
export function electronInstaller(
  source: UpdateSource,
  { version, log }: { version: string; log: Log },
): UpdateInstaller | undefined {
  autoUpdater.logger = {
    info: () => {},
    warn: (message) => log.write(`updates: ${message}`),
    error: (message) => log.write(`updates: ${message}`),
  }
  if (!autoUpdater.isUpdaterActive()) return undefined
  // Packages of the system ask for a password to be installed: not something to meet at every quit or logout.
  const onQuit = process.platform !== 'linux' || process.env.APPIMAGE !== undefined
  void autoUpdater.netSession.setProxy(proxySettings(process.env))
  autoUpdater.autoDownload = false
  autoUpdater.allowDowngrade = false
  autoUpdater.autoInstallOnAppQuit = onQuit
  autoUpdater.requestHeaders = { 'User-Agent': `dmarc-watch/${version}` }
  autoUpdater.setFeedURL({
    provider: 'custom',
    updateProvider: class extends SignedFeed {
      constructor(_settings: unknown, _updater: unknown, options: ConstructorParameters<typeof SignedFeed>[1]) {
        super(source, options)
      }
    },
  })

  let fetched: { readonly path: string; readonly described: readonly string[] } | undefined

  return {
    onQuit,
    async fetchNewer() {
      const found = await autoUpdater.checkForUpdates()
      if (!found?.isUpdateAvailable) return undefined
      const path = await download()
      fetched = { path, described: found.updateInfo.files.map((file) => file.sha512) }
      return found.updateInfo.version
    },
    install() {
      // It may have lain for days where any program of this user can write, and may be installed with more rights.
      if (!fetched?.described.includes(sha512(fetched.path))) {
        throw new UpdateRefused(
          'The downloaded package was modified after verification. Quit and start the app again to download a new copy.',
        )
      }
      const failures: unknown[] = []
      const note = (error: unknown) => void failures.push(error)
      autoUpdater.on('error', note)
      autoUpdater.quitAndInstall()
      autoUpdater.off('error', note)
      if (failures.length > 0) throw failures[0]
    },
  }
}

/** The path of the package, whose hash electron-updater has checked. */
async function download(): Promise<string> {
  const token = new CancellationToken()
  let timer = setTimeout(() => token.cancel(), stillFor)
  const onProgress = () => {
    clearTimeout(timer)
    timer = setTimeout(() => token.cancel(), stillFor)
  }
  autoUpdater.on('download-progress', onProgress)
  try {
    const [path] = await autoUpdater.downloadUpdate(token)
    if (path === undefined) throw new Error('electron-updater fetched the release and names no file')
    return path
  } catch (error) {
    if (token.cancelled) throw new Error(`the download stalled for ${stillFor / 1000} seconds`, { cause: error })
    if (isMismatch(error)) {
      throw new UpdateRefused('The package of the newest release does not match the signed description.', {
        cause: error,
      })
    }
    throw error
  } finally {
    clearTimeout(timer)
    autoUpdater.off('download-progress', onProgress)
  }
}

function isMismatch(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH'
}
