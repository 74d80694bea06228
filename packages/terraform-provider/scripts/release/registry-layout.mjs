// The tree that a registry reads from a repository named terraform-provider-dmarcreport: pages at the root, examples as
// tfplugindocs names them, the manifest and the licence. The sources stay in this repository.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const package_ = join(import.meta.dirname, '../..')

/** Where tfplugindocs expects an example, by the name that it has here; undefined for what no registry shows. */
export function registryExample(file) {
  const kinds = [
    [/^provider\.tf$/, () => 'provider/provider.tf'],
    [/^data\.(.+)\.tf$/, (name) => `data-sources/${name}/data-source.tf`],
    [/^function\.(.+)\.tf$/, (name) => `functions/${name}/function.tf`],
    [/^list\.(.+)\.tfquery\.hcl$/, (name) => `list-resources/${name}/list-resource.tfquery.hcl`],
    [/^action\.(.+)\.tf$/, (name) => `actions/${name}/action.tf`],
    [/^(.+)\.import\.tf$/, (name) => `resources/${name}/import-by-string-id.tf`],
    [/^([^.]+)\.tf$/, (name) => `resources/${name}/resource.tf`],
  ]
  for (const [pattern, place] of kinds) {
    const match = pattern.exec(file)
    if (match) return place(match[1])
  }
  return undefined
}

/** @param {string} folder @param {{ manifest: Buffer }} release */
export async function writeRegistryLayout(folder, { manifest }) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await cp(join(package_, 'docs'), join(folder, 'docs'), { recursive: true })
  for (const file of await readdir(join(package_, 'examples'))) {
    const place = registryExample(file)
    if (place === undefined) continue
    const target = join(folder, 'examples', place)
    await mkdir(dirname(target), { recursive: true })
    await cp(join(package_, 'examples', file), target)
  }
  await cp(join(package_, 'README.md'), join(folder, 'README.md'))
  await cp(join(package_, '../../LICENSE'), join(folder, 'LICENSE'))
  await writeFile(join(folder, 'terraform-registry-manifest.json'), manifest)
}
