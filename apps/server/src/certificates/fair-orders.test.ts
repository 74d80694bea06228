import { afterEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { createTenant } from '../../test/start-test-server.ts'
import { recordCertificate, takeOrder } from '../store/certificate-orders.ts'
import { insertDomain } from '../store/domains.ts'
import { createHosting } from '../store/hostings.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { schedule, unschedule } from '../store/work.ts'
import { fairOrders } from './fair-orders.ts'

const hour = 3_600_000
const limits = { perHour: 8, forRenewals: 3 }

describeEngines('orders for certificates', (fresh) => {
  let store: Store
  let now: number
  afterEach(() => store?.close())

  async function open() {
    store = await openStore(await fresh())
    now = 10 * hour
    const [big, small] = [await createTenant(store, 'big@acme.com'), await createTenant(store, 'small@acme.com')]
    const choose = fairOrders({ store, limits, now: () => now })
    return { big: big.userId, small: small.userId, choose: (free = 100) => choose(free, new Set()) }
  }

  async function due(tenant: number, count: number, { at = 0, renewal = false } = {}): Promise<string[]> {
    const kind = renewal ? 'renewal' : 'first'
    const keys = Array.from({ length: count }, (_, index) => `${kind}-${tenant}-${index}`)
    for (const key of keys) {
      const address = `${key}.example.com`
      const domainId = await insertDomain(store.db, {
        user_id: tenant,
        address,
        rua_report: 1,
        ruf_report: 1,
        mta_sts_report: 0,
        parked_domain: 0,
        hosted_dmarc: 0,
        hosted_mta_sts: 1,
        report_id: key,
        dmarc_status: 'dmarc_inactive',
        mta_sts_status: 'mta_sts_inactive',
        created_at: 0,
        updated_at: 0,
      })
      await createHosting(store.db, { key, domainId, address })
      if (renewal) await recordCertificate(store.db, key, 0)
      await schedule(store.db, 'certificate', key, at)
    }
    return keys
  }
  const order = (tenant: number | null, renewal = false) => takeOrder(store, { tenant, renewal, limits, now })

  it('keep to the pace of the installation, with some kept free for renewals', async () => {
    const { big } = await open()
    for (let made = 0; made < 5; made++) {
      expect(await order(big)).toBeUndefined()
      now += 1000
    }
    expect(await order(big)).toBe(11 * hour)
    for (let made = 0; made < 3; made++) expect(await order(null, true)).toBeUndefined()
    expect(await order(big, true)).toBe(11 * hour)
    now = 11 * hour
    expect(await order(big, true)).toBeUndefined()
    // The first four of five and all renewals still count.
    expect(await order(big)).toBeGreaterThan(now)
  })

  it('never exceed the pace when many are taken at once', async () => {
    const { big } = await open()
    const taken = await Promise.all(Array.from({ length: 20 }, () => order(big, true)))
    expect(taken.filter((wait) => wait === undefined)).toHaveLength(limits.perHour)
  })

  it('of a tenant with few names do not wait for those of one with many', async () => {
    const { big, small, choose } = await open()
    await due(big, 30)
    const [only] = await due(small, 1, { at: 1 })
    const { subjects, heldBack } = await choose()
    expect(subjects).toHaveLength(5)
    expect(subjects).toContain(only)
    expect(heldBack).toBe(true)
  })

  it('go to the tenant with the fewest in the last hour when one at a time is free', async () => {
    const { big, small, choose } = await open()
    const keys = await due(big, 30)
    await due(small, 3, { at: 1 })
    const turns: string[] = []
    for (let made = 0; made < 6; made++) {
      const [subject = ''] = (await choose(1)).subjects
      turns.push(keys.includes(subject) ? 'big' : 'small')
      if (made < 5) expect(await order(turns[made] === 'big' ? big : small)).toBeUndefined()
      await unschedule(store.db, 'certificate', subject)
      now += 1000
    }
    expect(turns.slice(0, 5).filter((turn) => turn === 'small').length).toBeGreaterThanOrEqual(2)
  })

  it('begin with renewals, which alone have the reserve', async () => {
    const { big, small, choose } = await open()
    await due(big, 30)
    const renewals = await due(small, 2, { renewal: true, at: 5 })
    expect((await choose()).subjects.slice(0, 2).sort()).toEqual(renewals)
    for (let made = 0; made < 5; made++) await order(big)
    expect([...(await choose()).subjects].sort()).toEqual(renewals)
    for (let made = 0; made < 3; made++) await order(small, true)
    expect(await choose()).toEqual({ subjects: [], heldBack: true })
  })

  it('that are not due are not chosen, nor is anything held back', async () => {
    const { big, choose } = await open()
    await due(big, 2, { at: 20 * hour })
    expect(await choose(3)).toEqual({ subjects: [], heldBack: false })
  })
})
