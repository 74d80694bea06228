import { providerSchemaJson } from '@dmarc-as-code/terraform-plugin'
import provider from './provider.ts'

/** The stand-in's schema as `terraform providers schema -json` would print it. */
export const schemaJson = (): object => providerSchemaJson(provider, { source: 'registry.terraform.io/hashicorp/aws' })
