import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { NotificationServer } from './harness/notification-server.ts'
import { closeWithEscape, connect } from './harness/steps.ts'
import { TrayHost } from './harness/tray-host.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('the tray icon, its menu and the notifications, as a desktop sees them', () => {
  const tray = new TrayHost()
  const notifications = new NotificationServer()
  let sandbox: Sandbox
  let app: LaunchedApp
  let pixels: Buffer | undefined

  beforeAll(async () => {
    sandbox = await createSandbox()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const { id } = await client.domains.create(sandbox.accountId, {
      address: 'example.test',
      rua_report: true,
      ruf_report: false,
    })
    await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    await tray.start()
    await notifications.start()
    app = await launch()
  })
  afterAll(async () => {
    await app.dispose()
    tray.stop()
    notifications.stop()
    await sandbox.close()
  })

  const backToTheList = async () => {
    const back = (await app.window()).getByRole('button', { name: 'Back' })
    if (await back.isVisible()) await back.click()
  }
  const labels = async () => (await tray.menu()).map((item) => item.label).filter(Boolean)

  it('before anything is set up', async () => {
    await until(async () => (await tray.tooltip()).includes('Not set up'), 'the tooltip says so')
    const [icon] = await tray.icons()
    expect(icon?.pixels.some((byte) => byte !== 0)).toBe(true)
    pixels = icon?.pixels
    expect(await labels()).toContain('Open DMARC Watch')
  })

  it('a domain that needs somebody changes icon, tooltip and menu', async () => {
    await connect(await app.window(), sandbox)
    await until(async () => (await tray.tooltip()).includes('1 domain needs action'), 'the tooltip says so')
    const [icon] = await tray.icons()
    expect(pixels && icon?.pixels.equals(pixels)).toBe(false)
    expect(await labels()).toEqual(
      expect.arrayContaining(['1 domain needs action', 'example.test: Action needed', 'Apply missing CNAMEs…']),
    )
  })

  it('a click opens and closes the window', async () => {
    const page = await app.window()
    await closeWithEscape(page)
    await tray.click()
    await (await app.window()).getByText('example.test').first().waitFor()
  })

  it.each(['close', 'closed'] as const)(
    'who asks for the window at the moment it emits "%s" gets one',
    async (moment) => {
      const page = await app.window()
      await app.electron.evaluate(({ app: running, BrowserWindow }, event) => {
        const [window] = BrowserWindow.getAllWindows()
        const ask = () => running.emit('second-instance', {}, [])
        // Of a window that is gone the app may hear only after whoever asks.
        if (event === 'closed') window?.prependOnceListener('closed', ask)
        else window?.once('close', ask)
      }, moment)
      await closeWithEscape(page)
      await (await app.window()).getByText('example.test').first().waitFor()
      const count = await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
      expect(count).toBe(1)
    },
  )

  it.each([
    ['example.test: Action needed', 'example.test'],
    ['Apply missing CNAMEs\u2026', 'Apply records'],
    ['Add a domain\u2026', 'Add domains'],
    ['Settings\u2026', 'Settings'],
  ])('the menu leads to "%s", also while the window is away', async (line, heading) => {
    await backToTheList()
    await closeWithEscape(await app.window())
    await tray.choose(line)
    await (await app.window()).getByRole('heading', { name: heading, level: 1, exact: true }).waitFor()
  })

  it('a domain that becomes ready is notified once, and the click leads to it', async () => {
    const before = notifications.seen.length
    // What is on screen needs no notification.
    await backToTheList()
    await closeWithEscape(await app.window())
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const [domain] = await client.domains.list().all()
    const target = domain?.cname_records?.[0]?.value
    sandbox.zone('example.test').apply([['_dmarc.example.test', [{ type: 'CNAME', ttl: 60, data: [String(target)] }]]])
    await until(() => notifications.seen.length > before, 'the notification arrives', patienceForLooks)
    const [told] = notifications.seen.slice(before)
    expect(told?.summary).toBe('example.test is ready')
    await until(async () => (await tray.tooltip()).includes('The domain is ready'), 'the tooltip says so')
    notifications.click(told?.id ?? 0)
    const page = await app.window()
    await page.getByRole('heading', { name: 'example.test', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Verify now' }).click()
    await page.getByRole('button', { name: 'DMARC policy' }).click()
    await page.getByText('is in place and verified.').waitFor()
    expect(notifications.seen.slice(before)).toHaveLength(1)
  })

  it('the menu opens the window and has the service asked', async () => {
    await backToTheList()
    await closeWithEscape(await app.window())
    await tray.choose('Open DMARC Watch')
    const list = await app.window()
    await list.getByRole('option', { name: /^example.test/ }).waitFor()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const other = await client.domains.create(sandbox.accountId, {
      address: 'shop.test',
      rua_report: true,
      ruf_report: false,
    })
    // All are ready, so the next look by the clock is an hour away.
    await tray.choose('Check now')
    await list.getByRole('option', { name: /^shop.test/ }).waitFor()
    await client.domains.delete(sandbox.accountId, other.id)
  })

  it('the menu quits', async () => {
    const ended = new Promise((resolve) => app.electron.process().once('exit', resolve))
    await tray.choose('Quit')
    await ended
  })
})
