import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import asar from '@electron/asar'
import { dump, load } from 'js-yaml'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { describePackage } from '../scripts/describe-package.ts'
import { signRelease } from '../scripts/sign-release.ts'
import type { AppState } from '../src/shared/contract/app-state.ts'
import { hasSession, type LaunchedApp, type LaunchOptions, launch } from './harness/app.ts'
import { pack, release } from './harness/pack.ts'
import { ReleaseServer } from './harness/release-server.ts'
import { until } from './harness/wait-until.ts'

/**
 * Two real packages: version 0.1.0 lies where its .deb would have put it, 0.2.0 is offered over https. electron-updater, the
 * signature, the package manager and the restart are the real ones; only dpkg is led into a folder instead of `/`.
 */
const newer = '0.2.0'
const isRoot = process.getuid?.() === 0
const programs = ['unzip', 'fakeroot', 'dpkg', 'dpkg-deb', 'openssl']
const canRun =
  process.platform === 'linux' && process.arch === 'x64' && isRoot && hasPrograms(...programs) && hasSession

describe.skipIf(!canRun)('updates of the installed app', () => {
  const keys = generateKeyPairSync('ed25519')
  const pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()
  let root = ''
  let server: ReleaseServer
  let offered = ''
  const installed = (...path: string[]) => join(root, 'system/usr/lib/dmarc-watch', ...path)
  const cached = () => join(root, 'cache/dmarc-watch-updater/pending')
  const dpkgCalls = () => (existsSync(join(root, 'dpkg.log')) ? readFileSync(join(root, 'dpkg.log'), 'utf8') : '')
  const versionOf = (asarFile: string) =>
    (JSON.parse(asar.extractFile(asarFile, 'package.json').toString()) as { version: string }).version

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dmarc-watch-updates-'))
    server = await ReleaseServer.start(join(root, 'feed'))
    const keyFile = join(root, 'key.pub.pem')
    writeFileSync(keyFile, keys.publicKey.export({ type: 'spki', format: 'pem' }))
    const updates = { DMARC_WATCH_UPDATES: server.url, DMARC_WATCH_UPDATE_KEY: keyFile }
    rmSync(join(release, 'latest-linux.yml'), { force: true })
    pack('deb', { ...updates, DMARC_WATCH_VERSION: newer })
    offered = join(root, `dmarc-watch_${newer}_amd64.deb`)
    cpSync(join(release, `dmarc-watch_${newer}_amd64.deb`), offered)
    rmSync(join(release, `dmarc-watch_${newer}_amd64.deb`))
    cpSync(join(release, 'latest-linux.yml'), join(root, 'described.yml'))
    // Playwright needs the inspector, which only this copy has.
    pack('dir', { ...updates, DMARC_WATCH_INSPECTABLE: '1' })
    cpSync(join(release, 'linux-unpacked'), join(root, 'original'), { recursive: true, verbatimSymlinks: true })
    // As the .deb brings it along.
    writeFileSync(join(root, 'original/resources/package-type'), 'deb')
    makeDpkg()
  })

  afterAll(async () => {
    await server.close()
    rmSync(root, { recursive: true, force: true })
  })

  beforeEach(() => {
    rmSync(join(root, 'system'), { recursive: true, force: true })
    rmSync(join(root, 'cache'), { recursive: true, force: true })
    rmSync(join(root, 'dpkg.log'), { force: true })
    rmSync(join(root, 'feed'), { recursive: true, force: true })
    cpSync(join(root, 'original'), installed(), { recursive: true, verbatimSymlinks: true })
    cpSync(offered, join(root, 'feed', `dmarc-watch_${newer}_amd64.deb`))
    cpSync(join(root, 'described.yml'), join(root, 'feed/latest-linux.yml'))
    server.asked.length = 0
  })

  let app: LaunchedApp | undefined
  afterEach(() => app?.dispose())

  /** The real dpkg, on a system of the test's own. Named first on the app's PATH. */
  function makeDpkg(): void {
    const path = join(root, 'bin/dpkg')
    mkdirSync(join(root, 'bin'))
    writeFileSync(
      path,
      `#!/bin/sh
printf '%s\\n' "$*" >> '${root}/dpkg.log'
mkdir -p '${root}/system/var/lib/dpkg'
touch '${root}/system/var/lib/dpkg/status'
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
exec dpkg --root='${root}/system' --force-depends "$@"
`,
    )
    chmodSync(path, 0o755)
  }

  async function start({ env = {}, args = [] }: Pick<LaunchOptions, 'env' | 'args'> = {}): Promise<Page> {
    app = await launch({
      executable: installed('dmarc-watch'),
      ...(app ? { userData: app.userData } : {}),
      // The only trust the test lends: its own server's certificate.
      args: [`--ignore-certificate-errors-spki-list=${server.certificateHash}`, ...args],
      env: { PATH: `${root}/bin:${process.env.PATH}`, XDG_CACHE_HOME: join(root, 'cache'), ...env },
    })
    return app.window()
  }

  /** What the app knows once its look is over. */
  async function look(page: Page): Promise<AppState['update']> {
    return page.evaluate(async () => {
      const bridge = (globalThis as unknown as { dmarcWatch: import('../src/shared/contract/contract.ts').TextBridge })
        .dmarcWatch
      await bridge.request('checkForUpdates')
      const answer = JSON.parse(
        await bridge.request('getState'),
      ) as import('../src/shared/contract/contract.ts').Answer<'getState'>
      if (!answer.ok) throw new Error(answer.problem.title)
      return answer.value.state.update
    })
  }

  const packageRequests = () => server.asked.filter(({ path }) => path.endsWith('.deb')).length
  const nothingHappened = () => {
    expect(dpkgCalls()).toBe('')
    expect(versionOf(installed('resources/app.asar'))).not.toBe(newer)
  }
  const rewrite = (change: (description: { version: string; files: { sha512: string }[] }) => void) => {
    const path = join(root, 'feed/latest-linux.yml')
    const text = readFileSync(path, 'utf8')
    const description = load(text) as { version: string; files: { sha512: string }[] }
    change(description)
    writeFileSync(path, dump(description, { lineWidth: -1 }) + (/# ed25519.*\n/.exec(text)?.[0] ?? ''))
  }

  it('a newer release is fetched, checked and offered, and installed only when the person says so', async () => {
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    let page = await start()
    expect(await look(page)).toEqual({ state: 'ready', version: newer, onQuit: false })
    const file = readFileSync(join(cached(), `dmarc-watch_${newer}_amd64.deb`))
    expect(createHash('sha512').update(file).digest('hex')).toBe(
      createHash('sha512').update(readFileSync(offered)).digest('hex'),
    )
    nothingHappened()
    await app?.close()
    nothingHappened()

    // The next start finds it where it lies, and offers it by itself.
    page = await start({ args: ['dmarc-watch://settings'] })
    const offer = page.getByRole('status', { name: 'Update' })
    await offer.waitFor()
    expect(await offer.textContent()).toContain(`Version ${newer} is ready.`)
    expect(packageRequests()).toBe(1)
    nothingHappened()
    const old = app?.electron.process().pid
    const gone = new Promise<void>((done) => app?.electron.process().once('exit', () => done()))
    server.asked.length = 0
    await offer.getByRole('button', { name: 'Install and restart' }).click()
    await gone
    expect(dpkgCalls()).toMatch(/^-i \S+dmarc-watch_0\.2\.0_amd64\.deb\n$/)
    expect(versionOf(installed('resources/app.asar'))).toBe(newer)

    // What was installed runs, and looks for its successor in turn.
    const started = () => processesOf(installed('dmarc-watch')).filter((pid) => pid !== old)
    try {
      await until(
        () => server.asked.some(({ agent }) => agent === `dmarc-watch/${newer}`),
        'the new version looked for updates',
      )
    } finally {
      for (const pid of started()) kill(pid)
      await until(() => started().length === 0, 'the new version ended')
      rmSync(app?.userData ?? '', { recursive: true, force: true })
      app = undefined
    }
    expect(packageRequests()).toBe(0)
  })

  it('an AppImage is replaced when the app is quit, not before', async () => {
    // What it holds does not matter to the updater: the old one names it, the new one is put in its place and run once.
    const own = join(root, 'DMARC Watch.AppImage')
    const next = `#!/bin/sh\ntouch '${root}/next-ran'\n`
    writeFileSync(own, 'the version that runs')
    rmSync(installed('resources/package-type'))
    const name = `dmarc-watch-${newer}.AppImage`
    writeFileSync(join(root, 'feed', name), next)
    describePackage(join(root, 'feed/latest-linux.yml'), join(root, 'feed', name), newer)
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    const page = await start({ env: { APPIMAGE: own } })
    expect(await look(page)).toEqual({ state: 'ready', version: newer, onQuit: true })
    expect(readFileSync(own, 'utf8')).toBe('the version that runs')
    await app?.close()
    expect(readFileSync(own, 'utf8')).toBe(next)
    expect(existsSync(join(root, 'next-ran'))).toBe(true)
  })

  it('fails to install a package that was changed after it was checked', async () => {
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    const page = await start({ args: ['dmarc-watch://settings'] })
    expect(await look(page)).toMatchObject({ state: 'ready' })
    writeFileSync(join(cached(), `dmarc-watch_${newer}_amd64.deb`), 'another package')
    await page.getByRole('button', { name: 'Install and restart' }).click()
    const refusal = page.getByRole('heading', { name: 'The update was not installed' })
    await refusal.waitFor()
    nothingHappened()
  })

  it('fails to take a package that is not the one described', async () => {
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    const path = join(root, 'feed', `dmarc-watch_${newer}_amd64.deb`)
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1] = 255 - Number(bytes[bytes.length >> 1])
    writeFileSync(path, bytes)
    const page = await start()
    expect(await look(page)).toMatchObject({ state: 'failed', problem: { code: 'update-refused' } })
    expect(packageRequests()).toBeGreaterThan(0)
    expect(readdirSync(cached())).toEqual([])
    await app?.close()
    nothingHappened()
  })

  it.each<[string, () => void]>([
    [
      'was changed after it was signed',
      () => {
        signRelease(join(root, 'feed'), pem(keys.privateKey))
        rewrite(({ files }) => {
          for (const file of files) file.sha512 = createHash('sha512').update('mine').digest('base64')
        })
      },
    ],
    ['carries no signature', () => {}],
    [
      'was signed by somebody else',
      () => signRelease(join(root, 'feed'), pem(generateKeyPairSync('ed25519').privateKey)),
    ],
  ])('fails to believe a description that %s, and does not even fetch the package', async (_case, tamper) => {
    tamper()
    const page = await start()
    expect(await look(page)).toMatchObject({ state: 'failed', problem: { code: 'update-refused' } })
    expect(server.asked.map(({ path }) => path)).toContain('/latest-linux.yml')
    expect(packageRequests()).toBe(0)
    await app?.close()
    nothingHappened()
  })

  it('an older release is left alone, however well signed', async () => {
    rmSync(join(root, 'feed/latest-linux.yml'))
    describePackage(join(root, 'feed/latest-linux.yml'), join(root, 'feed', `dmarc-watch_${newer}_amd64.deb`), '0.0.9')
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    const page = await start()
    expect(await look(page)).toMatchObject({ state: 'current' })
    expect(packageRequests()).toBe(0)
  })

  it('fails in words when the server\u2019s certificate is not trusted', async () => {
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    app = await launch({ executable: installed('dmarc-watch'), env: { XDG_CACHE_HOME: join(root, 'cache') } })
    expect(await look(await app.window())).toMatchObject({ state: 'failed', problem: { code: 'update-failed' } })
    expect(server.asked).toEqual([])
  })

  it('nothing is asked where updates are switched off, nor by a copy that runs from its source', async () => {
    signRelease(join(root, 'feed'), pem(keys.privateKey))
    expect(await look(await start({ env: { DMARC_WATCH_UPDATES: '' } }))).toMatchObject({ state: 'off' })
    await app?.dispose()
    app = await launch({ env: { DMARC_WATCH_UPDATES: server.url } })
    expect(await look(await app.window())).toMatchObject({ state: 'off' })
    expect(server.asked).toEqual([])
  })
})

/** Processes that run this very file, first ones first. */
function processesOf(executable: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '') === executable
      } catch {
        return false
      }
    })
}

function kill(pid: number): void {
  try {
    process.kill(pid)
  } catch {
    // Gone by itself, with the one that started it.
  }
}
