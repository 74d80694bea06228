import { domainToASCII, domainToUnicode } from 'node:url'
import { shareInFlight } from '@dmarc-as-code/primitives'
import type { HostedZone } from '../../engine/types.ts'
import { canonicalName } from '../../wire/names.ts'
import type { HttpClient } from '../http.ts'
import { type JsonObject, shapesOf } from '../shape.ts'
import type { ZoneLists } from '../zone-directory.ts'
import { possibleZones } from '../zone-walk.ts'
import { listAll, listPage } from './list.ts'

const shape = shapesOf('cloudflare')

/** As many as one answer holds. */
const perPage = 50

export interface CloudflareZone extends HostedZone {
  isActive: boolean
}

/** The zones that a token sees and whose records are Cloudflare's own. */
export function cloudflareZones(http: HttpClient): Omit<ZoneLists<CloudflareZone>, 'clock'> {
  const share = shareInFlight<CloudflareZone[]>()
  return {
    async page(position, signal) {
      const page = Number(position ?? 1)
      const { results, pages } = await listPage(http, '/zones', { page, per_page: perPage }, signal)
      return { zones: toZones(results), next: results.length > 0 && page < pages ? page + 1 : undefined }
    },
    async lookUp(name, signal) {
      for (const candidate of possibleZones(name)) {
        // Zones go by their Unicode names, asked for and answered; records by their A-labels (cloudflare-docs 1991).
        const query = { name: domainToUnicode(candidate) || candidate }
        const found = await share(candidate, async () =>
          toZones(await listAll(http, '/zones', query, perPage, signal)).filter(({ name }) => name === candidate),
        )
        if (found.length > 0) return found
      }
      return []
    },
    keyOf: (name) => possibleZones(name)[0] ?? name,
  }
}

/** The longest zone. Several accounts may have it, of which one is active; the others wait for name servers or lost them. */
export function chooseZone(holding: readonly CloudflareZone[]): HostedZone | undefined {
  const [chosen] = [...holding].sort(
    (left, right) => right.name.length - left.name.length || Number(right.isActive) - Number(left.isActive),
  )
  if (!chosen) return undefined
  const { isActive: _, ...zone } = chosen
  return zone
}

function toZones(zones: readonly JsonObject[]): CloudflareZone[] {
  // What secondary, partial and internal zones hold comes from elsewhere, or is not what resolvers are answered.
  const full = zones.filter((zone) => zone.type === undefined || zone.type === 'full')
  return full.map((zone) => {
    const nameServers = shape.texts(zone.name_servers).map(canonicalName)
    return {
      id: shape.text(zone, 'id'),
      name: canonicalName(domainToASCII(shape.text(zone, 'name'))),
      isActive: zone.status === 'active',
      ...(nameServers.length > 0 ? { nameServers } : {}),
    }
  })
}
