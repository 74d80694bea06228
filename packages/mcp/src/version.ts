import { createRequire } from 'node:module'

/** The version of this package. */
export const { version } = createRequire(import.meta.url)('@dmarc-as-code/mcp/package.json') as { version: string }
