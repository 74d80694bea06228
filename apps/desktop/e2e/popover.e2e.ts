import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { closeWithEscape, connect } from './harness/steps.ts'
import { TrayHost } from './harness/tray-host.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('the window as a popover of the tray icon', () => {
  const tray = new TrayHost()
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    await tray.start()
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    tray.stop()
    await sandbox.close()
  })

  const shown = () =>
    app.electron.evaluate(({ BrowserWindow, screen }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (!window) return undefined
      const { width: outer, height } = window.getBounds()
      const { x, y, width, height: screenHeight } = screen.getPrimaryDisplay().workArea
      const bounds = window.getBounds()
      return {
        isOnTop: window.isAlwaysOnTop(),
        isResizable: window.isResizable(),
        hasFrame: window.getContentSize()[1] !== height || window.getContentSize()[0] !== outer,
        isInside:
          bounds.x >= x && bounds.y >= y && bounds.x + outer <= x + width && bounds.y + height <= y + screenHeight,
        isFocused: window.isFocused(),
      }
    })
  const isGone = () => until(() => app.electron.windows().length === 0, 'the popover is gone')
  const lookElsewhere = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const other = new BrowserWindow({ width: 200, height: 200 })
      BrowserWindow.getAllWindows()
        .find((window) => window !== other)
        ?.once('close', () => other.destroy())
      other.focus()
    })

  it('opens where the icon is, above the others, once that is chosen', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('Under the icon', { exact: true }).click()
    await page.getByRole('button', { name: 'Back' }).click()
    await closeWithEscape(page)
    await tray.click()
    await (await app.window()).getByRole('heading', { name: 'No domains yet' }).waitFor()
    await until(async () => (await shown())?.isFocused === true, 'it has the keyboard')
    expect(await shown()).toMatchObject({ isOnTop: true, isResizable: false, hasFrame: false, isInside: true })
  })

  it('closes when another window is used, and opens again by a click on the icon', async () => {
    await lookElsewhere()
    await isGone()
    await tray.click()
    await (await app.window()).getByRole('heading', { name: 'No domains yet' }).waitFor()
  })

  it('stays while a dialog of the system is open over it', async () => {
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    await client.domains.create(sandbox.accountId, { address: 'example.test', rua_report: true, ruf_report: false })
    const page = await app.window()
    await until(async () => (await shown())?.isFocused === true, 'it has the keyboard')
    await page.getByRole('button', { name: 'Check now' }).click()
    await page.getByRole('option', { name: /^example.test/ }).waitFor()
    // A dialog as the system's: a window of its own, open until the person has answered.
    await app.electron.evaluate(({ BrowserWindow, dialog }) => {
      dialog.showSaveDialog = async () => {
        const opened = new BrowserWindow({ width: 200, height: 200, title: 'Export domains' })
        opened.focus()
        await new Promise((resolve) => opened.once('closed', () => resolve(undefined)))
        return { canceled: true, filePath: '' }
      }
    })
    await page.getByRole('button', { name: 'Select several' }).click()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await page.getByRole('button', { name: 'Export CSV\u2026' }).click()
    const dialogIsFocused = () =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.getTitle() === 'Export domains')
    await until(dialogIsFocused, 'the dialog has the keyboard')
    await page.getByRole('option', { name: /^example.test/ }).waitFor()
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.close())
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('option', { name: /^example.test/ }).waitFor()
  })
})
