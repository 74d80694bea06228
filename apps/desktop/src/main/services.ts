import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createAdapter } from '@dmarc-as-code/dns/adapters'
import { systemClock } from '@dmarc-as-code/primitives'
import { app, globalShortcut, net, shell } from 'electron'
import { languageOf } from '../shared/messages/language.ts'
import { type Language, setLanguage } from '../shared/messages/messages.ts'
import type { DomainSummary } from '../shared/model.ts'
import { ProblemError, problem } from '../shared/problems.ts'
import { Activity } from './activity/activity.ts'
import { AppStateSource } from './app-state.ts'
import { ApplyService } from './apply/apply-service.ts'
import { Connections } from './connections/connections.ts'
import { CredentialSettings } from './dns/credential-settings.ts'
import type { ZoneCredentials } from './dns/credential-store.ts'
import { liveLookUps, mailViewOf } from './dns/mail-view.ts'
import { adapterConfig } from './dns/methods.ts'
import { lookUpMx } from './dns/mx-lookup.ts'
import { lookUpZone } from './dns/zone-lookup.ts'
import { DraftStore } from './drafts/draft-store.ts'
import { exportDomains } from './fleet/export-domains.ts'
import { Fleet } from './fleet/fleet.ts'
import { HostingEnds } from './hosting/hosting-ends.ts'
import { HostingService } from './hosting/hosting-service.ts'
import { AppNetwork } from './network/app-fetch.ts'
import { paced, paceOf } from './pace.ts'
import type { OriginalReport } from './reports/domain-reports.ts'
import { EvidenceWatch } from './reports/evidence-watch.ts'
import { saveOriginal } from './reports/save-original.ts'
import { SandboxConnection } from './sandbox/sandbox-connection.ts'
import { SandboxProcess } from './sandbox/sandbox-process.ts'
import { checkedLink } from './security/links.ts'
import { StateChanges } from './state-changes.ts'
import { createStorage, type Storage } from './storage.ts'
import { NotificationQueue } from './system/notification-queue.ts'
import { Notifier } from './system/notifier.ts'
import { PreferenceService } from './system/preference-service.ts'
import { findTrayHost } from './tray/tray-host.ts'
import type { TrayIcon } from './tray/tray-icon.ts'
import { trayMenu } from './tray/tray-menu.ts'
import { TrayPresence } from './tray/tray-presence.ts'
import { openUpdateInstaller } from './updates/open-installer.ts'
import { Updates } from './updates/updates.ts'
import { findCname } from './watch/find-cname.ts'
import { reportNotification } from './watch/notifications.ts'
import { Watcher } from './watch/watcher.ts'
import { MainWindow } from './window/main-window.ts'

/** The parts of the running app, by what they do. Each knows of the others only what it is given here. */
export interface Services extends Storage {
  readonly appState: AppStateSource
  readonly connections: Connections
  readonly watcher: Watcher
  readonly activity: Activity
  readonly drafts: DraftStore
  readonly applyService: ApplyService
  readonly hosting: HostingService
  readonly hostingEnds: HostingEnds
  readonly evidence: EvidenceWatch
  readonly fleet: Fleet
  readonly saveOriginal: (report: OriginalReport) => Promise<boolean>
  readonly exportDomains: (domains: readonly DomainSummary[]) => Promise<boolean>
  readonly lookUpMx: (
    connectionId: string,
    addresses: readonly string[],
  ) => Promise<Readonly<Record<string, readonly string[] | null>>>
  readonly credentialSettings: CredentialSettings
  readonly preferences: PreferenceService
  readonly updates: Updates
  readonly window: MainWindow
  readonly presence: TrayPresence
  readonly changes: StateChanges
  readonly sandbox: SandboxConnection
  readonly openLink: (url: string) => Promise<void>
}

const clock = systemClock
/** Of everything that looks again and again; see `paceOf`. */
const looksClock = paced(clock, paceOf(process.env, app.isPackaged))

