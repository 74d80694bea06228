// Scrolling through 5,000 domains: frames that come late, against the same window while nothing moves, so that what the
// machine itself loses does not count.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../e2e/harness/app.ts'
import { connectedTo } from './fleet.ts'
import { atMost, print } from './result.ts'

const frames = 180
const userData = mkdtempSync(join(tmpdir(), 'bench-'))
const fleet = await connectedTo(5_000, userData)
const app = await launch({ userData })
const page = await app.window()
await page.getByRole('heading', { name: 'All 5,000 domains are ready' }).waitFor()

/** How many of the frames came more than half a frame late. */
const lateFrames = (step: number) =>
  page.evaluate<number>(`new Promise((resolve) => {
    const list = document.querySelector('[role=listbox]')
    const scroller = [list, ...ancestors(list)].find((part) => part.scrollHeight > part.clientHeight + 100)
    function ancestors(part) { return part.parentElement ? [part.parentElement, ...ancestors(part.parentElement)] : [] }
    const times = []
    const next = (now) => {
      times.push(now)
      scroller.scrollTop += ${step}
      if (times.length <= ${frames}) return requestAnimationFrame(next)
      resolve(times.slice(1).filter((time, index) => time - times[index] > 25).length)
    }
    scroller.scrollTop = 0
    requestAnimationFrame(next)
  })`)

const still = await lateFrames(0)
const moving = await lateFrames(160)
await app.close()
await fleet.close()
rmSync(userData, { recursive: true, force: true })
print([
  atMost(
    `desktop: frames late while 5,000 domains scroll (of ${frames}, beyond a still list)`,
    Math.max(moving - still, 0),
    'frames',
    2,
  ),
])
process.exit(0)
