import { createDnsClient, createResolver } from '@dmarc-as-code/dns/resolver'
import type { StubZone } from '../../shared/stub-zone.ts'
import type { CnameLookup } from './dangling.ts'

const lookupTimeout = 10_000

/** What the DNS says about the CNAME at a name. A failed look-up is unknown, never absent. */
export async function findCname(
  name: string,
  stubZones: readonly StubZone[],
  signal: AbortSignal,
): Promise<CnameLookup> {
  const run = createResolver({ client: createDnsClient(), stubZones: [...stubZones] }).begin({
    signal: AbortSignal.any([signal, AbortSignal.timeout(lookupTimeout)]),
  })
  try {
    const { outcome, records } = await run.lookUp({ name, type: 'CNAME' })
    if (outcome !== 'answer' && outcome !== 'no-such-record' && outcome !== 'no-such-name') return 'unknown'
    const cname = records.find((record) => record.type === 'CNAME' && record.name.toLowerCase() === name.toLowerCase())
    return cname?.type === 'CNAME' ? cname.data.replace(/\.$/, '') : undefined
  } catch {
    return 'unknown'
  }
}
