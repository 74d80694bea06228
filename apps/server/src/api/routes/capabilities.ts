import { extensionNames } from '@dmarc-as-code/client/contract'
import { route } from '../route.ts'

export const capabilities = route('getCapabilities', {
  privilege: 'read',
  description: 'The vendor answers 404 here: no extensions.',
  async handle(_request, { version }) {
    return { extensions: [...extensionNames], version }
  },
})
