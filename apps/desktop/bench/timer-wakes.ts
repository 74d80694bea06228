// Idle with 500 healthy domains and the window closed: how often a timer wakes the app. Electron itself wakes every few
// seconds whatever is in it, so the bare app is watched over the same minutes, and the timers of the app's own code are told
// apart from Chromium's.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasPrograms } from '../../../test-support/programs.ts'
import { appFolder } from '../e2e/harness/app.ts'
import { TrayHost } from '../e2e/harness/tray-host.ts'
import { connectedTo } from './fleet.ts'
import { startApp } from './launch.ts'
import { against, atMost, print } from './result.ts'
import { timedWaits } from './timed-waits.ts'

if (!hasPrograms('strace')) throw new Error('This figure needs strace, see scripts/system-packages.mjs.')
// For up to three minutes after the start V8 looks every eight seconds whether there is garbage to collect; then it rests.
const settle = Number(process.env.SETTLE_SECONDS ?? 200) * 1000
const minutes = Number(process.env.MINUTES ?? 2)

const userData = mkdtempSync(join(tmpdir(), 'bench-'))
const fleet = await connectedTo(500, userData)
const tray = new TrayHost()
await tray.start()
const bare = await startApp(join(import.meta.dirname, 'bare-app'), { tray })
const ours = await startApp(appFolder, { tray, args: ['--hidden'], userData })
await new Promise((resolve) => setTimeout(resolve, settle))
const [bareWaits, ourWaits] = await Promise.all(
  [bare, ours].map(({ child }) => timedWaits(Number(child.pid), minutes * 60_000)),
)
if (!bareWaits || !ourWaits) throw new Error('nothing was measured')
await ours.stop()
await bare.stop()
tray.stop()
await fleet.close()
rmSync(userData, { recursive: true, force: true })
print([
  atMost("desktop: timer wakes of the app's own code, idle, 500 domains", ourWaits.own / minutes, 'wakes/min', 1),
  against(
    'desktop: timer wakes of all its processes, idle, 500 domains',
    ourWaits.all / minutes,
    bareWaits.all / minutes,
    'wakes/min',
    1.1,
  ),
])
process.exit(0)
