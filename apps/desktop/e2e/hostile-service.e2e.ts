import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventChannel } from '../src/shared/contract/channels.ts'
import type { Place } from '../src/shared/deep-link.ts'
import { accessibilityViolations } from './harness/accessibility.ts'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { type Between, between } from './harness/rewriting-proxy.ts'
import { connect } from './harness/steps.ts'
import { addSampleDomains } from './harness/tour.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

/** HTML, a script, a turned direction, control characters, a formula, and no place to break a line. */
const evil = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>\u202egnp.exe\u0000\u0007\u001b[31m=1+1\`{count}|${'W'.repeat(2_000)}`

/** What a service may say in words of its own, said by one that means harm. */
function turned(object: Record<string, unknown>): object {
  const said = { ...object }
  if (Array.isArray(said.problems)) {
    const id = 7
    const words = { code: evil, message: evil, fix: evil, from: evil, subject: evil, way: evil, path: [evil] }
    const fields = { line: null, size: 1, raw_available: true, acceptable: true, accepted_at: null }
    said.problems = [{ id, received_at: evil, ...words, ...fields }]
  }
  if ('color' in said && 'name' in said) return { ...said, name: evil, color: `url(https://evil.example/${evil})` }
  if ('title' in said && 'slug' in said) said.title = evil
  if ('address' in said && 'user_id' in said) said.managed_by = { workspace: evil, label: evil }
  if ('action' in said) return { ...said, action: evil, before: { a: 1 }, after: { [evil]: 1 } }
  if ('service' in said && 'part' in said && 'from' in said)
    return { ...said, from: 'x', to: evil, reason: evil, found: evil }
  if ('record' in said && 'value' in said) return { ...said, reason: evil }
  for (const name of ['found', 'fix', 'expected', 'name', 'cause', 'code', 'kind'])
    if (typeof said[name] === 'string' && !('value' in said)) said[name] = evil
  if (Array.isArray(said.about)) said.about = [evil, evil]
  return said
}

describe.skipIf(!hasSession)('a service that answers with anything', () => {
  let sandbox: Sandbox
  let service: Between
  let app: LaunchedApp
  let page: Page
  beforeAll(async () => {
    sandbox = await createSandbox()
    await addSampleDomains(sandbox)
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    expect(await client.domains.list().all()).not.toHaveLength(0)
    await sandbox.reports.play({ domain: 'example.test', days: 32, services: { 'crm.example.net': { messages: 3 } } })
    service = await between(sandbox.apiUrl, turned)
    app = await launch()
    page = await app.window()
    await connect(page, { ...sandbox, apiUrl: service.url })
    await page.getByRole('option', { name: /^example.test/ }).waitFor({ timeout: patienceForLooks })
    await app.close()
    const file = join(app.userData, 'config.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...config, preferences: { ...config.preferences, language: 'de' } }))
    app = await launch({ userData: app.userData })
    page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await service.close()
    await sandbox.close()
  })

  const go = (place: Place) =>
    app.electron.evaluate(
      ({ BrowserWindow }, [channel, text]) =>
        BrowserWindow.getAllWindows()[0]?.webContents.send(String(channel), 'place', String(text)),
      [eventChannel, JSON.stringify(place)],
    )
  const resize = async (width: number) => {
    await app.electron.evaluate(
      ({ BrowserWindow }, given) =>
        BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: given, height: 700 }),
      width,
    )
    await until(async () => Math.abs((await page.evaluate<number>('innerWidth')) - width) < 20, `${width} pixels`)
  }
  /** What is cut off, and text that turns what stands beside it. */
  const faults = () =>
    page.evaluate<string[]>(`(() => {
      const cut = [...document.querySelectorAll('html, .overview, .page, .page-body, .welcome')]
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => {
          const widest = [...part.querySelectorAll('*')].filter(
            (each) => each.scrollWidth > part.clientWidth && ![...each.children].some((own) => own.scrollWidth > part.clientWidth),
          )
          const names = widest.slice(0, 4).map((each) => each.tagName + '.' + each.className + ' ' + each.innerText?.slice(0, 40))
          return (part.className || part.tagName) + ' ' + part.scrollWidth + ' > ' + part.clientWidth + ': ' + names.join('; ')
        })
      const turning = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (/[\\u202a-\\u202e]/.test(node.data) && !/isolate/.test(getComputedStyle(node.parentElement).unicodeBidi))
          turning.push('turns: ' + node.parentElement.outerHTML.slice(0, 120))
      }
      return [...cut, ...turning, ...(window.hacked ? ['a script ran'] : [])]
    })()`)
  const found: Record<string, string[]> = {}
  const check = async (what: string) => {
    const list = [...(await faults()), ...(await accessibilityViolations(app, page, 'light'))]
    if (list.length > 0) found[what] = list
  }

  it.each([320, 1000])(
    'in German and at %i pixels, it cuts nothing off, turns nothing around and runs nothing',
    async (width) => {
      await resize(width)
      await go({ page: 'overview' })
      await check('list')
      await go({ page: 'settings' })
      await page.getByRole('heading', { level: 1, name: 'Einstellungen' }).waitFor()
      await check('settings')
      await go({ page: 'add-domain' })
      await page.getByRole('heading', { level: 1, name: 'Domains hinzufügen' }).waitFor()
      await check('adding domains')
      for (const address of ['example.test', 'shop.test']) {
        await go({ page: 'domain', address })
        await page.getByRole('heading', { level: 1, name: address }).waitFor()
        for (const tab of ['Einträge', 'Richtlinie', 'Berichte', 'Verlauf']) {
          await page.getByRole('tab', { name: tab }).click()
          if (tab === 'Berichte') await page.getByRole('button', { name: 'Annehmen' }).waitFor()
          if (tab === 'Verlauf') await page.getByRole('list', { name: 'Zeitleiste' }).waitFor()
          await check(`${address}, ${tab}`)
        }
      }
      expect(found).toEqual({})
    },
  )
})
