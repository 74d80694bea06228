import { app, powerMonitor } from 'electron'
import type { Services } from './services.ts'

/** Binds the services to what happens to the app: wake-up, unlock and quit. */
export function bindAppEvents({
  watcher,
  updates,
  sandbox,
  applyService,
  drafts,
  hostingEnds,
  evidence,
  keyring,
  secrets,
  log,
}: Services): void {
  process.on('unhandledRejection', (error) => log.write('unhandled rejection', error))
  powerMonitor.on('resume', () => {
    void watcher.checkAll()
    hostingEnds.schedule()
    evidence.look()
  })
  powerMonitor.on('unlock-screen', () => void watcher.checkAll())
  app.on('before-quit', () => {
    hostingEnds.stop()
    evidence.stop()
    watcher.stop()
    updates.stop()
    sandbox.stop()
    void applyService.close()
    try {
      drafts.write()
    } catch (error) {
      log.write('the drafts were not saved', error)
    }
  })
  app.on('will-quit', () => {
    keyring?.stop()
    // Node's shutdown would wait for an open request to the password store, for ever. Everything is on disk by now.
    if (!keyring && secrets.isWaiting) process.kill(process.pid, 'SIGKILL')
  })
}
