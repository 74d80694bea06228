import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { createTenant } from '../../test/start-test-server.ts'
import { insertDomain } from './domains.ts'
import { openStore, type Store } from './open-store.ts'
import {
  longestFound,
  type Observation,
  observationsKept,
  observationsOf,
  recordObservations,
} from './verifications.ts'

describeEngines('the history of a domain', (fresh) => {
  let store: Store
  let id: number
  beforeEach(async () => {
    store = await openStore(await fresh())
    const { userId } = await createTenant(store, 'owner@example.com')
    id = await insertDomain(store.db, {
      user_id: userId,
      address: 'example.test',
      rua_report: 1,
      ruf_report: 1,
      parked_domain: 0,
      hosted_dmarc: 1,
      hosted_mta_sts: 0,
      report_id: '0a1b2c3d4e5f',
      dmarc_status: 'dmarc_inactive',
      mta_sts_status: 'mta_sts_inactive',
      created_at: 1,
      updated_at: 1,
    })
  })
  afterEach(() => store.close())

  const observation = (at: number, found: string | null = null): Observation => ({
    at,
    service: 'dmarc',
    record: 'dmarc',
    part: 'cname',
    from: 'verified',
    to: 'misconfigured',
    reason: 'wrong-target',
    found,
  })

  it('keeps an excerpt of what was found', async () => {
    await recordObservations(store.db, id, [observation(1, 'x'.repeat(54_000)), observation(2, 'short')])
    const [long, short] = await observationsOf(store.db, id)
    expect(long?.found).toHaveLength(longestFound)
    expect(short?.found).toBe('short')
  })

  it('keeps the latest changes when there are too many', async () => {
    const total = observationsKept + 50
    for (let at = 0; at < total; at += 50) {
      await recordObservations(
        store.db,
        id,
        Array.from({ length: 50 }, (_, index) => observation(at + index)),
      )
    }
    const kept = await observationsOf(store.db, id)
    expect(kept).toHaveLength(observationsKept)
    expect(kept.at(-1)?.at).toBe(total - 1)
  })
})
