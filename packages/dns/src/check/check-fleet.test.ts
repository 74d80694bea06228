import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rcode, type ScriptedDns, startScriptedDns } from '../../test/scripted-dns.ts'
import { targets } from '../../test/world.ts'
import { authoritative } from '../../test/zones.ts'
import { createResolver } from '../observe/resolver.ts'
import { type BulkDnsClient, createBulkDnsClient } from '../transport/bulk-client.ts'
import { checkFleet, type FleetDomain, type FleetVerdict } from './check-fleet.ts'
import { checkRecords } from './check-records.ts'

const complete = [
  `_dmarc CNAME ${targets.dmarc}`,
  `mta-sts CNAME ${targets.mta_sts_policy}`,
  `_mta-sts CNAME ${targets.mta_sts_id}`,
  `_smtp._tls CNAME ${targets.tls_rpt}`,
]
const expected = {
  dmarc: { target: targets.dmarc },
  mta_sts_policy: { target: targets.mta_sts_policy },
  mta_sts_id: { target: targets.mta_sts_id },
  tls_rpt: { target: targets.tls_rpt },
}
const zones = {
  'good.test': complete,
  'half.test': complete.slice(0, 2),
  'wild.test': [`* CNAME ${targets.dmarc}`],
  'both.test': [...complete, '_dmarc TXT v=DMARC1; p=none'],
}

let dns: ScriptedDns
let client: BulkDnsClient
beforeEach(async () => {
  dns = await startScriptedDns(authoritative(zones))
  client = createBulkDnsClient()
})
afterEach(async () => {
  client.close()
  await dns.close()
})
const resolver = () =>
  createResolver({ client, stubZones: [{ zone: '.', servers: [dns] }], recursors: [], timeout: 1000, tries: 1 })
const statuses = async (domain: string) =>
  Object.fromEntries(
    Object.entries(await checkRecords({ domain, expected, resolver: resolver() })).map(([kind, verdict]) => [
      kind,
      verdict.reason ?? verdict.status,
    ]),
  )

describe('checkRecords', () => {
  it('asks one question a name where all is right', async () => {
    expect(await statuses('good.test')).toEqual({
      dmarc: 'verified',
      mta_sts_policy: 'verified',
      mta_sts_id: 'verified',
      tls_rpt: 'verified',
    })
    expect(dns.queries).toHaveLength(4)
  })

  it('looks closely where something is missing', async () => {
    expect(await statuses('half.test')).toEqual({
      dmarc: 'verified',
      mta_sts_policy: 'verified',
      mta_sts_id: 'absent',
      tls_rpt: 'absent',
    })
  })

  it('is not content with a wildcard', async () => {
    expect((await statuses('wild.test')).dmarc).toBe('wildcard')
  })

  it('sees a TXT beside the CNAME', async () => {
    expect((await statuses('both.test')).dmarc).toBe('conflict')
  })

  it('keeps what was verified when the server fails', async () => {
    dns.script = () => ({ rcode: rcode.SERVFAIL, aa: false })
    const previous = { dmarc: { status: 'verified' as const } }
    const { dmarc } = await checkRecords({ domain: 'good.test', expected, resolver: resolver(), previous })
    expect(dmarc).toMatchObject({ status: 'verified', reason: 'unknown' })
  })
})

describe('checkFleet', () => {
  const fleet = (count: number): FleetDomain[] =>
    Array.from({ length: count }, (_, i) => ({ domain: i % 10 === 0 ? 'half.test' : 'good.test', expected }))

  it('answers every domain once, with no more than the allowed questions on their way', async () => {
    let [onTheirWay, most] = [0, 0]
    const counted = {
      query: async (...args: Parameters<typeof client.query>) => {
        most = Math.max(most, ++onTheirWay)
        return client.query(...args).finally(() => onTheirWay--)
      },
    }
    const all: FleetVerdict[] = []
    const bulk = createResolver({ client: counted, stubZones: [{ zone: '.', servers: [dns] }], recursors: [] })
    for await (const one of checkFleet({ domains: fleet(200), resolver: bulk, concurrency: 10 })) all.push(one)
    expect(all).toHaveLength(200)
    expect(all.filter(({ domain }) => domain === 'half.test')).toHaveLength(20)
    expect(all.every(({ verdicts }) => verdicts.dmarc?.status === 'verified')).toBe(true)
    expect(most).toBeGreaterThan(4)
  })

  it('reads the domains as it goes, and stops reading when the loop is left', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<FleetDomain> {
      for (;;) {
        read++
        yield { domain: 'good.test', expected }
      }
    }
    let seen = 0
    for await (const _ of checkFleet({ domains: endless(), resolver: resolver(), concurrency: 4 })) {
      if (++seen === 12) break
    }
    expect(read).toBeLessThan(60)
  })

  it("fails with the caller's reason when aborted", async () => {
    const stop = new AbortController()
    const all = (async () => {
      for await (const _ of checkFleet({ domains: fleet(500), resolver: resolver(), signal: stop.signal })) {
        stop.abort(new Error('enough'))
      }
    })()
    await expect(all).rejects.toThrow('enough')
  })
})
