// The archives of a release, as SHA256SUMS names them. A signature vouches for what it lists, so the list is compared first.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @returns {Promise<{ sums: string, version: string, zips: { name: string, platform: string, data: Buffer }[] }>} */
export async function checkedArchives(folder) {
  const files = await readdir(folder)
  const [sums, ...others] = files.filter((file) => file.endsWith('_SHA256SUMS'))
  if (!sums) throw new Error(`There is no release in ${folder}. Build it: npm run package`)
  if (others.length > 0)
    throw new Error(`There are several releases in ${folder}: ${[sums, ...others].join(', ')}. Leave one.`)
  const version = /_([^_]+)_SHA256SUMS$/.exec(sums)?.[1] ?? ''
  const archive = new RegExp(`_${version.replace(/[.+]/g, '\\$&')}_(\\w+)\\.zip$`)
  const listed = new Map()
  for (const line of (await readFile(join(folder, sums), 'utf8')).split('\n').filter(Boolean)) {
    const [hash, name = ''] = line.split('  ')
    listed.set(name, hash)
  }
  const unlisted = files.filter((file) => archive.test(file) && !listed.has(file))
  if (unlisted.length > 0) throw new Error(`${sums} does not list ${unlisted.join(', ')}. Build the release again.`)
  const zips = []
  for (const name of [...listed.keys()].sort()) {
    if (!files.includes(name)) throw new Error(`${sums} lists ${name}, which is not there. Build the release again.`)
    const data = await readFile(join(folder, name))
    if (createHash('sha256').update(data).digest('hex') !== listed.get(name)) {
      throw new Error(`${name} is not the file that ${sums} lists. Build the release again.`)
    }
    const platform = archive.exec(name)?.[1]
    if (platform) zips.push({ name, platform, data })
  }
  if (zips.length === 0) throw new Error(`${sums} lists no archive. Build the release again.`)
  return { sums, version, zips }
}
