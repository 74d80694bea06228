import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'

/** The entry that starts the app with the desktop session (freedesktop.org Autostart specification). */
function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=DMARC Watch',
    'Comment=Email authentication status in the tray',
    `Exec=${command.map(quoted).join(' ')} --hidden`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

interface LoginStartOptions {
  readonly app: Pick<App, 'setLoginItemSettings'>
  readonly platform: NodeJS.Platform
  /** What starts this app: its executable, and the folder of the app where Electron is not packed with it. */
  readonly command: readonly string[]
  /** Where the desktop keeps its settings: `$XDG_CONFIG_HOME` or `~/.config`. */
  readonly configFolder: string
}

/** Switches starting at login on or off. Electron does it itself on macOS and Windows, and does nothing on Linux. */
export function setLoginStart(on: boolean, { app, platform, command, configFolder }: LoginStartOptions): void {
  if (platform !== 'linux') {
    // macOS passes no arguments; there the app asks whether the login started it.
    app.setLoginItemSettings({ openAtLogin: on, ...(platform === 'win32' ? { args: ['--hidden'] } : {}) })
    return
  }
  const path = join(configFolder, 'autostart', 'dmarc-watch.desktop')
  if (!on) {
    rmSync(path, { force: true })
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, autostartEntry(command))
}

/**
 * Desktop Entry specification, "The Exec key": quotes around, and four characters escaped within; then each backslash
 * once more, as in every text of such a file.
 */
function quoted(argument: string): string {
  const escaped = argument.replace(/(["`$\\])/g, '\\$1').replaceAll('\\', '\\\\')
  return `"${escaped.replaceAll('%', '%%')}"`
}
