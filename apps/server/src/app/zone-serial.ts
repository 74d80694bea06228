import type { Resolver } from '@dmarc-as-code/dns/resolver'
import { recordsOfType } from '@dmarc-as-code/dns/wire'

/** Name servers that are asked, and milliseconds for all of them. */
const mostServers = 4
const lookTime = 10_000

/** The serial of a zone, where its servers agree on one; undefined where they differ or cannot be asked. */
export async function zoneSerial(resolver: Resolver, zone: string, signal: AbortSignal): Promise<number | undefined> {
  const run = resolver.begin({ signal, timeout: lookTime })
  try {
    const { name, nameServers } = await run.findZone(zone)
    if (name !== zone) return undefined
    const answers = await Promise.all(
      nameServers.slice(0, mostServers).map((server) => run.askNameServer({ name: zone, type: 'SOA' }, server)),
    )
    const serials = answers.map(({ records }) => recordsOfType(records, 'SOA', zone)[0]?.data.serial)
    const [first] = serials
    return serials.every((serial) => serial === first) ? first : undefined
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Error) return undefined
    throw error
  }
}
