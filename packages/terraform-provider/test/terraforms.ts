import { installedTerraforms, isAtLeast, type Releases } from '@dmarc-as-code/terraform-plugin/testing'
import { describe } from 'vitest'

const installed = installedTerraforms()

/**
 * A suite for each installed Terraform and OpenTofu; one skipped suite, by name, where neither is installed. Installed
 * programs before `releases` get no suite: those that have the feature run it as peers.
 */
export function describeTerraforms(
  body: (terraform: { name: string; program: string }) => void,
  releases?: Releases,
): void {
  if (installed.length === 0) {
    describe.skip('terraform or tofu', () => body({ name: 'terraform', program: '' }))
    return
  }
  const fit = installed.filter((terraform) => releases === undefined || isAtLeast(terraform, releases))
  if (fit.length > 0) describe.each(fit)('$name', body)
}
