import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createSandbox } from '@dmarc-as-code/server/sandbox'
import asar from '@electron/asar'
import fuses from '@electron/fuses'
import { beforeAll, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { hasSession, launch } from './harness/app.ts'
import { pack, release } from './harness/pack.ts'
import { connect } from './harness/steps.ts'

const unpacked = join(release, 'linux-unpacked')
const executable = join(unpacked, 'dmarc-watch')

const canPack = process.platform === 'linux' && process.arch === 'x64' && hasPrograms('unzip')

describe.skipIf(!canPack || !hasSession)('the packaged app', () => {
  // Playwright talks to it through the inspector, which a release has switched off.
  beforeAll(() => pack('dir', { DMARC_WATCH_INSPECTABLE: '1' }))

  it('starts, keeps a token in the keyring, and watches', async () => {
    const sandbox = await createSandbox()
    const app = await launch({ executable })
    const page = await app.window()
    // Once the window stands: what is asked of a process that is still starting may stay without an answer.
    expect(await app.electron.evaluate(({ app: running }) => running.isPackaged)).toBe(true)
    await connect(page, sandbox)
    await page.getByRole('heading', { name: 'No domains yet' }).waitFor()
    await app.dispose()
    await sandbox.close()
  })

  it('holds what runs and nothing else', () => {
    const files = asar.listPackage(join(unpacked, 'resources/app.asar'), { isPack: false })
    expect(files).toContain('/out/main/index.js')
    expect(files.filter((file) => /\.(ts|tsx|map)$/.test(file))).toEqual([])
    expect(readdirSync(join(unpacked, 'resources'))).toEqual(['app.asar', 'app.asar.unpacked'])
  })
})

describe.skipIf(!canPack || !hasPrograms('fakeroot', 'dpkg', 'dpkg-deb'))('the Debian package', () => {
  beforeAll(() => pack('deb'))

  const dpkg = (option: string) => {
    const [file] = readdirSync(release).filter((name) => name.endsWith('.deb'))
    return spawnSync('dpkg-deb', [option, join(release, String(file))], { encoding: 'utf8' }).stdout
  }

  it('has its fuses set: no Node mode, no inspector, only the packed code', async () => {
    const wire = await fuses.getCurrentFuseWire(executable)
    const state = (fuse: number) => String.fromCharCode(Number(wire[fuse as keyof typeof wire]))
    const { FuseV1Options: options } = fuses
    expect(state(options.RunAsNode)).toBe('0')
    expect(state(options.EnableNodeOptionsEnvironmentVariable)).toBe('0')
    expect(state(options.EnableNodeCliInspectArguments)).toBe('0')
    expect(state(options.EnableCookieEncryption)).toBe('1')
    expect(state(options.OnlyLoadAppFromAsar)).toBe('1')
    expect(state(options.EnableEmbeddedAsarIntegrityValidation)).toBe('1')
    // Pages of file: could otherwise read every other file; the app has none.
    expect(state(options.GrantFileProtocolExtraPrivileges)).toBe('0')
  })

  it('installs a command, a menu entry, and the handler of links', () => {
    expect(dpkg('--info')).toMatch(/Package: dmarc-watch[\s\S]*Depends:.*libsecret-1-0/)
    const contents = dpkg('--contents')
    expect(contents).toContain('./usr/bin/dmarc-watch')
    expect(contents).toContain('./usr/share/applications/dmarc-watch.desktop')
    expect(contents).toContain('./usr/share/pixmaps/dmarc-watch.png')
  })
})
