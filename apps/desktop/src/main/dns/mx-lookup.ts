import { createDnsClient, createResolver, type ServerAnswer } from '@dmarc-as-code/dns/resolver'
import { mapLimited } from '@dmarc-as-code/primitives'
import type { StubZone } from '../../shared/stub-zone.ts'

const concurrency = 8
const lookupTimeout = 10_000

/** The hosts in the MX records of each address, best first; null where they could not be looked up. */
export async function lookUpMx(
  addresses: readonly string[],
  stubZones: readonly StubZone[],
): Promise<Readonly<Record<string, readonly string[] | null>>> {
  const resolver = createResolver({ client: createDnsClient(), stubZones: [...stubZones] })
  const found = await mapLimited(addresses, concurrency, async (name) => {
    try {
      const run = resolver.begin({ signal: AbortSignal.timeout(lookupTimeout) })
      const { outcome, records } = await run.lookUp({ name, type: 'MX' })
      if (outcome === 'no-such-name' || outcome === 'no-such-record') return [name, []] as const
      return outcome === 'answer' ? ([name, hostsOf(records)] as const) : ([name, null] as const)
    } catch {
      return [name, null] as const
    }
  })
  return Object.fromEntries(found)
}

function hostsOf(records: ServerAnswer['records']): string[] {
  return records
    .flatMap((record) => (record.type === 'MX' ? [record.data] : []))
    .sort((a, b) => a.preference - b.preference)
    .map(({ exchange }) => exchange.replace(/\.$/, '').toLowerCase())
    .filter((host) => host !== '')
}
