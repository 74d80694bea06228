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

export interface StartOptions {
  readonly args?: readonly string[]
  /** A folder that is there already. Default: a new one, removed at the end. */
  readonly userData?: string
  /** A host that is up already, for apps that run side by side. Default: one of its own. */
  readonly tray?: TrayHost
}

/** Starts an app without a debugger and waits for its icon. */
export async function startApp(folder: string, options: StartOptions = {}): Promise<Started> {
  const { args = [], userData } = options
  const own = userData ?? mkdtempSync(join(tmpdir(), 'bench-'))
  const tray = options.tray ?? new TrayHost()
  if (!options.tray) await tray.start()
  const begun = performance.now()
  const executable = String(process.env.ELECTRON_EXEC_PATH)
  const child = spawn(executable, ['--no-sandbox', `--user-data-dir=${own}`, folder, ...args], { stdio: 'ignore' })
  await tray.registered()
  const timeToTray = performance.now() - begun
  return {
    child,
    timeToTray,
    async stop() {
      if (child.exitCode === null) {
        const ended = once(child, 'exit')
        child.kill()
        await ended
      }
      // Only then: an app that still asks something of a host that has hung up ends the measurement.
      if (!options.tray) tray.stop()
      if (!userData) rmSync(own, { recursive: true, force: true })
    },
  }
}
