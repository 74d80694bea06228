// Turns the archives of dist/release (npm run package) into what registries ask for: the signature of SHA256SUMS, the tree of
// terraform-provider-dmarcreport, and an OCI layout for OpenTofu mirrors.
//   node scripts/release/release.mjs [--dry-run]
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { manifest } from '../package.mjs'
import { writeOciLayout } from './oci-layout.mjs'
import { writeRegistryLayout } from './registry-layout.mjs'
import { sign, signThrowaway } from './sign.mjs'

/** Completes a release in a folder; answers what it has written. */
export async function completeRelease(folder, { dryRun = false, env = process.env } = {}) {
  const files = await readdir(folder)
  const sums = files.find((file) => file.endsWith('_SHA256SUMS'))
  if (!sums) throw new Error(`There is no release in ${folder}. Build it: npm run package`)
  // First, so that nothing is written where there is no key.
  const signature = dryRun ? signThrowaway(join(folder, sums)) : sign(join(folder, sums), { env })
  if (dryRun) await rm(signature)
  const version = /_([^_]+)_SHA256SUMS$/.exec(sums)?.[1] ?? ''
  const archive = new RegExp(`_${version.replaceAll('.', '\\.')}_(\\w+)\\.zip$`)
  const zips = []
  for (const file of files.sort()) {
    const platform = archive.exec(file)?.[1]
    if (platform) zips.push({ name: file, platform, data: await readFile(join(folder, file)) })
  }
  const [oci, tree] = [join(folder, 'oci'), join(folder, 'terraform-provider-dmarcreport')]
  await rm(oci, { recursive: true, force: true })
  await writeOciLayout({ folder: oci, version, zips })
  await writeRegistryLayout(tree, { manifest: manifest.data })
  return [...(dryRun ? [] : [signature]), oci, tree]
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
