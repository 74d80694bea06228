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
  /** Further zones to serve that UPDATE cannot change: the hosted zone. */
  alsoServe?: readonly ZoneData[]
  /** Folder that keeps changed zones between runs. Default: none. */
  folder?: string
  port?: number
  now?: () => number
  onError?: (error: unknown) => void
}

export interface SandboxDns {
  address: string
  port: number
  /** The customer zones, to inspect or change from a test. */
  zones: readonly ZoneData[]
  /** A customer zone by name. @throws {Error} when there is none */
  zone: (name: string) => ZoneData
  close: () => Promise<void>
}

/** The DNS server of the sample customers on loopback; it accepts signed updates (RFC 2136). */
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
