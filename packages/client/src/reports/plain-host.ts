import { toAsciiHost } from '@dmarc-as-code/records'

/** In lower case, A-labels, without a final dot. */
export const plainHost = (host: string): string => {
  const name = host.trim().replace(/\.$/, '')
  return toAsciiHost(name) ?? name.toLowerCase()
}
