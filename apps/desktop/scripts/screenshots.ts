// Regenerates the pictures of README.md: every main view of the built app, light and dark. Run it by `npm run screenshots`;
// the tests walk the same way but write nothing.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { launch } from '../e2e/harness/app.ts'
import { addSampleDomains, walk } from '../e2e/harness/tour.ts'
import { prepareElectron } from './prepare-electron.ts'

process.env.ELECTRON_EXEC_PATH ??= await prepareElectron()
process.env.DMARC_WATCH_NODE ??= process.execPath
const folder = resolve(import.meta.dirname, '../docs/screenshots')
mkdirSync(folder, { recursive: true })

for (const theme of ['light', 'dark'] as const) {
  const sandbox = await createSandbox()
  await addSampleDomains(sandbox)
  const app = await launch()
  const page = await app.window()
  await app.electron.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, theme)
  await walk(app, sandbox, async (name, page) => {
    if (theme === 'dark' && !['overview', 'domain', 'plan', 'policy', 'reports', 'settings', 'activity'].includes(name))
      return
    // Tooltips and focus rings follow the pointer; a picture should not.
    await page.mouse.move(0, 0)
    await page.screenshot({ path: join(folder, `${name}${theme === 'dark' ? '-dark' : ''}.png`) })
  })
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByRole('heading', { name: 'Cannot reach the service' }).waitFor({ state: 'detached' })
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width: 1120, height: 780 }),
  )
  await page.getByRole('option', { name: /^shop.test/ }).click()
  await page.getByRole('heading', { name: 'shop.test', level: 1 }).waitFor()
  await page.screenshot({ path: join(folder, `wide${theme === 'dark' ? '-dark' : ''}.png`) })
  await app.dispose()
  await sandbox.close()
}
