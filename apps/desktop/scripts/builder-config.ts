// The package of the app. `scripts/package.ts` lays out `release/app` first: the built code and the native module,
// nothing else. Targets beyond the plain folder are built where their tools can be fetched (CI).
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { type BuiltInUpdates, readUpdates } from './built-in-updates.ts'

export const updates: BuiltInUpdates | undefined = readUpdates(process.env)

const configuration: Configuration = {
  appId: 'org.dmarc-as-code.watch',
  productName: 'DMARC Watch',
  copyright: 'MIT licence',
  directories: { app: 'release/app', output: 'release', buildResources: 'release/resources' },
  files: ['**/*'],
  asar: true,
  // The app speaks English; Chromium's other languages are a fifth of the size.
  electronLanguages: ['en-US'],
  npmRebuild: false,
  protocols: [{ name: 'DMARC Watch', schemes: ['dmarc-watch'] }],
  // With fuses the executable can no longer be turned into a Node, be inspected, or run changed code.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: process.env.DMARC_WATCH_INSPECTABLE === '1',
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    // Holds on macOS and Windows; Electron has no such check on Linux.
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
  },
  afterPack: async ({ appOutDir, electronPlatformName }) => {
    // The repacked Electron of the tests brings a default app; the package has its own.
    if (electronPlatformName === 'linux') rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })
  },
  linux: {
    target: ['dir', 'AppImage'],
    executableName: 'dmarc-watch',
    category: 'Network',
    icon: 'release/resources/icon.png',
    synopsis: 'Email authentication status in the tray',
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.utilities',
    extendInfo: { LSUIElement: true },
    hardenedRuntime: true,
  },
  win: { target: ['nsis'] },
  nsis: { oneClick: true, perMachine: false },
  // With a feed, electron-builder describes each release in latest*.yml, which scripts/sign-release.ts signs. Where the app
  // itself looks, and whose signature it takes, is in updates.json; see src/main/updates/update-source.ts.
  publish: updates ? { provider: 'generic', url: updates.feed } : null,
}

export default configuration
