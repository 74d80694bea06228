import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { createTenant } from '../../test/start-test-server.ts'
import { deleteDomain, findDomain, insertDomain, updateDomain } from './domains.ts'
import {
  createHosting,
  hostingOf,
  markPolicyCname,
  markPublished,
  retireHosting,
  setLivePolicy,
  setWantedRecords,
} from './hostings.ts'
import { openStore, type Store } from './open-store.ts'
import { StaleError } from './retry.ts'

const now = 1_800_000_000_000

describeEngines('a write based on an earlier version', (fresh) => {
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
      hosted_dmarc: 0,
      hosted_mta_sts: 0,
      report_id: '0a1b2c3d4e5f',
      dmarc_status: 'dmarc_inactive',
      mta_sts_status: 'mta_sts_inactive',
      created_at: now,
      updated_at: now,
    })
    await createHosting(store.db, { key: 'k', domainId: id, address: 'example.test' })
  })
  afterEach(() => store.close())

  const domain = async () => {
    const found = await findDomain(store.db, id)
    if (!found) throw new Error('the domain is gone')
    return found
  }

  it('of a domain is refused', async () => {
    const read = await domain()
    await updateDomain(store.db, read, { hosted_dmarc: 1 })
    expect((await domain()).version).toBe(read.version + 1)
    await expect(updateDomain(store.db, read, { hosted_dmarc: 0 })).rejects.toThrow(StaleError)
    await expect(deleteDomain(store.db, read)).rejects.toThrow(StaleError)
    expect(await domain()).toMatchObject({ hosted_dmarc: 1 })
  })

  it.each([
    ['wanted records', { write: (hosting) => setWantedRecords(store.db, hosting, wanted) }],
    ['live policy', { write: (hosting) => setLivePolicy(store.db, hosting, { live_policy: 'x', keep_until: 0 }, now) }],
    ['publication', { write: (hosting) => markPublished(store.db, hosting, now) }],
    ['policy CNAME', { write: (hosting) => markPolicyCname(store.db, hosting, true, now) }],
    ['retirement', { write: (hosting) => retireHosting(store.db, hosting, now) }],
  ] as [string, { write: (hosting: Awaited<ReturnType<typeof hostingOf>>) => Promise<unknown> }][])(
    'of a hosting is refused: %s',
    async (_, { write }) => {
      const read = await hostingOf(store.db, id)
      await setWantedRecords(store.db, read, { ...wanted, dmarc_record: 'v=DMARC1; p=reject' })
      await expect(write(read)).rejects.toThrow(StaleError)
      const current = await hostingOf(store.db, id)
      expect(current).toMatchObject({
        dmarc_record: 'v=DMARC1; p=reject',
        live_policy: null,
        version: read.version + 1,
      })
      await write(current)
      expect((await hostingOf(store.db, id)).version).toBe(read.version + 2)
    },
  )

  it('repeats its transaction with what is stored by then', async () => {
    let attempts = 0
    await store.transaction(async (tx) => {
      attempts += 1
      const read = await domain2(tx)
      const version = attempts === 1 ? read.version - 1 : read.version
      await updateDomain(tx, { id, version }, { ruf_report: 0 })
    })
    expect(attempts).toBe(2)
    expect(await domain()).toMatchObject({ ruf_report: 0 })
  })

  const domain2 = async (tx: Store['db']) => (await findDomain(tx, id)) ?? (await domain())
})

const wanted = { dmarc_record: 'v=DMARC1; p=none', tls_rpt_record: null, wanted_policy: null }
