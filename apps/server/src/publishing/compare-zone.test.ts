import { afterEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { createLogger } from '../config/logger.ts'
import { notKnown } from '../current/found.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { zoneComparison } from '../store/zone-comparisons.ts'
import { compareShared, compareZone } from './compare-zone.ts'
import type { ZoneDifference } from './zone-publisher.ts'

const zone = {
  zone: 'hosting.test',
  ttl: 300,
  reportHost: 'reports.hosting.test',
  reportExchanges: [],
  policyHostAddresses: { ipv4: [], ipv6: [] },
  certificateAuthorities: [],
}

describeEngines('the comparison of the hosted zone', (fresh) => {
  let store: Store
  afterEach(() => store?.close())

  async function world() {
    store = await openStore(await fresh())
    const hosting = (key: string, dmarc_record: string) =>
      store.db
        .insertInto('hostings')
        .values({ key, domain_id: null, address: `${key}.example`, dmarc_record, keep_until: 0, published_at: 1 })
        .execute()
    for (let index = 0; index < 60; index++) await hosting(`k${String(index).padStart(2, '0')}`, 'v=DMARC1; p=none')
    const state = { serial: 7 as number | undefined, now: 1000, reads: 0, differences: [] as ZoneDifference[] }
    const compare = () =>
      compareZone(
        {
          store,
          zone,
          target: {
            list: async () => notKnown('The service does not list a zone as a whole.'),
            async compare(records) {
              state.reads += records.length
              return state.differences.splice(0)
            },
          },
          serial: async () => state.serial,
          interval: 10_000,
          now: () => state.now,
          log: createLogger('silent'),
        },
        new AbortController().signal,
      )
    return { state, compare, hosting }
  }

  it('reads every name once, and none while zone and store are unchanged', async () => {
    const { state, compare } = await world()
    expect(await compare()).toEqual({ at: 11_000, differences: 0 })
    expect(state.reads).toBeGreaterThanOrEqual(240)
    state.reads = 0
    state.now = 5000
    expect(await compare()).toEqual({ at: 11_000, differences: 0 })
    expect(state.reads).toBe(0)
    state.now = 11_000
    expect((await compare()).at).toBe(21_000)
    expect(state.reads).toBeGreaterThanOrEqual(240)
  })

  it.each([
    ['the serial differs', (state: { serial: number | undefined }) => (state.serial = 8)],
    ['the serial is not known', (state: { serial: number | undefined }) => (state.serial = undefined)],
  ])('reads the zone again when %s', async (_, change) => {
    const { state, compare } = await world()
    await compare()
    state.reads = 0
    change(state)
    await compare()
    expect(state.reads).toBeGreaterThanOrEqual(240)
  })

  it('reads the zone again when the store wants something else', async () => {
    const { state, compare, hosting } = await world()
    await compare()
    state.reads = 0
    await hosting('later', 'v=DMARC1; p=reject')
    await compare()
    expect(state.reads).toBeGreaterThanOrEqual(244)
  })

  it('repairs the records that belong to no single domain between two comparisons of the zone', async () => {
    store = await openStore(await fresh())
    const compared: string[] = []
    let differences: ZoneDifference[] = []
    const target = {
      list: async () => notKnown('The zone is not listed for this.'),
      async compare(records: readonly NamedRrsets[]) {
        compared.push(...records.map(([name]) => name))
        return differences
      },
    }
    const context = { store, zone, target, now: () => 1000, log: createLogger('silent') }
    expect(await compareShared(context, new AbortController().signal)).toBe(0)
    expect(compared).toEqual(['*._report._dmarc.reports.hosting.test'])
    differences = [{ name: '*._report._dmarc.reports.hosting.test', expected: ['a'], found: [] }]
    expect(await compareShared(context, new AbortController().signal)).toBe(1)
    expect(await store.db.selectFrom('work').select(['task', 'subject']).execute()).toEqual([
      { task: 'repair', subject: 'shared' },
    ])
    expect(await zoneComparison(store.db, zone.zone)).toMatchObject({ repairs: 1 })
  })

  it('counts what it repairs, and compares again at the next start', async () => {
    const { state, compare } = await world()
    await compare()
    state.now = 11_000
    state.differences = [{ name: 'k00.dmarc.hosting.test', expected: ['a'], found: ['b'] }]
    expect((await compare()).differences).toBe(1)
    const work = await store.db.selectFrom('work').select(['task', 'subject']).execute()
    expect(work).toEqual([{ task: 'repair', subject: 'shared' }])
    expect(await zoneComparison(store.db, zone.zone)).toMatchObject({ repairs: 1, serial: null })
    state.reads = 0
    await compare()
    expect(state.reads).toBeGreaterThanOrEqual(240)
    expect(await zoneComparison(store.db, zone.zone)).toMatchObject({ repairs: 1, serial: 7 })
  })
})
