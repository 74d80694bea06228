import { app, ipcMain } from 'electron'
import { toProblem } from '../shared/problems.ts'
import { bindAppEvents } from './app-events.ts'
import { createHandlers } from './handlers/handlers.ts'
import { routeRequests } from './ipc/router.ts'
import { readSandboxInfo } from './sandbox/sandbox-info.ts'
import { createServices, type Services } from './services.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'
import { macMenu } from './system/mac-menu.ts'
import { createMenuActions } from './tray/menu-actions.ts'
import type { TrayIcon } from './tray/tray-icon.ts'
import type { MenuAction } from './tray/tray-menu.ts'

interface RunningApp {
  readonly tray: { click(): void; act(action: MenuAction, key: string | undefined): void }
  /** Another start of the app, or a link, hands its arguments over. */
  readonly onStart: (args: readonly string[]) => void
}

/** Creates the services, connects them to the window, the tray and the system, and starts watching. */
export function runApp(icon: TrayIcon, start: StartOptions): RunningApp {
  const services = createServices(icon)
  const { window, log } = services
  bindAppEvents(services)
  routeRequests({
    ipcMain,
    isTrusted: (event) => window.isSender(event),
    onFailure: (name, error) => log.write(`${name} failed`, error),
    handlers: createHandlers(services),
  })
  const actions = createMenuActions(services)
  startWatching(services, start)
  return {
    tray: { click: () => window.toggle(), act: (action, key) => actions[action](key) },
    onStart: (args) => {
      const again = readStartOptions(args)
      // The desktop starts it once more at login, say; that shows nothing.
      if (again.hidden && !again.place) return
      window.show(again.place)
      // Any program of this user can start the app again; only the first start names a sandbox to trust.
      if (again.sandbox) void openSandbox(services, undefined)
    },
  }
}

function startWatching(services: Services, start: StartOptions): void {
  const { preferences, window, presence, watcher, connections, appState, updates, log, hostingEnds } = services
  try {
    preferences.apply()
  } catch (error) {
    log.write('the shortcut was not set', error)
  }
  app.applicationMenu = process.platform === 'darwin' ? macMenu(app.isPackaged) : null
  const wantsSandbox = start.sandbox || start.sandboxInfo !== undefined
  if (!start.hidden || start.place || wantsSandbox) window.show(start.place)
  // An app that nobody can see nor quit would live on; where there is no tray, its window is in the task bar.
  else void presence.look().then(() => window.showIfAlone())
  void Promise.all(connections.saved.map((connection) => watcher.add(connection))).then(() => hostingEnds.schedule())
  if (wantsSandbox) void openSandbox(services, start.sandboxInfo)
  appState.markLoaded()
  void updates.check()
}

async function openSandbox({ sandbox, appState, log }: Services, infoFile: string | undefined): Promise<void> {
  try {
    await (infoFile === undefined ? sandbox.start() : sandbox.use(readSandboxInfo(infoFile)))
  } catch (error) {
    log.write('the sandbox was not opened', error)
    appState.notify(toProblem(error))
  }
}
