import { extensionNames } from '@dmarc-as-code/client/contract'
import { route } from '../route.ts'

/** Extensions of the contract that this server does not carry out. */
const missing: readonly string[] = ['idempotency_keys']

export const capabilities = route('getCapabilities', {
  privilege: 'read',
  description: 'The extensions of this server. The vendor answers 404: it has none.',
  async handle(_request, { version }) {
    return { extensions: extensionNames.filter((name) => !missing.includes(name)), version }
  },
})
