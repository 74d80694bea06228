import { installedTerraforms } from '@dmarc-as-code/terraform-plugin/testing'
import { describe } from 'vitest'

const installed = installedTerraforms()

/** A suite for each installed Terraform and OpenTofu; one skipped suite, by name, where neither is installed. */
export const describeTerraforms = (body: (terraform: { name: string; program: string }) => void) =>
  describe
    .skipIf(installed.length === 0)
    .each(installed.length > 0 ? installed : [{ name: 'terraform or tofu', program: '' }])('$name', body)
