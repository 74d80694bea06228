import { defineWith } from '@dmarc-as-code/terraform-plugin'
import type { Api } from '../api/api.ts'

/** Every resource and data source of this provider works on one `Api`. */
export const define = defineWith<Api>()
