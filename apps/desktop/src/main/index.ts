// The start of the app: only what the tray icon needs. Everything else is loaded once the icon is shown.
import { setTimeout } from 'node:timers/promises'
import { app, dialog, protocol, session } from 'electron'
import { scheme } from '../shared/deep-link.ts'
import { builtFile } from './built-files.ts'
import { hardenContents, hardenSession, withoutSpellChecker } from './security/harden.ts'
import { pageScheme, servePage } from './security/page.ts'
import { readStartOptions } from './start-options.ts'
import { TrayIcon } from './tray/tray-icon.ts'

const ICON_SETTLES_MS = 30

app.setName('DMARC Watch')
// Windows shows notifications and groups windows under this name; it is that of the package.
if (process.platform === 'win32') app.setAppUserModelId('org.dmarc-as-code.watch')
// Where the operating system cannot sandbox (root in a container), the switch was given on purpose.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: pageScheme, privileges: { standard: true, secure: true, codeCache: true } },
])
hardenContents(app)
withoutSpellChecker(app)

if (app.requestSingleInstanceLock()) start().catch(giveUp)
else app.quit()

async function start(): Promise<void> {
  // Links and second starts may come before there is anything to show them in.
  const early: string[][] = []
  let onStart: (args: readonly string[]) => void = (args) => void early.push([...args])
  app.on('second-instance', (_event, args) => onStart(args))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    onStart([url])
  })
  // The icon stays when the window goes; without a listener Electron would quit.
  app.on('window-all-closed', () => {})

  await app.whenReady()
  let actions:
    | { click: () => void; act: (...input: Parameters<ConstructorParameters<typeof TrayIcon>[1]['onAction']>) => void }
    | undefined
  const icon = new TrayIcon(
    { state: 'empty', count: 0, summary: 'Starting' },
    { onClick: () => actions?.click(), onAction: (action, key) => actions?.act(action, key) },
  )
  // The panel and this thread exchange a few messages before the icon is seen; what follows would hold them up.
  await setTimeout(ICON_SETTLES_MS)
  hardenSession(session.defaultSession)
  protocol.handle(pageScheme, (request) => servePage(builtFile('renderer'), request))

  const { runApp } = await import('./app.ts')
  const start = readStartOptions(process.argv.slice(1))
  const atLogin = process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
  const running = runApp(icon, { ...start, hidden: start.hidden || atLogin })
  // A click in the Dock, on macOS. Bound only now, as the first start is an activation, too.
  app.on('activate', () => running.onStart([]))
  actions = running.tray
  onStart = running.onStart
  for (const args of early) onStart(args)
  app.setAsDefaultProtocolClient(scheme)
}

/** Without its folder, say, there is no app; an icon that says "Starting" for ever would be worse than the truth. */
function giveUp(error: unknown): void {
  dialog.showErrorBox('DMARC Watch could not start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}
