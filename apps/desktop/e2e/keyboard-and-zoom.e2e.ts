import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { connect } from './harness/steps.ts'
import { addSampleDomains } from './harness/tour.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('without a mouse, or with large text', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    await addSampleDomains(sandbox)
    app = await launch()
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('option', { name: /^shop.test/ }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  const zoom = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel())

  it('Control with plus, minus and zero zooms', async () => {
    // Playwright's keys go to the page itself, past the window that handles these.
    const press = (keyCode: string) =>
      app.electron.evaluate(({ BrowserWindow }, key) => {
        BrowserWindow.getAllWindows()[0]?.webContents.sendInputEvent({
          type: 'keyDown',
          keyCode: key,
          modifiers: ['control'],
        })
      }, keyCode)
    await press('=')
    await until(async () => (await zoom()) === 1, 'the page is larger')
    await press('-')
    await press('-')
    await until(async () => (await zoom()) === -1, 'the page is smaller')
    await press('0')
    await until(async () => (await zoom()) === 0, 'the page has its size again')
  })

  it('Alt with the left arrow, and the back button of a mouse, lead back', async () => {
    const page = await app.window()
    const open = async () => {
      await page.getByRole('option', { name: /^shop.test/ }).click()
      await page.getByRole('heading', { level: 1, name: 'shop.test' }).waitFor()
    }
    await open()
    await page.keyboard.press('Alt+ArrowLeft')
    await page.getByRole('heading', { level: 1, name: 'shop.test' }).waitFor({ state: 'detached' })
    await open()
    await page.evaluate('window.dispatchEvent(new MouseEvent("mouseup", { button: 3, cancelable: true }))')
    await page.getByRole('heading', { level: 1, name: 'shop.test' }).waitFor({ state: 'detached' })
  })

  it('the focus is never left on the document when what had it is gone', async () => {
    const page = await app.window()
    const focused = () => page.evaluate<string>('document.activeElement.tagName')
    await page.getByRole('option', { name: /^shop.test/ }).click()
    await page.getByRole('heading', { level: 1, name: 'shop.test' }).waitFor()
    await page.getByRole('button', { name: 'Back' }).press('Enter')
    await page.getByRole('searchbox').waitFor()
    await until(async () => (await focused()) !== 'BODY', 'something has the focus')

    await page.getByRole('searchbox').fill('nothing like this')
    await page.getByRole('button', { name: 'Show all domains' }).press('Enter')
    await page.getByRole('option', { name: /^shop.test/ }).waitFor()
    await until(async () => (await focused()) !== 'BODY', 'something has the focus')
  })

  // WCAG 1.4.10 and 1.4.4. A zoom level is a factor of 1.2; text of twice the size leaves half the pixels.
  it.each([
    ['320 pixels', 320, 0],
    ['200 % text', 640, Math.log(2) / Math.log(1.2)],
  ])('nothing is cut off at %s', async (_what, width, level) => {
    const page = await app.window()
    await app.electron.evaluate(
      ({ BrowserWindow }, given) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.setBounds({ x: 0, y: 0, width: given.width, height: 700 })
        window?.webContents.setZoomLevel(given.level)
      },
      { width, level },
    )
    await until(async () => (await page.evaluate<number>('innerWidth')) <= 321, 'the window is narrow')
    const overflowing = () =>
      page.evaluate<string[]>(`[...document.querySelectorAll("html, .overview, .page, .page-body, .welcome")]
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => (part.className || part.tagName) + " " + part.scrollWidth + " > " + part.clientWidth)`)
    expect(await overflowing(), 'list').toEqual([])
    for (const [name, title] of [
      ['Settings', 'Settings'],
      ['Activity', 'Activity'],
      ['Add a domain', 'Add domains'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      expect(await overflowing(), name).toEqual([])
      await page.getByRole('button', { name: 'Back' }).click()
    }
    await page.getByRole('option', { name: /^shop.test/ }).click()
    await page.getByRole('heading', { level: 1, name: 'shop.test' }).waitFor()
    expect(await overflowing(), 'domain').toEqual([])
    await page.getByRole('tab', { name: 'Policy' }).click()
    await page.getByRole('button', { name: 'Edit policy' }).first().click()
    expect(await overflowing(), 'DMARC policy').toEqual([])
    await page.getByRole('button', { name: 'Cancel' }).click()
    for (const tab of ['Records', 'Reports', 'Activity']) {
      await page.getByRole('tab', { name: tab }).click()
      expect(await overflowing(), tab).toEqual([])
    }
    await page.getByRole('button', { name: 'Back' }).click()
  })
})