/** Creates every service. Nothing starts to work here: `runApp` does that once they all exist. */
export function createServices(icon: TrayIcon): Services {
  const storage = createStorage({
    folder: app.getPath('userData'),
    clock,
    onSecretsAvailable: () => {
      void watcher.checkAll()
      void credentialSettings.storeAnswered()
      void applyService.storeAnswered().catch((error: unknown) => log.write('applying failed', error))
    },
  })
  const { log, config, history, lastSeen, credentials, redactor, secrets } = storage
  /** The language of the person, or of the system. */
  const language = (): Language => languageOf(config.get().preferences.language, app.getPreferredSystemLanguages())
  setLanguage(language())
  const onChange = () => {
    setLanguage(language())
    appState.changed()
  }
  const network = new AppNetwork({ caFile: () => config.get().preferences.caFile })
  const openAdapter = ({ method, values }: ZoneCredentials) =>
    createAdapter(adapterConfig(method, values), { env: {}, fetch: network.fetch })
  const connections = new Connections({
    config,
    secrets,
    redactor,
    newId: randomUUID,
    fetch: network.fetch,
    userAgent: `dmarc-watch/${app.getVersion()}`,
    lookUps: (connectionId) => liveLookUps(() => connections.stubZones(connectionId)),
    now: clock.now,
  })
  const presence = new TrayPresence({ find: () => findTrayHost(process.platform), onChange })
  const window = createWindow(storage, icon, presence)
  const notifier = new Notifier({
    onClick: ({ address }) => window.show(address === undefined ? { page: 'overview' } : { page: 'domain', address }),
    onFailure: (error) => log.write('a notification was not shown', error),
  })
  const notifications = new NotificationQueue({
    clock: looksClock,
    preferences: () => preferences.current,
    tagsOf: (key) => watcher.domains.find((domain) => domain.key === key)?.tags.map(({ name }) => name) ?? [],
    isOnScreen: (key) => window.shows(key),
    show: (notification) => notifier.show(notification),
  })
  const lookUpCname = (connectionId: string, name: string, signal: AbortSignal) =>
    findCname(name, connections.stubZones(connectionId), signal)
  const watcher = new Watcher({
    clock: looksClock,
    random: Math.random,
    isOnline: () => net.isOnline(),
    open: (connection) => connections.open(connection),
    findCname: lookUpCname,
    shown: (domains) => evidence.mark(hostingEnds.mark(domains)),
    history,
    lastSeen,
    lastNotified: {
      read: () => config.get().lastNotified,
      write: (lastNotified) => void config.update((current) => ({ ...current, lastNotified })),
    },
    notify: (notification) => notifications.add(notification),
    onChange,
    onFailure: (error) => log.write('watching failed', error),
  })
  const lookUp = (domain: DomainSummary, signal: AbortSignal) =>
    lookUpZone(domain, connections.stubZones(domain.connectionId), signal)
  const activity = new Activity({
    store: storage.activityStore,
    journals: storage.journals,
    credentials,
    openAdapter,
    view: (connectionId, signal) => mailViewOf(connections.stubZones(connectionId), signal),
    weakens: (step) => hosting.restoringWeakens(step),
    restore: (step) => hosting.restore(step),
    onRestored: (key) => void watcher.verify(key).catch(() => {}),
    clock,
    newId: randomUUID,
    onChange,
    onFailure: (error) => log.write('undo failed', error),
  })
  const hosting = new HostingService({
    lookUpZone: lookUp,
    openAdapter,
    credentials,
    journals: storage.journals,
    activity,
    update: (key, change, options) => watcher.update(key, change, options),
    remove: (key) => watcher.delete(key),
    domain: (key) => watcher.domains.find((domain) => domain.key === key),
    reasonOf: (id) => storage.activityStore.get(id)?.reason,
    onPostponed: () => hostingEnds.schedule(),
    view: (domain, signal) => mailViewOf(connections.stubZones(domain.connectionId), signal),
    now: clock.now,
  })
  const hostingEnds = new HostingEnds({
    activity,
    clock,
    end: (id, end) => hosting.end(id, end),
    findCname: lookUpCname,
    onFailure: (error) => log.write('hosting did not end', error),
  })
  const evidence = new EvidenceWatch({
    clock,
    domains: () => watcher.domains,
    connections: () => watcher.connections,
    ask: ({ key }, target, signal) =>
      watcher.ask(key, (service, domain, stopped) =>
        service.reports.level(domain, target, AbortSignal.any([signal, stopped])),
      ),
    file: storage.evidenceFile,
    onAlerts: (domain, alerts) => {
      const state = history.lastStates().get(domain.key)?.to ?? domain.state
      const at = new Date(clock.now()).toISOString()
      history.append(alerts.map((alert) => ({ at, domain: domain.key, from: state, to: state, alert })))
      const notification = reportNotification(domain, alerts)
      if (notification) notifications.add(notification)
    },
    onChange,
    onFailure: (error) => log.write('the evidence was not read', error),
  })
  const applyService = new ApplyService({
    lookUpZone: lookUp,
    openAdapter,
    access: credentials,
    journals: storage.journals,
    activity,
    read: (key) => watcher.read(key),
    verify: (key) => watcher.verify(key),
    publish: (key, record, base) => watcher.update(key, { dmarcRecord: record, base: { dmarcRecord: base } }),
    view: (domain, signal) => mailViewOf(connections.stubZones(domain.connectionId), signal),
    clock: looksClock,
    newId: randomUUID,
    onChange,
    onFailure: (error) => log.write('applying failed', error),
  })
  const credentialSettings = new CredentialSettings({ access: credentials, openAdapter, onChange })
  const drafts = new DraftStore(join(app.getPath('userData'), 'drafts.json'), onChange)
  const updates = new Updates({
    open: () => openUpdateInstaller(log),
    clock,
    onChange,
    onFailure: (error) => log.write('the update failed', error),
  })
  const changes = new StateChanges()
  const preferences = createPreferences(storage, { window, onChange })
  const appState = new AppStateSource({
    read: () => ({
      connections: watcher.connections,
      accounts: watcher.accounts,
      domains: watcher.domains,
      verifying: watcher.verifying,
      ...(applyService.job ? { job: applyService.job } : {}),
      activity: activity.view,
      drafts: drafts.view,
      credentials: credentialSettings.view,
      preferences: preferences.current,
      tray: watcher.tray,
      language: language(),
      hasTray: presence.hasTray,
      update: updates.view,
      version: app.getVersion(),
    }),
    onChange: (state) => {
      evidence.look()
      const newVersion = updates.view.state === 'ready' ? updates.view.version : undefined
      icon.update(watcher.tray, trayMenu(watcher.tray, watcher.domains, newVersion), preferences.current.trayStyle)
      if (window.isOpen) window.send('state', changes.next(state()))
    },
  })
  if (config.setAside) {
    const explanation = `The settings could not be read. They were moved to ${config.setAside}; the app starts with default settings.`
    appState.notify(problem('unexpected', explanation))
  }
  const sandbox = new SandboxConnection({ process: new SandboxProcess(), connections, watcher, credentials })
  return {
    ...storage,
    appState,
    connections,
    watcher,
    activity,
    drafts,
    applyService,
    hosting,
    hostingEnds,
    evidence,
    fleet: new Fleet({ watcher, hosting }),
    saveOriginal: (report) => window.withDialog((parent) => saveOriginal(report, parent)),
    exportDomains: (domains) => window.withDialog((parent) => exportDomains(domains, parent)),
    lookUpMx: (connectionId, addresses) => lookUpMx(addresses, connections.stubZones(connectionId)),
    credentialSettings,
    preferences,
    updates,
    window,
    presence,
    changes,
    sandbox,
    openLink,
  }
}

