// Idle with 500 healthy domains and the window closed: memory against the bare app, and what the app asked of the service
// in a minute. Its timers are counted in timer-wakes.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFolder } from '../e2e/harness/app.ts'
import { connectedTo } from './fleet.ts'
import { startApp } from './launch.ts'
import { familyOf, memoryOf } from './processes.ts'
import { against, atMost, print } from './result.ts'

const settle = Number(process.env.SETTLE_SECONDS ?? 20) * 1000
const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const bare = await startApp(join(import.meta.dirname, 'bare-app'))
await rest(settle)
const bareMemory = memoryOf(familyOf(Number(bare.child.pid)))
await bare.stop()

const userData = mkdtempSync(join(tmpdir(), 'bench-'))
const fleet = await connectedTo(500, userData)
const ours = await startApp(appFolder, { args: ['--hidden'], userData })
await rest(settle)
const before = fleet.requests()
const memory = memoryOf(familyOf(Number(ours.child.pid)))
await rest(60_000)
const asked = fleet.requests() - before
await ours.stop()
await fleet.close()
rmSync(userData, { recursive: true, force: true })
print([
  against('desktop: idle memory, window closed, 500 domains', memory, bareMemory, 'MB', 1.3),
  atMost('desktop: requests in an idle minute', asked, 'requests', 1),
])
process.exit(0)
