import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { Log } from '../log/log.ts'
import { updateSource } from './update-source.ts'
import type { UpdateInstaller } from './updates.ts'

/** What this copy of the app can update itself with, or why it cannot. electron-updater is loaded only when needed. */
export async function openUpdateInstaller(log: Log): Promise<UpdateInstaller | { readonly off: string }> {
  const source = updateSource({
    isPackaged: app.isPackaged,
    builtIn: readIfExists(join(app.getAppPath(), 'updates.json')),
    override: process.env.DMARC_WATCH_UPDATES,
  })
  if ('off' in source) return source
  const { electronInstaller } = await import('./installer.ts')
  const installer = electronInstaller(source, { version: app.getVersion(), log })
  return installer ?? { off: 'This copy was not installed by an installer, so it cannot update itself.' }
}

function readIfExists(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