function createWindow({ config, log }: Storage, icon: TrayIcon, presence: TrayPresence): MainWindow {
  return new MainWindow({
    remembered: () => config.get().window,
    remember: (place) => {
      try {
        config.update((current) => ({ ...current, window: place }))
      } catch (error) {
        // A full disk is no reason to keep the window open.
        log.write('the window position was not saved', error)
      }
    },
    iconBounds: () => icon.bounds,
    style: () => config.get().preferences.windowStyle,
    livesOn: () => {
      const { closing } = config.get().preferences
      return closing === 'automatic' ? presence.hasTray : closing === 'keep'
    },
    onQuit: () => app.quit(),
    onShow: () => void presence.look(),
  })
}

function createPreferences(
  { config }: Storage,
  { window, onChange }: { window: MainWindow; onChange: () => void },
): PreferenceService {
  return new PreferenceService({
    config,
    app,
    shortcuts: globalShortcut,
    platform: process.platform,
    command: ownCommand(),
    configFolder: process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
    onShortcut: () => window.toggle(),
    onChange,
  })
}

async function openLink(url: string): Promise<void> {
  const link = checkedLink(url)
  if (!link) throw new ProblemError('refused', `Only https addresses can be opened in the browser. Found ${url}`)
  await shell.openExternal(link)
}

/** What starts this app again. An AppImage runs from a temporary folder; its own path is in `APPIMAGE`. */
function ownCommand(): string[] {
  return app.isPackaged ? [process.env.APPIMAGE ?? process.execPath] : [process.execPath, app.getAppPath()]
}
