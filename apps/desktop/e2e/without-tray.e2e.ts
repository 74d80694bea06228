import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { TrayHost } from './harness/tray-host.ts'
import { until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('on a desktop without a tray', () => {
  const close = (app: LaunchedApp) =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const ended = (app: LaunchedApp) => new Promise<void>((done) => app.electron.process().once('exit', () => done()))

  it('the window is an ordinary one: it has Quit, and closing it ends the app', async () => {
    const app = await launch({ closing: 'automatic' })
    const page = await app.window()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByText('This desktop shows no tray icons').waitFor()
    await page.getByRole('button', { name: 'Quit DMARC Watch' }).waitFor()
    const end = ended(app)
    await close(app)
    await end
    await app.dispose()
  })

  it('the app that starts hidden is in the task bar, not nowhere', async () => {
    const app = await launch({ closing: 'automatic', args: ['--hidden'] })
    // The history is opened once the app is up.
    await until(() => existsSync(join(app.userData, 'history.jsonl')), 'the app is up')
    const count = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    // An evaluation may be cut off while the app starts; the next one tells.
    await until(async () => (await count().catch(() => 0)) === 1, 'the window is there')
    await app.dispose()
  })

  describe('and on one that has a tray', () => {
    const tray = new TrayHost()
    beforeAll(() => tray.start())
    afterAll(() => tray.stop())

    it('closing the window leaves the app in the tray', async () => {
      const app = await launch({ closing: 'automatic' })
      await app.window()
      const closed = (await app.window()).waitForEvent('close')
      await until(
        async () =>
          (await (
            await app.window()
          ).evaluate(async () => {
            const { dmarcWatch } = globalThis as unknown as {
              dmarcWatch: import('../src/shared/contract/contract.ts').TextBridge
            }
            const answer = JSON.parse(
              await dmarcWatch.request('getState'),
            ) as import('../src/shared/contract/contract.ts').Answer<'getState'>
            return answer.ok && answer.value.state.hasTray
          })) === true,
        'the tray is found',
      )
      await close(app)
      await closed
      await tray.click()
      expect(await (await app.window()).title()).toBe('DMARC Watch')
      await app.dispose()
    })
  })
})
