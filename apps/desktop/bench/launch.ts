import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TrayHost } from '../e2e/harness/tray-host.ts'

export interface Started {
  readonly child: ChildProcess
  /** Milliseconds from the start of the process until the desktop has the icon. */
  readonly timeToTray: number
  stop(): Promise<void>
}

/** Starts an app without a debugger and waits for its icon. `tray` must be a new host for every start. */
export async function startApp(folder: string, args: readonly string[] = [], userData?: string): Promise<Started> {
  const own = userData ?? mkdtempSync(join(tmpdir(), 'bench-'))
  const tray = new TrayHost()
  await tray.start()
  const begun = performance.now()
  const executable = String(process.env.ELECTRON_EXEC_PATH)
  const child = spawn(executable, ['--no-sandbox', `--user-data-dir=${own}`, folder, ...args], { stdio: 'ignore' })
  await tray.registered()
  const timeToTray = performance.now() - begun
  return {
    child,
    timeToTray,
    async stop() {
      tray.stop()
      if (child.exitCode === null) {
        const ended = once(child, 'exit')
        child.kill()
        await ended
      }
      if (!userData) rmSync(own, { recursive: true, force: true })
    },
  }
}
