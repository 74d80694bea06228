import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { patience } from './wait-until.ts'

/** Set by scripts/test.ts where there is a display, a session bus and a keyring. */
export const hasSession = process.env.DMARC_WATCH_SESSION === '1'

export const appFolder: string = resolve(import.meta.dirname, '../..')

export interface LaunchOptions {
  /** A folder of an earlier run, to start again on it. Default: a new one. */
  readonly userData?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What closing the window does in a new folder. Default: the app goes on, though the session has no tray. */
  readonly closing?: 'automatic' | 'keep' | 'quit'
  /** Another executable, which is then the app itself. */
  readonly executable?: string
}

export interface LaunchedApp {
  readonly electron: ElectronApplication
  readonly userData: string
  /** Everything it wrote to its standard streams. */
  readonly output: () => string
  window(): Promise<Page>
  /** Quits and leaves `userData`. */
  close(): Promise<void>
  /** Quits and removes `userData`. */
  dispose(): Promise<void>
}

/** How many times sooner the app looks again than for people. */
const pace = '5'

function newFolder(closing: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dmarc-watch-'))
  if (closing !== 'automatic')
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ version: 1, preferences: { closing } }))
  return folder
}

/** Starts the built app in the real Electron. What the page logs as an error fails the test that closes it. */
export async function launch(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userData = options.userData ?? newFolder(options.closing ?? 'keep')
  const executablePath = options.executable ?? process.env.ELECTRON_EXEC_PATH
  if (!executablePath) throw new Error('ELECTRON_EXEC_PATH is not set; run the tests by `npm test`')
  const electron = await _electron.launch({
    executablePath,
    timeout: patience,
    args: [
      '--no-sandbox',
      `--user-data-dir=${userData}`,
      ...(options.executable ? [] : [appFolder]),
      ...(options.args ?? []),
    ],
    // Playwright would force the light theme otherwise; the app's own choice is under test.
    colorScheme: null,
    env: { DMARC_WATCH_PACE: pace, ...(process.env as Record<string, string>), ...options.env },
  })
  electron.context().setDefaultTimeout(patience)
  let output = ''
  const child = electron.process()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const complaints: string[] = []
  electron.context().on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const close = async () => {
    const ended = new Promise<void>((done) => (child.exitCode === null ? child.once('exit', () => done()) : done()))
    await electron.evaluate(({ app }) => app.quit()).catch(() => {})
    await ended
    if (complaints.length > 0) throw new Error(`the page complained: ${complaints.join('; ')}`)
  }
  return {
    electron,
    userData,
    output: () => output,
    window: async () => {
      const page = electron.windows()[0] ?? (await electron.waitForEvent('window', { timeout: patience }))
      await page.locator('#root > *').first().waitFor()
      return page
    },
    close,
    async dispose() {
      try {
        await close()
      } finally {
        rmSync(userData, { recursive: true, force: true })
      }
    },
  }
}
