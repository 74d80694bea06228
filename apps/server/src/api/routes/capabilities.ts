import { extensionNames } from '@dmarc-as-code/client/contract'
import { route } from '../route.ts'

export const capabilities = route('getCapabilities', {
  privilege: 'read',
  description: 'The extensions of this server. The vendor answers 404: it has none.',
  async handle(_request, { version }) {
    return { extensions: [...extensionNames], version }
  },
})
