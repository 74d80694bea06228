import { isIP, isIPv4 } from 'node:net'
import type { DnsServer } from '../transport/types.ts'
import { UsageError } from './io.ts'

const expected =
  'expected ADDRESS or ADDRESS:PORT, such as 192.0.2.53 or [2001:db8::53]:5353, or the URL of DNS over HTTPS, such as https://dns.example/dns-query'

/** The resolvers given with `--resolver`, each an address, with or without a port, or the URL of DNS over HTTPS (RFC 8484). */
export function parseResolvers(texts: readonly string[]): DnsServer[] {
  return texts.map((text) => {
    if (/^https?:/i.test(text)) return { url: parseUrl(text) }
    if (isIP(text) !== 0) return { address: text }
    const match = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(text)
    const address = match?.[1] ?? match?.[2] ?? ''
    const port = match?.[3] === undefined ? undefined : Number(match[3])
    const bracketed = match?.[1] !== undefined
    const wrong =
      isIP(address) === 0 || isIPv4(address) === bracketed || (port !== undefined && !(port > 0 && port < 65_536))
    if (wrong) throw new UsageError(`--resolver cannot be read; ${expected}.`)
    return { address, ...(port === undefined ? {} : { port }) }
  })
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const loopback = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url?.username !== '' || url.password !== '') throw new UsageError(`--resolver cannot be read; ${expected}.`)
  if (url.protocol !== 'https:' && !loopback) {
    throw new UsageError('--resolver takes DNS over HTTPS by https only; plain http is for this machine itself.')
  }
  return text
}
