import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { fileJournalStore } from '@dmarc-as-code/dns/apply'
import {
  app,
  clipboard,
  globalShortcut,
  ipcMain,
  nativeTheme,
  net,
  powerMonitor,
  shell,
  utilityProcess,
} from 'electron'
import type { AppState, Preferences } from '../shared/contract.ts'
import type { Place } from '../shared/deep-link.ts'
import { type Problem, ProblemError, problem, toProblem } from '../shared/problems.ts'
import { AccessBook, type ZoneCredentials } from './apply/access.ts'
import { ApplyDesk } from './apply/apply-desk.ts'
import { CredentialsDrawer } from './apply/credentials-drawer.ts'
import { lookUpZone } from './apply/look.ts'
import { adapterConfig } from './apply/methods.ts'
import { builtFile } from './built-files.ts'
import { systemClock } from './clock.ts'
import { Coalescer } from './coalesce.ts'
import { ConfigStore } from './config/config-store.ts'
import { Connections } from './connections/connections.ts'
import { makeHandlers } from './handlers.ts'
import { HistoryStore } from './history/history-store.ts'
import { routeRequests } from './ipc/router.ts'
import { Log } from './log/log.ts'
import { Redactor } from './log/redact.ts'
import { SandboxConnection } from './sandbox/sandbox-connection.ts'
import { readSandboxInfo } from './sandbox/sandbox-info.ts'
import { SandboxProcess } from './sandbox/sandbox-process.ts'
import { type KeyringChild, KeyringProcess } from './secrets/keyring-process.ts'
import { KeytarStore } from './secrets/keytar-store.ts'
import { checkedLink } from './security/links.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'
import { setLoginStart } from './system/login-start.ts'
import { Notifier } from './system/notifier.ts'
import { setShortcut } from './system/shortcut.ts'
import type { TrayIcon } from './tray/tray-icon.ts'
import { type MenuAction, trayMenu } from './tray/tray-menu.ts'
import { updateSource } from './updates/update-source.ts'
import { Updates } from './updates/updates.ts'
import { LastSeenFile } from './watch/last-seen.ts'
import { Watcher } from './watch/watcher.ts'
import { MainWindow } from './window/main-window.ts'

export interface RunningApp {
  readonly tray: { click(): void; act(action: MenuAction, key: string | undefined): void }
  /** Another start of the app, or a link, hands its arguments over. */
  readonly onStart: (args: readonly string[]) => void
}

