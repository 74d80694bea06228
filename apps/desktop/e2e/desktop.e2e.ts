import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { closeWithEscape, connect } from './harness/steps.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('what the desktop does for the app', () => {
  const settings = mkdtempSync(join(tmpdir(), 'settings-'))
  const autostart = join(settings, 'autostart', 'dmarc-watch.desktop')
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    app = await launch({ env: { XDG_CONFIG_HOME: settings } })
    const page = await app.window()
    await connect(page, sandbox)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
  })
  afterAll(async () => {
    await app.dispose()
    await sandbox.close()
    rmSync(settings, { recursive: true })
  })

  it('starts it at login, icon only, for as long as that is switched on', async () => {
    const page = await app.window()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('Start at login').click()
    await until(() => existsSync(autostart), 'the desktop has the entry')
    const command = /^Exec="(.+)" "(.+)" --hidden$/m.exec(readFileSync(autostart, 'utf8'))
    expect([command?.[1], command?.[2]].map((path) => existsSync(String(path)))).toEqual([true, true])
    await page.getByText('Start at login').click()
    await until(() => !existsSync(autostart), 'the entry is gone')
  })

  it.skipIf(!hasPrograms('xdotool'))('a shortcut shows and hides the window from anywhere', async () => {
    const page = await app.window()
    const field = page.getByLabel('Global shortcut')
    await field.focus()
    await page.keyboard.press('Control+Alt+Shift+F9')
    await until(async () => (await field.inputValue()).endsWith('F9'), 'the field has the keys')
    await page.getByRole('button', { name: 'Back' }).click()
    await closeWithEscape(page)
    const press = () => execFileSync('xdotool', ['key', 'ctrl+alt+shift+F9'])
    press()
    await (await app.window()).getByRole('heading', { name: 'No domains yet' }).waitFor()
    await until(
      () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFocused() === true),
      'the window has the keyboard',
    )
    press()
    await until(() => app.electron.windows().length === 0, 'the window is gone')
    press()
    await (await app.window()).getByRole('heading', { name: 'No domains yet' }).waitFor()
  })

  it('waking up makes it look at once', async () => {
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    await client.domains.create(sandbox.accountId, { address: 'example.test', rua_report: true, ruf_report: false })
    // Without domains in progress the next look is an hour away.
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
    await (await app.window()).getByRole('option', { name: /^example.test/ }).waitFor()
  })
})
