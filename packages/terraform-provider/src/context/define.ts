import { defineWith } from '@dmarc-as-code/terraform-plugin'
import type { ProviderContext } from './provider-context.ts'

/** Every resource and data source of this provider works on one `ProviderContext`. */
export const define = defineWith<ProviderContext>()
