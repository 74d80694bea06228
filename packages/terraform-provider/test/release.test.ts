import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasPrograms } from '../../../test-support/programs.ts'
import { registryExample } from '../scripts/release/registry-layout.mjs'
import { completeRelease } from '../scripts/release/release.mjs'
import { zip } from '../scripts/zip.mjs'

const name = 'terraform-provider-dmarcreport_0.1.0'

describe.skipIf(!hasPrograms('gpg'))('a release', () => {
  let folder: string
  const platforms = ['linux_amd64', 'linux_arm64']
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'release-'))
    const sums: string[] = []
    for (const platform of platforms) {
      const data = zip([
        { name: 'terraform-provider-dmarcreport_v0.1.0', data: Buffer.from(platform), executable: true },
      ])
      await writeFile(join(folder, `${name}_${platform}.zip`), data)
      sums.push(`${createHash('sha256').update(data).digest('hex')}  ${name}_${platform}.zip`)
    }
    await writeFile(join(folder, `${name}_SHA256SUMS`), `${sums.join('\n')}\n`)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const json = async (...path: string[]) => JSON.parse(await readFile(join(folder, ...path), 'utf8'))
  const signature = () => join(folder, `${name}_SHA256SUMS.sig`)

  it('is refused without a key, before anything is written', async () => {
    const before = await readdir(folder)
    await expect(completeRelease(folder, { env: {} })).rejects.toThrow(/GPG_PRIVATE_KEY is not set.*--dry-run/)
    expect(await readdir(folder)).toEqual(before)
  })

  it('is signed with the key of the environment, which never shows', async () => {
    const home = await mkdtemp(join(tmpdir(), 'gpg-test-'))
    const passphrase = 'canary-passphrase'
    const gpg = (args: string[], input = '') =>
      execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--pinentry-mode', 'loopback', ...args], {
        input,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    try {
      gpg([
        '--passphrase',
        passphrase,
        '--quick-generate-key',
        'Release <release@example.test>',
        'rsa3072',
        'sign',
        '1d',
      ])
      const key = gpg(['--passphrase', passphrase, '--armor', '--export-secret-keys'])
      await completeRelease(folder, { env: { GPG_PRIVATE_KEY: key, GPG_PASSPHRASE: passphrase } })
      gpg(['--verify', signature(), join(folder, `${name}_SHA256SUMS`)])
      // Registries take binary signatures only.
      expect((await readFile(signature())).subarray(0, 10).toString('latin1')).not.toContain('-----BEGIN')
      const wrong = completeRelease(folder, { env: { GPG_PRIVATE_KEY: key, GPG_PASSPHRASE: 'wrong-canary' } })
      const error = await wrong.catch((thrown: Error) => thrown)
      expect(String(error)).toContain('gpg failed')
      expect(String(error)).not.toMatch(/canary|BEGIN/)
    } finally {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'])
      await rm(home, { recursive: true, force: true })
    }
  })

  it('is refused with a key that the Terraform Registry does not take', async () => {
    const home = await mkdtemp(join(tmpdir(), 'gpg-test-'))
    const gpg = (...args: string[]) =>
      execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args], { stdio: 'pipe' })
    try {
      gpg('--quick-generate-key', 'Release <release@example.test>', 'ed25519', 'sign', '1d')
      const key = String(gpg('--armor', '--export-secret-keys'))
      await expect(completeRelease(folder, { env: { GPG_PRIVATE_KEY: key } })).rejects.toThrow(/neither RSA nor DSA/)
      expect(existsSync(signature())).toBe(false)
    } finally {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'])
      await rm(home, { recursive: true, force: true })
    }
  })

  it.each([
    ['an archive that was changed', (zips: string) => writeFile(zips, 'x'), /is not the file that .* lists/],
    ['an archive that is missing', (zips: string) => rm(zips), /lists .*, which is not there/],
    ['one more archive', (zips: string) => writeFile(zips.replace('amd64', '386'), ''), /does not list/],
    [
      'the sums of another release',
      (zips: string) => writeFile(zips.replace('0.1.0_linux_amd64.zip', '0.2.0_SHA256SUMS'), ''),
      /several releases/,
    ],
  ])('is not signed with %s', async (_, spoil, message) => {
    await spoil(join(folder, `${name}_linux_amd64.zip`))
    await expect(completeRelease(folder, { dryRun: true })).rejects.toThrow(message)
  })

  it('keeps its signature when it is tried again without a key', async () => {
    await writeFile(signature(), 'made before')
    await completeRelease(folder, { dryRun: true, env: {} })
    expect(await readFile(signature(), 'utf8')).toBe('made before')
  })

  it('can be tried with a key that is thrown away, with its signature', async () => {
    await completeRelease(folder, { dryRun: true, env: {} })
    expect(existsSync(signature())).toBe(false)
    expect(existsSync(join(folder, 'terraform-provider-dmarcreport/terraform-registry-manifest.json'))).toBe(true)
  })

  it('has an OCI layout in which every digest is that of its content', async () => {
    await completeRelease(folder, { dryRun: true })
    const blobs = join(folder, 'oci/blobs/sha256')
    for (const blob of await readdir(blobs)) {
      expect(
        createHash('sha256')
          .update(await readFile(join(blobs, blob)))
          .digest('hex'),
      ).toBe(blob)
    }
    const {
      manifests: [named],
    } = await json('oci/index.json')
    expect(named).toMatchObject({
      artifactType: 'application/vnd.opentofu.provider',
      annotations: { 'org.opencontainers.image.ref.name': '0.1.0' },
    })
    const blobOf = ({ digest }: { digest: string }) => json('oci/blobs/sha256', digest.replace('sha256:', ''))
    const { manifests } = await blobOf(named)
    expect(manifests.map(({ platform }: { platform: object }) => platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux' },
    ])
    for (const [index, platform] of platforms.entries()) {
      const manifest = await blobOf(manifests[index])
      expect(manifest).toMatchObject({ artifactType: 'application/vnd.opentofu.provider-target' })
      const [layer, ...others] = manifest.layers
      expect(others).toEqual([])
      expect(layer.mediaType).toBe('archive/zip')
      const archive = await readFile(join(blobs, layer.digest.replace('sha256:', '')))
      expect(archive.equals(await readFile(join(folder, `${name}_${platform}.zip`)))).toBe(true)
    }
  })

  it('has the tree of a registry: pages at the root, one example for each object', async () => {
    await completeRelease(folder, { dryRun: true })
    const tree = join(folder, 'terraform-provider-dmarcreport')
    const examples = (await readdir(join(tree, 'examples'), { recursive: true })).filter((file) => file.includes('.'))
    expect(examples).toContain('resources/dmarcreport_domain/resource.tf')
    expect(examples).toContain('data-sources/dmarcreport_dns_lookup/data-source.tf')
    expect(examples.filter((file) => file.endsWith('.ts'))).toEqual([])
    expect((await readdir(tree)).sort()).toEqual(
      ['LICENSE', 'README.md', 'docs', 'examples', 'terraform-registry-manifest.json'].sort(),
    )
    expect((await readdir(join(tree, 'docs'))).sort()).toContain('index.md')
  })

  it('leaves no example of HCL out of the tree', async () => {
    const all = await readdir(join(import.meta.dirname, '../examples'))
    const left = all.filter((file) => registryExample(file) === undefined)
    expect(left.filter((file) => !file.endsWith('.ts'))).toEqual([])
  })
})
