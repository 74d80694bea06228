import { extensionNames } from '@dmarc-as-code/client/contract'
import { route } from '../route.ts'

/** In the contract, and not carried out yet. */
const planned: ReadonlySet<string> = new Set(['take_over_current', 'effect'])

export const capabilities = route('getCapabilities', {
  privilege: 'read',
  description: 'The extensions of this server. The vendor answers 404: it has none.',
  async handle(_request, { version }) {
    return { extensions: extensionNames.filter((name) => !planned.has(name)), version }
  },
})
