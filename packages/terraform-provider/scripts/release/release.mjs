// Turns the archives of dist/release (npm run package) into what registries ask for: the signature of SHA256SUMS, the tree of
// terraform-provider-dmarcreport, and an OCI layout for OpenTofu mirrors.
//   node scripts/release/release.mjs [--dry-run]
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { manifest } from '../package.mjs'
import { checkedArchives } from './checked-archives.mjs'
import { writeOciLayout } from './oci-layout.mjs'
import { writeRegistryLayout } from './registry-layout.mjs'
import { sign, signThrowaway } from './sign.mjs'

/** Completes a release in a folder; answers what it has written. */
export async function completeRelease(folder, { dryRun = false, env = process.env } = {}) {
  const { sums, version, zips } = await checkedArchives(folder)
  // First, so that nothing is written where there is no key.
  const signature = dryRun ? undefined : sign(join(folder, sums), { env })
  if (dryRun) signThrowaway(join(folder, sums))
  const [oci, tree] = [join(folder, 'oci'), join(folder, 'terraform-provider-dmarcreport')]
  await rm(oci, { recursive: true, force: true })
  await writeOciLayout({ folder: oci, version, zips })
  await writeRegistryLayout(tree, { manifest: manifest.data })
  return [...(signature ? [signature] : []), oci, tree]
}

if (process.argv[1] === import.meta.filename) {
  const dryRun = process.argv.includes('--dry-run')
  try {
    const written = await completeRelease(join(import.meta.dirname, '../../dist/release'), { dryRun })
    for (const path of written) console.log(path)
    if (dryRun) console.log('Dry run: signed with a throwaway key and verified; that signature is not kept.')
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
