import { execFileSync } from 'node:child_process'
import { root } from '../lib/bootstrap.mjs'

interface Bom {
  metadata: { component: { 'bom-ref': string } }
  components: { 'bom-ref': string; name: string }[]
}

/**
 * The bill of materials of a workspace, in CycloneDX's JSON: the packages that it has at run time, by the lock file.
 *
 * @param workspace its name in `package.json`
 * @throws {Error} if npm has no such workspace, or cannot read the lock file
 */
export function sbomOf(workspace: string): object {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--omit', 'dev', '--workspace', workspace]
  const bom: Bom = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }))
  const own = bom.components.find((component) => component['bom-ref'].startsWith(`${workspace}@`))
  if (own === undefined) throw new Error(`npm's bill of materials of ${workspace} does not name ${workspace} itself.`)
  // npm names the repository as the product.
  bom.metadata.component = own
  bom.components = bom.components.filter((component) => component !== own)
  return bom
}
