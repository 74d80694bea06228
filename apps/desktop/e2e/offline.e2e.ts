import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { appFolder, hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { addDomain, connect } from './harness/steps.ts'
import { TrayHost } from './harness/tray-host.ts'
import { until } from './harness/wait-until.ts'

/** An address that exists only on a computer that is given it, see RFC 5737. */
const address = '192.0.2.1'

/** A world with no network but its own, in which nobody needs to be root to plug one in. */
const elsewhere = ['--user', '--map-current-user', '--keep-caps', '--net', 'sh', '-c'] as const
const canUnplug = hasPrograms('unshare', 'ip') && spawnSync('unshare', [...elsewhere, 'ip link set lo up']).status === 0

/** Starts the app there, then does what it is told, to plug the network in and out. Its end is the app's. */
const script = `
  ip link set lo up
  "$@" </dev/null >/dev/null 2>&1 &
  while read -r line; do $line; done
  kill $!
  wait $!`

describe.skipIf(!hasSession || !canUnplug)('without a network', () => {
  const tray = new TrayHost()
  let known: LaunchedApp
  let shell: ChildProcessByStdio<Writable, null, null>
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
    shell = spawn('unshare', [...elsewhere, script, 'sh', ...app, '--hidden'], { stdio: ['pipe', 'ignore', 'inherit'] })
    await started
  })
  afterAll(async () => {
    const ended = once(shell, 'exit')
    shell.stdin.end()
    await ended
    tray.stop()
    await known.dispose()
  })

  const tooltip = (words: string) =>
    until(async () => (await tray.tooltip()).includes(words), `the tooltip says ${words}`)

  it('it starts, says so, and shows what it knew', async () => {
    await tooltip('Offline. Showing the last known state.')
    expect((await tray.menu()).map(({ label }) => label)).toContain('example.test: Action needed')
  })

  it('it looks by itself as soon as the network is back', async () => {
    const inside = (command: string) => shell.stdin.write(`ip ${command}\n`)
    inside('link add wire type veth peer name plug')
    inside('link set plug up')
    inside(`address add ${address}/24 dev wire`)
    inside('link set wire up')
    // Nobody listens there, and only a look can find that out.
    await tooltip('1 connection cannot be reached')
    inside('link delete wire')
    await tooltip('Offline. Showing the last known state.')
  })
})
