// Idle with 500 healthy domains and the window closed: memory against the bare app, and what the app asked of the service
// and of anybody else in a minute. Its timers are counted in timer-wakes.ts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
const netLog = join(userData, 'net-log.json')
const ours = await startApp(appFolder, { args: ['--hidden', `--log-net-log=${netLog}`], userData })
await rest(settle)
const before = fleet.requests()
const memory = memoryOf(familyOf(Number(ours.child.pid)))
await rest(60_000)
const asked = fleet.requests() - before
await ours.stop()
// Everything that Chromium requested since the start, of whomever: updates of its parts, dictionaries, certificates.
const urls = [...readFileSync(netLog, 'utf8').matchAll(/"url":"(https?:[^"]+)"/g)].map(
  ([, url]) => new URL(String(url)),
)
const foreign = new Set(urls.filter(({ hostname }) => hostname !== '127.0.0.1').map(({ host }) => host))
await fleet.close()
rmSync(userData, { recursive: true, force: true })
print([
  against('desktop: idle memory, window closed, 500 domains', memory, bareMemory, 'MB', 1.3),
  atMost('desktop: requests in an idle minute', asked, 'requests', 0),
  atMost('desktop: hosts other than the service requested since the start', foreign.size, 'hosts', 0),
])
process.exit(0)
