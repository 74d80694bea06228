// Opening the window with 500 domains: from the click until the list stands and the search field takes input.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../e2e/harness/app.ts'
import { closeWithEscape } from '../e2e/harness/steps.ts'
import { connectedTo } from './fleet.ts'
import { atMost, median, print } from './result.ts'

const rounds = Number(process.env.ROUNDS ?? 7)
const userData = mkdtempSync(join(tmpdir(), 'bench-'))
const fleet = await connectedTo(500, userData)
const app = await launch({ userData })
const page = await app.window()
await page.getByRole('heading', { name: 'All 500 domains are ready' }).waitFor()
await closeWithEscape(page)

const times: number[] = []
for (let round = 0; round < rounds; round++) {
  times.push(await app.electron.evaluate(openAndWait))
  await closeWithEscape(await app.window())
}
await app.close()
await fleet.close()
rmSync(userData, { recursive: true, force: true })
print([atMost('desktop: open the window with 500 domains', median(times), 'ms', 300)])
process.exit(0)

/** Runs in the main process: as a second start of the app does, it asks for the window, and then asks the page. */
async function openAndWait({ app: running, BrowserWindow }: typeof Electron.CrossProcessExports): Promise<number> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 2))
  // The page of the last round is gone, its window perhaps not quite; it must not be taken for the new one.
  while (BrowserWindow.getAllWindows().length > 0) await pause()
  const begun = performance.now()
  running.emit('second-instance', {}, [])
  const ready = 'Boolean(document.querySelector("[role=option]") && document.querySelector("input[type=search]"))'
  for (;;) {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents && !contents.isLoading() && (await contents.executeJavaScript(ready))) return performance.now() - begun
    await pause()
  }
}
