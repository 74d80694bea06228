import { providerSchemaJson } from '@dmarc-as-code/terraform-plugin'
import { provider } from './provider.ts'

/** Where the registry has the provider. */
export const source = 'registry.terraform.io/dmarc-as-code/dmarcreport'

/** What `terraform providers schema -json` prints for this provider, without Terraform: for generators of docs and code. */
export function schemaJson(options: { readonly source?: string } = {}): ReturnType<typeof providerSchemaJson> {
  return providerSchemaJson(provider, { source: options.source ?? source })
}
