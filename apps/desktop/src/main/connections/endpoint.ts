import { ProblemError } from '../../shared/problems.ts'
import type { StubZone } from '../../shared/stub-zone.ts'
import { isLoopback } from '../watch/connection-watch.ts'

/** The base URL as typed, made regular. The token travels with every request, so plain http is for this computer only. */
export function checkedBaseUrl(typed: string): string {
  const text = typed.trim()
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new ProblemError(
      'address-not-valid',
      `The address "${text}" is not a valid URL. Enter an address such as https://dmarc.example.com.`,
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.href)) {
    throw new ProblemError(
      'address-not-valid',
      `The address ${url.origin} uses http, which would expose the API token. Use https.`,
    )
  }
  if (url.username || url.password)
    throw new ProblemError('address-not-valid', 'Remove the user name and password from the address.')
  return url.href.replace(/\/+$/, '').replace(/\/v2$/, '')
}

/** Reads `zone=address:port` lines; an IPv6 address goes in brackets, the port may be left out. */
export function parseStubZones(text: string): StubZone[] {
  const zones = new Map<string, { address: string; port: number }[]>()
  for (const line of text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter(Boolean)) {
    const match = /^([^=\s]+)\s*=\s*(?:\[([0-9a-f:]+)\]|([\d.]+))(?::(\d{1,5}))?$/i.exec(line)
    const zone = match?.[1]?.toLowerCase()
    const address = match?.[2] ?? match?.[3]
    const port = Number(match?.[4] ?? 53)
    if (!zone || !address || port < 1 || port > 65535) {
      throw new ProblemError(
        'zones-not-valid',
        `The name server line "${line}" is not valid. Enter zone=address:port, for example corp.example=10.0.0.53:53.`,
      )
    }
    zones.set(zone, [...(zones.get(zone) ?? []), { address, port }])
  }
  return [...zones].map(([zone, servers]) => ({ zone, servers }))
}
