import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { keyringProcesses } from './harness/keyring-processes.ts'
import { PrivateBus } from './harness/private-bus.ts'
import { addDomain, connect, enterTsigKey } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

describe.skipIf(!hasSession)('secrets', () => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await createSandbox()
  })
  afterAll(() => sandbox.close())

  describe('of a whole session', () => {
    let app: LaunchedApp
    beforeAll(async () => {
      app = await launch()
      const page = await app.window()
      await connect(page, sandbox)
      await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
      await addDomain(page, 'example.test')
      await page.getByRole('button', { name: 'Fix 1 record\u2026' }).click()
      await enterTsigKey(page, sandbox)
      await page.getByRole('button', { name: 'Apply 1 record' }).click()
      await page.getByText('All records are verified.').waitFor({ timeout: patienceForLooks })
      await page.getByRole('button', { name: 'Close' }).click()
      // Failures are where secrets slip out.
      const up = sandbox.faults.add({ fault: { kind: 'status', status: 500, body: 'html' } })
      await page.getByRole('button', { name: 'Check now' }).first().click()
      await page.getByRole('heading', { name: 'The service reported an error' }).waitFor()
      up()
    })
    afterAll(() => app.dispose())

    const found = (text: string) => [sandbox.token, sandbox.tsig.secret].some((secret) => text.includes(secret))

    it('are in the password store', () => {
      const { stdout } = spawnSync('secret-tool', ['search', '--all', 'service', 'DMARC Watch'], { encoding: 'utf8' })
      expect(stdout).toContain(sandbox.token)
      expect(stdout).toContain(sandbox.tsig.secret)
    })

    it('that are stored never come to the page', async () => {
      // What a person types is in the page while they type it; a new start has only what the app gives the page.
      await app.close()
      app = await launch({ userData: app.userData })
      const page = await app.window()
      await page.getByText('example.test').first().click()
      await page.getByRole('button', { name: 'Verify now' }).click()
      await page.getByRole('table', { name: 'Records' }).getByText('just now').first().waitFor()
      await page.getByRole('button', { name: 'Back' }).click()
      await page.getByRole('button', { name: 'Settings' }).click()
      await page
        .getByRole('article', { name: 'Credentials for example.test' })
        .getByText('In the password store', { exact: true })
        .waitFor()
      const session = await page.context().newCDPSession(page)
      let heap = ''
      session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
        heap += chunk
      })
      await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
      expect(heap).toContain('example.test')
      expect(found(heap)).toBe(false)
    })

    it('are in no file and no line the app wrote', async () => {
      await app.close()
      const files = allFiles(app.userData)
      expect(files.some((file) => file.endsWith('dmarc-watch.log'))).toBe(true)
      const leaking = files.filter((file) => found(readFileSync(file, 'latin1')))
      expect(leaking).toEqual([])
      expect(found(app.output())).toBe(false)
    })
  })

  describe('with a password store that fails', () => {
    const bus = new PrivateBus()
    const userData = mkdtempSync(join(tmpdir(), 'dmarc-watch-'))
    beforeAll(() => bus.start())
    afterAll(async () => {
      await bus.stop()
      rmSync(userData, { recursive: true, force: true })
    })

    it('locked: says so, and goes on once it is open', async () => {
      const first = await launch({ userData, env: bus.env })
      await connect(await first.window(), sandbox)
      // Only the list has it: the connection is stored.
      await (await first.window()).getByRole('button', { name: 'Add a domain' }).first().waitFor()
      await first.close()

      bus.lock()
      const locked = await launch({ userData, env: bus.env })
      const page = await locked.window()
      await page.getByRole('heading', { name: 'The password store is locked' }).waitFor()
      await bus.unlock()
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'cannot be reached' }).waitFor()
      await locked.close()
    })

    it('empty: asks for the token again', async () => {
      bus.run('secret-tool', ['clear', 'service', 'DMARC Watch'])
      const app = await launch({ userData, env: bus.env })
      await (await app.window())
        .getByRole('heading', { name: 'The token is no longer in the password store' })
        .waitFor()
      await app.close()
    })

    it('damaged: leaves the foreign entry alone', async () => {
      const account = JSON.parse(readFileSync(join(userData, 'config.json'), 'utf8')).connections[0].id
      const name = `connection:${account}`
      // The schema is what keytar looks for. secret-tool leaves it out, and the keyring adds it only when it reads its file
      // again, which it does a second later or never.
      const attributes = ['xdg:schema', 'org.freedesktop.Secret.Generic', 'service', 'DMARC Watch', 'account', name]
      bus.run('secret-tool', ['store', '--label', 'x', ...attributes], 'not ours')
      const app = await launch({ userData, env: bus.env })
      await (await app.window()).getByRole('heading', { name: 'The stored secret cannot be read' }).waitFor()
      await app.close()
      expect(bus.run('secret-tool', ['lookup', 'service', 'DMARC Watch', 'account', name])).toBe('not ours')
    })

    it('that hangs: quitting does not wait for it', async () => {
      const app = await launch({ userData, env: bus.env })
      await (await app.window()).getByRole('heading', { level: 1 }).first().waitFor()
      bus.freeze()
      try {
        const page = await app.window()
        await page.getByRole('button', { name: 'Check now' }).first().click()
        await page.getByRole('heading', { name: 'The password store is locked' }).waitFor()
        const keyring = keyringProcesses(app)
        expect(keyring).toHaveLength(1)
        const begun = Date.now()
        await app.close()
        // A call on the bus is given up after 25 seconds.
        expect(Date.now() - begun).toBeLessThan(20_000)
        await until(() => keyring.every((pid) => !existsSync(`/proc/${pid}`)), 'its process is gone')
      } finally {
        bus.thaw()
      }
    })

    it('unavailable: connecting fails in words and keeps nothing', async () => {
      const app = await launch({ env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, closing: 'automatic' })
      const page = await app.window()
      await connect(page, sandbox)
      await page.getByRole('heading', { name: 'No password store found' }).waitFor()
      expect(readdirSync(app.userData)).not.toContain('config.json')
      await app.dispose()
    })
  })
})

function allFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
}
