import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildRelease, type ReleaseOptions } from './build-release.ts'

let base: string
let folder: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'release-'))
  folder = join(base, 'release')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const part = (name: string, text: string) => async (into: string) => writeFileSync(join(into, name), text)

const options = (changes: Partial<ReleaseOptions> = {}): ReleaseOptions => ({
  parts: { npm: part('client-1.2.3.tgz', 'client'), desktop: part('dmarc-watch_1.2.3_amd64.deb', 'deb') },
  sboms: { 'dmarc-server': () => ({ bomFormat: 'CycloneDX' }) },
  version: '1.2.3',
  from: { commit: 'a'.repeat(40), changed: false, env: {} },
  now: () => new Date('2026-12-01T10:00:00Z'),
  log: () => undefined,
  ...changes,
})

const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))

describe('a release', () => {
  it('has a folder for each part, and checksums that sha256sum accepts', async () => {
    await buildRelease(folder, options())
    expect(readdirSync(folder).sort()).toEqual(['SHA256SUMS', 'desktop', 'npm', 'provenance.json', 'sbom', 'stores'])
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder })
    const named = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(66))
    expect(named).toEqual([
      'desktop/dmarc-watch_1.2.3_amd64.deb',
      'npm/client-1.2.3.tgz',
      'provenance.json',
      'sbom/dmarc-server.cdx.json',
      'stores/flathub/org.dmarc_as_code.Watch.json',
      'stores/flathub/org.dmarc_as_code.Watch.metainfo.xml',
    ])
  })

  it('states what was built from which commit, and that it was a checkout, not a workflow', async () => {
    await buildRelease(folder, options())
    const { subject, predicate } = json('provenance.json')
    expect(subject).toContainEqual({
      name: 'npm/client-1.2.3.tgz',
      digest: { sha256: '948fe603f61dc036b5c596dc09fe3ce3f3d30dc90f024c85f3c82db2ccab679d' },
    })
    expect(predicate.buildDefinition.resolvedDependencies[0].digest).toEqual({ gitCommit: 'a'.repeat(40) })
    expect(predicate.runDetails.builder.id).toMatch(/#a-checkout$/)
    expect(predicate.runDetails.metadata).toEqual({
      startedOn: '2026-12-01T10:00:00.000Z',
      finishedOn: '2026-12-01T10:00:00.000Z',
    })
  })

  it('names the run of the workflow that built it', async () => {
    const env = {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_RUN_ID: '7',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_REF: 'refs/tags/v1.2.3',
    }
    await buildRelease(folder, options({ from: { commit: 'b'.repeat(40), changed: false, env } }))
    const { predicate } = json('provenance.json')
    expect(predicate.runDetails.metadata.invocationId).toBe('https://github.com/o/r/actions/runs/7/attempts/2')
    expect(predicate.buildDefinition.externalParameters.ref).toBe('refs/tags/v1.2.3')
  })

  it('replaces an older one, and one that was not finished', async () => {
    await buildRelease(folder, options())
    const fails = async () => {
      throw new Error('no tool for that')
    }
    await expect(buildRelease(folder, options({ parts: { npm: part('a.tgz', 'a'), desktop: fails } }))).rejects.toThrow(
      'no tool for that',
    )
    expect(existsSync(join(folder, 'SHA256SUMS'))).toBe(false)
    await buildRelease(folder, options())
    expect(readdirSync(join(folder, 'npm'))).toEqual(['client-1.2.3.tgz'])
  })

  it('leaves a folder alone that holds something else', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'letters.txt'), 'mine')
    await expect(buildRelease(folder, options())).rejects.toThrow(/holds something that is no release/)
    expect(readdirSync(folder)).toEqual(['letters.txt'])
  })
})

describe('files that another system built', () => {
  it('are part of it, with their checksums and manifests', async () => {
    const elsewhere = join(base, 'windows')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'DMARC Watch Setup 1.2.3.exe'), 'installer')
    await buildRelease(folder, options({ builtElsewhere: { desktop: elsewhere } }))
    expect(readdirSync(join(folder, 'desktop'))).toHaveLength(2)
    expect(readdirSync(join(folder, 'stores')).sort()).toEqual(['flathub', 'winget'])
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder })
  })
})

describe('the manifests for shops of apps', () => {
  const withFile = (name: string) => options({ parts: { desktop: part(name, 'app') }, sboms: {} })
  const sum = 'a172cedcae47474b615c54d510a5d84a8dea3032e958587430b413538be3f333'

  it('exist only for what was built', async () => {
    await buildRelease(folder, options({ parts: { npm: part('a.tgz', 'a') }, sboms: {} }))
    expect(existsSync(join(folder, 'stores'))).toBe(false)
  })

  it('send Homebrew to the disk image of this version', async () => {
    await buildRelease(folder, withFile('DMARC Watch-1.2.3.dmg'))
    const cask = readFileSync(join(folder, 'stores/homebrew/dmarc-watch.rb'), 'utf8')
    expect(cask).toContain('version "1.2.3"')
    expect(cask).toContain(`sha256 "${sum}"`)
    expect(cask).toContain('releases/download/v#{version}/DMARC.Watch-#{version}.dmg"')
  })

  it('send winget to the installer, with the checksum in capitals as its schema has it', async () => {
    await buildRelease(folder, withFile('DMARC Watch Setup 1.2.3.exe'))
    const installer = readFileSync(join(folder, 'stores/winget/DMARCasCode.DMARCWatch.installer.yaml'), 'utf8')
    expect(installer).toContain(`InstallerSha256: ${sum.toUpperCase()}`)
    expect(installer).toContain('/v1.2.3/DMARC.Watch.Setup.1.2.3.exe')
    expect(installer).toContain('ReleaseDate: 2026-12-01')
    expect(readdirSync(join(folder, 'stores/winget'))).toHaveLength(3)
  })

  it('let Flathub unpack the Debian package, and give the app no folder of the user', async () => {
    await buildRelease(folder, withFile('dmarc-watch_1.2.3_amd64.deb'))
    const manifest = json('stores/flathub/org.dmarc_as_code.Watch.json')
    expect(manifest.modules[0].sources[0]).toMatchObject({ sha256: sum, 'dest-filename': 'dmarc-watch.deb' })
    expect(manifest['finish-args'].filter((arg: string) => arg.startsWith('--filesystem'))).toEqual([])
    expect(readFileSync(join(folder, 'stores/flathub/org.dmarc_as_code.Watch.metainfo.xml'), 'utf8')).toContain(
      '<release version="1.2.3" date="2026-12-01" />',
    )
  })
})
