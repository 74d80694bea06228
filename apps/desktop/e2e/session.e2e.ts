import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appFolder, hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, closeWithEscape, connect } from './harness/steps.ts'
import { patience, patienceForLooks, until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('in the desktop session', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
    await addDomain(page, 'example.test')
    await page.getByRole('button', { name: 'Back' }).click()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  /** Starts the app once more on the same folder; resolves with its exit code. */
  const again = (...args: string[]) =>
    new Promise<number | null>((resolve, reject) => {
      const executable = String(process.env.ELECTRON_EXEC_PATH)
      const child = spawn(executable, ['--no-sandbox', `--user-data-dir=${app.userData}`, appFolder, ...args], {
        stdio: 'ignore',
      })
      child.once('error', reject)
      child.once('exit', resolve)
    })

  it('a second start ends at once and shows the window of the first', async () => {
    const page = await app.window()
    await closeWithEscape(page)
    expect(await again()).toBe(0)
    await (await app.window()).getByText('example.test').first().waitFor()
    expect(app.electron.windows()).toHaveLength(1)
  })

  it('a link leads to its domain', async () => {
    await again('dmarc-watch://domain/EXAMPLE.test')
    await (await app.window()).getByRole('heading', { name: 'example.test', level: 1 }).waitFor()
  })

  it('a link that is none of ours leads nowhere', async () => {
    await again('dmarc-watch://apply/example.test?replace=yes')
    const page = await app.window()
    expect(await page.getByRole('heading', { name: 'example.test', level: 1 }).isVisible()).toBe(true)
    expect(await page.getByRole('heading', { name: 'Apply records' }).count()).toBe(0)
  })

  it('a second start cannot name a sandbox to trust', async () => {
    const file = join(app.userData, 'planted.json')
    const { apiUrl, token, accountId, customerZones, dns, tsig, stubZones } = sandbox
    writeFileSync(file, JSON.stringify({ apiUrl, token, accountId, customerZones, dns, tsig, stubZones }))
    expect(await again(`--sandbox-info=${file}`)).toBe(0)
    // A link after it shows that the second start was handled.
    await again('dmarc-watch://settings')
    const page = await app.window()
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor()
    expect(await page.getByRole('article', { name: 'Sandbox' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Start the sandbox' }).count()).toBe(1)
    await page.getByRole('button', { name: 'Back' }).click()
  })

  it('the window remembers its place', async () => {
    const page = await app.window()
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 60, width: 900, height: 640 }),
    )
    const closed = page.waitForEvent('close')
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
    await closed
    await again()
    await app.window()
    const bounds = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
    expect(bounds).toEqual({ x: 120, y: 60, width: 900, height: 640 })
  })

  it('a page that crashed is drawn again', async () => {
    const windows = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    await app.window()
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    await until(async () => (await windows()) === 0, 'the empty window is gone')
    const opened = app.electron.waitForEvent('window', { timeout: patience })
    await again()
    await (await opened).getByText('example.test').first().waitFor()
  })

  it('killed in the middle of things, it starts with everything it showed', async () => {
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('tab', { name: 'Activity' }).click()
    // What the app has seen itself; the service, which is away afterwards, remembers more.
    const seen = (on: Page) =>
      on
        .getByRole('region', { name: 'History' })
        .getByRole('listitem')
        .filter({ hasText: /^Action needed|^Ready/ })
    await seen(page).first().waitFor()
    const before = await seen(page).allInnerTexts()
    const child = app.electron.process()
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    const up = sandbox.faults.add({ fault: { kind: 'drop' } })
    app = await launch({ userData: app.userData })
    const anew = await app.window()
    await anew.getByRole('option', { name: /^example.test/ }).click()
    await anew.getByRole('tab', { name: 'Activity' }).click()
    await seen(anew).first().waitFor()
    const after = await seen(anew).allInnerTexts()
    up()
    const states = (texts: string[]) => texts.map((text) => text.split('\n')[0])
    expect(states(after)).toEqual(states(before))
    expect(states(before)[0]).toMatch(/^Action needed/)
  })

  it('started at login it shows its icon only', async () => {
    const hidden = await launch({ args: ['--hidden'] })
    // The history is opened before a window is; a window that should not be there comes soon after.
    await until(() => existsSync(join(hidden.userData, 'history.jsonl')), 'the app is up')
    // Fixed sleep: nothing signals that no window opens.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(hidden.electron.windows()).toHaveLength(0)
    await hidden.dispose()
  })

  it('the sandbox needs no account', async () => {
    const trial = await launch()
    const page = await trial.window()
    await page.getByRole('button', { name: 'Try the sandbox' }).click()
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor({ timeout: patienceForLooks })
    await addDomain(page, 'example.test', { mx: 'mail.example.test' })
    await page.getByRole('button', { name: 'Fix 4 records\u2026' }).click()
    await page.getByRole('button', { name: 'Apply 4 records' }).click()
    await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
    await trial.dispose()
  })
})
