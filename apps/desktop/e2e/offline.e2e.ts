import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { appFolder, hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect } from './harness/steps.ts'
import { TrayHost } from './harness/tray-host.ts'
import { until } from './harness/until.ts'

/** An address that exists only on a computer that is given it, see RFC 5737. */
const address = '192.0.2.1'

/** Whether this machine lets us take the network away from a process: root may, others mostly may too. */
const canUnplug =
  hasPrograms('unshare', 'nsenter', 'ip') &&
  spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up']).status === 0

describe.skipIf(!hasSession || !canUnplug)('without a network', () => {
  const tray = new TrayHost()
  let known: LaunchedApp
  let offline: ChildProcess
  beforeAll(async () => {
    const sandbox = await createSandbox()
    known = await launch()
    const page = await known.window()
    await connect(page, sandbox)
    await addDomain(page, 'example.test')
    await known.close()
    await sandbox.close()
    // A service on this computer needs no network, so the app is made to believe that this one is elsewhere.
    const file = join(known.userData, 'config.json')
    const config = JSON.parse(readFileSync(file, 'utf8'))
    config.connections[0].baseUrl = `https://${address}:1`
    writeFileSync(file, JSON.stringify(config))

    await tray.start()
    const started = tray.registered()
    const app = [String(process.env.ELECTRON_EXEC_PATH), '--no-sandbox', `--user-data-dir=${known.userData}`, appFolder]
    const unplugged = 'ip link set lo up && exec "$@"'
    offline = spawn('unshare', ['--net', 'sh', '-c', unplugged, 'sh', ...app, '--hidden'], { stdio: 'ignore' })
    await started
  })
  afterAll(async () => {
    const ended = once(offline, 'exit')
    offline.kill()
    await ended
    tray.stop()
    await known.dispose()
  })

  const tooltip = (words: string) =>
    until(async () => (await tray.tooltip()).includes(words), `the tooltip says ${words}`)

  test('it starts, says so, and shows what it knew', async () => {
    await tooltip('Offline, showing the last known state')
    expect((await tray.menu()).map(({ label }) => label)).toContain('example.test: Needs you')
  })

  test('it looks by itself as soon as the network is back', async () => {
    const inside = (...args: string[]) =>
      execFileSync('nsenter', ['--net', '--target', String(offline.pid), 'ip', ...args])
    inside('link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'plug')
    inside('link', 'set', 'plug', 'up')
    inside('address', 'add', `${address}/24`, 'dev', 'wire')
    inside('link', 'set', 'wire', 'up')
    // Nobody listens there, and only a look can find that out.
    await tooltip('1 connection cannot be checked')
    inside('link', 'delete', 'wire')
    await tooltip('Offline, showing the last known state')
  })
})
