import type { TsigKey } from '@dmarc-as-code/dns/rfc2136'
import { startAuthority, type ZoneData } from '../authority/index.ts'
import { type CustomerZone, customerZoneData, customerZones } from './customer-zones.ts'
import { signedHandler } from './signed-handler.ts'
import { loadZone, saveZone } from './zone-file.ts'

export interface SandboxDnsOptions {
  /** Keys that may change the customer zones. */
  keys: readonly TsigKey[]
  /** Default: example.test, shop.test, parked.test, agency.test. */
  zones?: readonly CustomerZone[]
  /** Zones to answer for beside them, which cannot be changed by UPDATE: the hosted zone. */
  alsoServe?: readonly ZoneData[]
  /** Where changed zones are kept between runs. Default: nowhere. */
  folder?: string
  port?: number
  now?: () => number
  onError?: (error: unknown) => void
}

export interface SandboxDns {
  address: string
  port: number
  /** The customer zones, to look at or to change from a test. */
  zones: readonly ZoneData[]
  /** A customer zone by name. Throws when there is none. */
  zone: (name: string) => ZoneData
  close: () => Promise<void>
}

/** A DNS server of pretended customers on loopback, which takes signed updates (RFC 2136). */
export async function startSandboxDns(options: SandboxDnsOptions): Promise<SandboxDns> {
  const { folder } = options
  const zones = (options.zones ?? customerZones).map(
    (zone) => (folder && loadZone(folder, zone.name)) || customerZoneData(zone),
  )
  const authority = await startAuthority({
    zones: [...zones, ...(options.alsoServe ?? [])],
    port: options.port ?? 0,
    handler: signedHandler({
      zones,
      keys: options.keys,
      now: options.now ?? Date.now,
      ...(folder === undefined ? {} : { onChange: (zone: ZoneData) => saveZone(folder, zone) }),
    }),
    ...(options.onError ? { onError: options.onError } : {}),
  })
  return {
    address: authority.address,
    port: authority.port,
    zones,
    zone: (name) => {
      const found = zones.find((zone) => zone.name === name)
      if (!found)
        throw new Error(`The sandbox has no zone ${name}; it has ${zones.map((zone) => zone.name).join(', ')}.`)
      return found
    },
    close: authority.close,
  }
}
