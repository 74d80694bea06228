// Time from the start of the process until the desktop has the icon, against the bare app. In turns, so that a busy moment of
// the machine hits both.
import { join } from 'node:path'
import { appFolder } from '../e2e/harness/app.ts'
import { startApp } from './launch.ts'
import { against, median, print } from './result.ts'

const rounds = Number(process.env.ROUNDS ?? 7)
const times = { ours: [] as number[], bare: [] as number[] }
for (let round = 0; round < rounds; round++) {
  for (const [name, folder] of [
    ['bare', join(import.meta.dirname, 'bare-app')],
    ['ours', appFolder],
  ] as const) {
    const started = await startApp(folder, { args: ['--hidden'] })
    times[name].push(started.timeToTray)
    await started.stop()
  }
}
print([against('desktop: time to tray', median(times.ours), median(times.bare), 'ms', 1.25)])
process.exit(0)
