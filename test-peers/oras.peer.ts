import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeRelease } from '../packages/terraform-provider/scripts/release/release.mjs'
import { zip } from '../packages/terraform-provider/scripts/zip.mjs'
import { goPeer } from './support/go.ts'
import { peerTitle } from './support/installing.ts'

const RELEASE = 'v1.3.0'
const VERSION = '0.1.0'
const peer = await goPeer('oras.land/oras/cmd/oras', RELEASE)
const platforms = ['linux_amd64', 'linux_arm64']
const archiveOf = (platform: string) => `terraform-provider-dmarcreport_${VERSION}_${platform}.zip`

describe.skipIf(!peer.available)(peerTitle(`ORAS ${RELEASE}`, peer), () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oras-peer-'))
    const sums: string[] = []
    for (const platform of platforms) {
      const program = {
        name: `terraform-provider-dmarcreport_v${VERSION}`,
        data: Buffer.from(platform),
        executable: true,
      }
      const data = zip([program])
      await writeFile(join(folder, archiveOf(platform)), data)
      sums.push(`${createHash('sha256').update(data).digest('hex')}  ${archiveOf(platform)}`)
    }
    await writeFile(join(folder, `terraform-provider-dmarcreport_${VERSION}_SHA256SUMS`), `${sums.join('\n')}\n`)
    await completeRelease(folder, { dryRun: true })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const oras = async (...args: string[]) => {
    if (!peer.available) throw new Error(peer.why)
    return (await promisify(execFile)(peer.program, args, { cwd: folder })).stdout
  }

  it.each(platforms)('pulls the archive of %s from the layout of a release', async (platform) => {
    const target = join(folder, `pulled-${platform}`)
    const args = ['--oci-layout', `oci:${VERSION}`, '--platform', platform.replace('_', '/'), '--output', target]
    await oras('pull', ...args)
    const pulled = await readFile(join(target, archiveOf(platform)))
    expect(pulled.equals(await readFile(join(folder, archiveOf(platform))))).toBe(true)
  })

  it('copies the whole release, each digest verified', async () => {
    const options = ['--from-oci-layout', `oci:${VERSION}`, '--to-oci-layout', `copy:${VERSION}`]
    await oras('cp', ...options)
    const [original, copy] = await Promise.all(
      ['oci', 'copy'].map((layout) => oras('manifest', 'fetch', '--oci-layout', `${layout}:${VERSION}`)),
    )
    expect(copy).toBe(original)
  })
})
