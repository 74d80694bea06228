import { afterEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { createTenant } from '../../test/start-test-server.ts'
import { insertDomain } from '../store/domains.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import { fairShares } from './fair-shares.ts'

describeEngines('the slots of verification', (fresh) => {
  let store: Store
  afterEach(() => store?.close())

  async function due(tenant: number, addresses: readonly string[], at: number): Promise<string[]> {
    const subjects: string[] = []
    for (const address of addresses) {
      const id = await insertDomain(store.db, {
        user_id: tenant,
        address,
        rua_report: 1,
        ruf_report: 1,
        mta_sts_report: 0,
        parked_domain: 0,
        hosted_dmarc: 1,
        hosted_mta_sts: 0,
        report_id: `${tenant} ${address}`,
        dmarc_status: 'dmarc_inactive',
        mta_sts_status: 'mta_sts_inactive',
        created_at: 0,
        updated_at: 0,
      })
      await schedule(store.db, 'verify', String(id), at)
      subjects.push(String(id))
    }
    return subjects
  }
  const many = (count: number, name: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => name(index))

  async function open() {
    store = await openStore(await fresh())
    const [big, small] = [await createTenant(store, 'big@acme.com'), await createTenant(store, 'small@acme.com')]
    let now = 10_000
    const choose = fairShares({ store, now: () => now, perTenant: 4, perZone: 2 })
    return { big: big.userId, small: small.userId, choose, later: (by: number) => (now += by) }
  }

  it('are not all taken by one tenant, however many of its domains wait', async () => {
    const { big, small, choose, later } = await open()
    const backlog = await due(
      big,
      many(400, (index) => `d${index}.com`),
      1,
    )
    const others = await due(small, ['small.com'], 5000)
    const first = await choose(8, new Set())
    expect(first.subjects).toEqual([...backlog.slice(0, 4), ...others])
    expect(first.heldBack).toBe(true)
    // A slot of the tenant becomes free: it gets the next of its domains, and no more.
    later(10)
    const running = new Set([...backlog.slice(1, 4), ...others])
    expect((await choose(4, running)).subjects).toHaveLength(1)
  })

  it('are not all taken by one zone', async () => {
    const { big, choose } = await open()
    const slow = await due(
      big,
      many(50, (index) => `s${index}.slow.co.uk`),
      1,
    )
    const quick = await due(big, ['quick.co.uk'], 5000)
    const { subjects } = await choose(8, new Set())
    expect(subjects).toEqual([...slow.slice(0, 2), ...quick])
  })

  it('all go to what is due first where no account takes too many', async () => {
    const { big, small, choose } = await open()
    const [a] = await due(big, ['a.com'], 2)
    const [b] = await due(small, ['b.com'], 1)
    expect(await choose(8, new Set())).toEqual({ subjects: [b, a], heldBack: false })
  })
})
