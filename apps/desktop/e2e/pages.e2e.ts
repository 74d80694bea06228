import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessibilityViolations } from './harness/accessibility.ts'
import { appFolder, hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addSampleDomains, walk } from './harness/tour.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('every page', () => {
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    await addSampleDomains(sandbox)
    app = await launch()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
  })

  it('has no barrier that axe can find, in the light and in the dark', async () => {
    const found: Record<string, string[]> = {}
    const visited: string[] = []
    await walk(app, sandbox, async (name, page) => {
      visited.push(name)
      // Only the parts of a page scroll; a window that does loses its head.
      expect(await page.evaluate('document.scrollingElement.scrollTop'), name).toBe(0)
      for (const theme of ['light', 'dark'] as const) {
        const list = await accessibilityViolations(app, page, theme)
        if (list.length > 0) found[`${name}, ${theme}`] = list
      }
      await page.mouse.move(0, 0)
    })
    expect(found).toEqual({})
    // The pictures of the README are of these views, so a view without one, or one without a view, is an oversight.
    const pictures = readdirSync(join(appFolder, 'docs/screenshots')).map((name) => name.replace(/(-dark)?\.png$/, ''))
    expect([...new Set(pictures)].filter((name) => name !== 'wide').sort()).toEqual([...visited].sort())
  })

  it('has its pictures in the README', () => {
    const readme = readFileSync(join(appFolder, 'README.md'), 'utf8')
    const shown = [...readme.matchAll(/\]\((docs\/screenshots\/[^)]+)\)/g)].map(([, path]) =>
      join(appFolder, String(path)),
    )
    expect(shown.length).toBeGreaterThan(5)
    for (const path of shown) expect(readFileSync(path).subarray(1, 4).toString(), path).toBe('PNG')
  })

  it('is reached by keyboard alone', async () => {
    const page = await app.window()
    await page.getByRole('searchbox').focus()
    await page.keyboard.type('agency')
    await page.getByText('example.test').waitFor({ state: 'detached' })
    await page.getByRole('listbox', { name: 'Domains' }).press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    // The arrows only move through the list; a page that opened under way would take the keyboard from it.
    const focused = await page.evaluate<string>('document.activeElement.innerText')
    expect(focused).toMatch(/^agency\.test/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'agency.test' }).waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').waitFor()
  })

  it('a wide window shows list and domain side by side, each whole and scrolling by itself', async () => {
    const page = await app.window()
    await page.getByRole('searchbox').fill('')
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1120, height: 700 }),
    )
    await page.getByRole('option', { name: /^shop.test/ }).click()
    await page.getByRole('heading', { name: 'shop.test', level: 1 }).waitFor()
    const isTrue = async (expression: string) => expect(await page.evaluate(expression), expression).toBe(true)
    await isTrue('document.querySelector(".bottom").getBoundingClientRect().bottom <= innerHeight')
    await isTrue('document.querySelector(".page-body").getBoundingClientRect().bottom <= innerHeight')
    await isTrue('document.querySelector(".page-body").scrollWidth <= document.querySelector(".page-body").clientWidth')
    await isTrue('document.querySelector(".page-head").getBoundingClientRect().top >= 0')
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1120, 480))
    await until(async () => (await page.evaluate<number>('innerHeight')) < 500, 'the window is low')
    await page.getByRole('button', { name: 'DMARC policy' }).click()
    await page.evaluate('document.querySelector(".page-body").scrollTo(0, 10_000)')
    await isTrue('document.querySelector(".page-body").scrollTop > 0')
    // The header with the verdict and the next action stays.
    await isTrue('document.querySelector(".verdict-line").getBoundingClientRect().top >= 0')
  })
})