/** Puts the parts together. Decisions are theirs; here is only who knows whom. */
export async function runApp(icon: TrayIcon, start: StartOptions): Promise<RunningApp> {
  const folder = app.getPath('userData')
  const clock = systemClock
  const redactor = new Redactor()
  const log = new Log(join(folder, 'logs', 'dmarc-watch.log'), redactor, clock.now)
  process.on('unhandledRejection', (error) => log.write('a failure nobody waited for', error))
  const config = new ConfigStore(join(folder, 'config.json'), clock.now)
  const history = new HistoryStore(join(folder, 'history.jsonl'))
  const keyring = process.platform === 'linux' ? new KeyringProcess({ start: startKeyring, clock }) : undefined
  const secrets = new KeytarStore({
    keytar: async () => keyring?.ready() ?? (await import('keytar')).default,
    service: 'DMARC Watch',
    clock,
    onAnswered: () => {
      void watcher.checkAll()
      void drawer.storeAnswered()
      void desk.storeAnswered().catch((error: unknown) => log.write('applying failed', error))
    },
  })
  const connections = new Connections({
    config,
    secrets,
    redactor,
    newId: randomUUID,
    userAgent: `dmarc-watch/${app.getVersion()}`,
    now: clock.now,
  })
  const journals = fileJournalStore(join(folder, 'dns-journals'))
  const access = new AccessBook({
    secrets,
    load: () => config.get().dnsAccess,
    save: (dnsAccess) => void config.update((current) => ({ ...current, dnsAccess })),
    onSecret: (value) => redactor.add(value),
  })

  let loaded = false
  let notice: Problem | undefined = config.setAside
    ? problem(
        'unexpected',
        `The settings could not be read. They were set aside as ${config.setAside}; the app starts afresh.`,
      )
    : undefined
  // Many things change at once; the icon and the window need the last state only.
  const changed = new Coalescer(() => {
    const newVersion = updates.view.state === 'ready' ? updates.view.version : undefined
    icon.update(watcher.tray, trayMenu(watcher.tray, watcher.domains, newVersion))
    if (window.isOpen) window.send('state', state())
  })

  const watcher = new Watcher({
    clock,
    random: Math.random,
    isOnline: () => net.isOnline(),
    open: (connection) => connections.open(connection),
    history,
    lastSeen: new LastSeenFile(join(folder, 'last-seen.json')),
    told: {
      read: () => config.get().told,
      write: (told) => void config.update((current) => ({ ...current, told })),
    },
    notify: (each) => notifier.show(each),
    onChange: () => changed.soon(),
    onFailure: (error) => log.write('watching failed', error),
  })
  const openAdapter = ({ method, values }: ZoneCredentials) => createAdapter(adapterConfig(method, values), { env: {} })
  const desk = new ApplyDesk({
    look: (domain, signal) => lookUpZone(domain, connections.stubZones(domain.connectionId), signal),
    openAdapter,
    access,
    journals,
    verify: (key) => watcher.verify(key),
    clock,
    newId: randomUUID,
    onChange: () => changed.soon(),
    onFailure: (error) => log.write('applying failed', error),
  })
  const drawer = new CredentialsDrawer({ access, openAdapter, onChange: () => changed.soon() })
  const updates = new Updates({
    open: async () => {
      const source = updateSource({
        isPackaged: app.isPackaged,
        builtIn: readIfThere(join(app.getAppPath(), 'updates.json')),
        override: process.env.DMARC_WATCH_UPDATES,
      })
      if ('off' in source) return source
      const { electronInstaller } = await import('./updates/installer.ts')
      const installer = electronInstaller(source, { version: app.getVersion(), log })
      return installer ?? { off: 'This copy was unpacked by hand, so it cannot replace itself.' }
    },
    clock,
    onChange: () => changed.soon(),
    onFailure: (error) => log.write('the update failed', error),
  })
  const window = new MainWindow({
    remembered: () => config.get().window,
    remember: (place) => {
      try {
        config.update((current) => ({ ...current, window: place }))
      } catch (error) {
        // A full disk is no reason to keep the window open.
        log.write('the place of the window is not kept', error)
      }
    },
    iconBounds: () => icon.bounds,
  })
  const notifier = new Notifier({
    isWanted: () => config.get().preferences.notifications,
    onClick: ({ address }) => window.show({ page: 'domain', address }),
    onFailure: (error) => log.write('a notification was not shown', error),
  })

  const state = (): AppState => ({
    loaded,
    connections: watcher.connections,
    accounts: watcher.accounts,
    domains: watcher.domains,
    verifying: watcher.verifying,
    ...(desk.job ? { job: desk.job } : {}),
    credentials: drawer.view,
    preferences: config.get().preferences,
    tray: watcher.tray,
    ...(notice ? { notice } : {}),
    update: updates.view,
    version: app.getVersion(),
  })

  const sandbox = new SandboxConnection({ process: new SandboxProcess(), connections, watcher, access })

  const openSandbox = async (file: string | undefined) => {
    try {
      await (file === undefined ? sandbox.start() : sandbox.use(readSandboxInfo(file)))
    } catch (error) {
      log.write('the sandbox was not opened', error)
      notice = toProblem(error)
      changed.soon()
    }
  }

  const apply = (preferences: Preferences) => {
    nativeTheme.themeSource = preferences.theme
    setShortcut(globalShortcut, preferences.shortcut, () => window.toggle())
  }

  routeRequests({
    ipcMain,
    isTrusted: (event) => window.isSender(event),
    onFailure: (name, error) => log.write(`${name} failed`, error),
    handlers: makeHandlers({
      state: () => {
        window.pageIsReady()
        return state()
      },
      watcher,
      connections,
      desk,
      drawer,
      history,
      startSandbox: () => sandbox.start(),
      stopSandbox: () => sandbox.stop(),
      openLink: async (url) => {
        const link = checkedLink(url)
        if (!link) throw new ProblemError('refused', `Only https addresses are opened in the browser, not ${url}`)
        await shell.openExternal(link)
      },
      copyText: (text) => clipboard.writeText(text),
      setPreferences: (preferences) => {
        const before = config.get().preferences
        try {
          apply(preferences)
        } catch (error) {
          // A shortcut that is taken must not cost the one there was.
          apply(before)
          throw error
        }
        if (preferences.startAtLogin !== before.startAtLogin) {
          const configFolder = process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
          setLoginStart(preferences.startAtLogin, {
            app,
            platform: process.platform,
            command: ownCommand(),
            configFolder,
          })
        }
        config.update((current) => ({ ...current, preferences }))
        changed.soon()
      },
      updates,
      showLog: () => shell.showItemInFolder(log.path),
      hideWindow: () => window.hide(),
      onFailure: (error) => log.write('applying failed', error),
    }),
  })

  const show = (place?: Place) => window.show(place)
  const showDomain = (key: string | undefined) => {
    // The menu may have been open while the domain went.
    const domain = watcher.domains.find((each) => each.key === key)
    show(domain ? { page: 'domain', address: domain.address } : undefined)
  }
  const applyNeedy = () => {
    show({ page: 'apply' })
    const needy = watcher.domains.filter((domain) => domain.state === 'attention')
    void desk.start(needy).catch((error: unknown) => log.write('applying failed', error))
  }
  const act = (action: MenuAction, key: string | undefined) => {
    switch (action) {
      case 'open':
        return show()
      case 'domain':
        return showDomain(key)
      case 'apply':
        return applyNeedy()
      case 'check':
        return void watcher.checkAll()
      case 'add-domain':
        return show({ page: 'add-domain' })
      case 'settings':
        return show({ page: 'settings' })
      case 'update':
        updates.install()
        // Had it been installed, the app would be gone in a moment.
        return updates.view.state === 'ready' && updates.view.problem ? show() : undefined
      case 'quit':
        return app.quit()
    }
  }

  app.on('before-quit', () => {
    watcher.stop()
    updates.stop()
    sandbox.stop()
    void desk.close()
  })
  app.on('will-quit', () => {
    keyring?.stop()
    // Node's shutdown would wait for an open question to the password store, for ever. Everything is on disk by now.
    if (!keyring && secrets.isWaiting) process.kill(process.pid, 'SIGKILL')
  })
  powerMonitor.on('resume', () => void watcher.checkAll())
  powerMonitor.on('unlock-screen', () => void watcher.checkAll())

  try {
    apply(config.get().preferences)
  } catch (error) {
    log.write('the shortcut is not set', error)
  }
  if (process.platform !== 'darwin') app.applicationMenu = null
  const wantsSandbox = start.sandbox || start.sandboxInfo !== undefined
  if (!start.hidden || start.place || wantsSandbox) show(start.place)
  const looks = connections.saved.map((connection) => watcher.add(connection))
  if (wantsSandbox) looks.push(openSandbox(start.sandboxInfo))
  loaded = true
  changed.soon()
  void Promise.all(looks)
  void updates.look()

  return {
    tray: { click: () => window.toggle(), act },
    onStart: (args) => {
      const again = readStartOptions(args)
      // The desktop starts it once more at login, say; that shows nothing.
      if (again.hidden && !again.place) return
      show(again.place)
      if (again.sandbox || again.sandboxInfo !== undefined) void openSandbox(again.sandboxInfo)
    },
  }
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function startKeyring(): KeyringChild {
  return utilityProcess.fork(builtFile('main', 'keyring.js'), [], { serviceName: 'DMARC Watch keyring' })
}

/** What starts this app again. An AppImage runs from a place that is gone when it ends; it says where it lies itself. */
function ownCommand(): string[] {
  return app.isPackaged ? [process.env.APPIMAGE ?? process.execPath] : [process.execPath, app.getAppPath()]
}
