// An OCI image layout of a release, as OpenTofu's `oci_mirror` reads it from a registry: one index for the version, in it one
// manifest for each platform, each with the zip as its only layer. Push it with any client: `oras cp --from-oci-layout ...`.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const INDEX = 'application/vnd.oci.image.index.v1+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
const EMPTY = 'application/vnd.oci.empty.v1+json'
const PROVIDER = 'application/vnd.opentofu.provider'
const TARGET = 'application/vnd.opentofu.provider-target'

/** @param {{ folder: string, version: string, zips: { name: string, platform: string, data: Buffer }[] }} release */
export async function writeOciLayout({ folder, version, zips }) {
  const blobs = join(folder, 'blobs/sha256')
  await mkdir(blobs, { recursive: true })
  const blob = async (mediaType, data) => {
    const hash = createHash('sha256').update(data).digest('hex')
    await writeFile(join(blobs, hash), data)
    return { mediaType, digest: `sha256:${hash}`, size: data.length }
  }
  const json = (mediaType, value) => blob(mediaType, Buffer.from(JSON.stringify(value)))
  const config = await json(EMPTY, {})
  const manifests = []
  for (const { name, platform, data } of zips) {
    const [os, architecture] = platform.split('_')
    // The name is for people who pull it by hand: `oras pull` leaves out what has none.
    const layers = [{ ...(await blob('archive/zip', data)), annotations: { 'org.opencontainers.image.title': name } }]
    const manifest = { schemaVersion: 2, mediaType: MANIFEST, artifactType: TARGET, config, layers }
    manifests.push({ ...(await json(MANIFEST, manifest)), artifactType: TARGET, platform: { architecture, os } })
  }
  const index = await json(INDEX, { schemaVersion: 2, mediaType: INDEX, artifactType: PROVIDER, manifests })
  // A tag cannot hold a plus; OpenTofu looks for an underscore there.
  const named = {
    ...index,
    artifactType: PROVIDER,
    annotations: { 'org.opencontainers.image.ref.name': version.replace('+', '_') },
  }
  await writeFile(
    join(folder, 'index.json'),
    JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [named] }),
  )
  await writeFile(join(folder, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }))
}
