import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTenant } from '../../test/start-test-server.ts'
import { createLogger } from '../config/logger.ts'
import { firstOrderAt } from '../store/certificate-orders.ts'
import { insertDomain } from '../store/domains.ts'
import { createHosting, hostingOf, markPolicyCname, setLivePolicy, setWantedRecords } from '../store/hostings.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import type { KeptCurrent } from './cached-certificates.ts'
import { keepCertificate } from './keep-certificate.ts'

const policy = 'version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n'
const now = 1_000_000

describe('the certificate of a hosting', () => {
  let store: Store
  let domainId: number
  let asked: string[]
  let outcome: KeptCurrent
  let lines: string[]

  beforeEach(async () => {
    store = await openStore(':memory:')
    asked = []
    lines = []
    outcome = { at: now + 5000, current: true }
    const { userId } = await createTenant(store, 'owner@acme.com')
    domainId = await insertDomain(store.db, {
      user_id: userId,
      address: 'example.com',
      rua_report: 1,
      ruf_report: 1,
      mta_sts_report: 0,
      parked_domain: 0,
      hosted_dmarc: 0,
      hosted_mta_sts: 1,
      report_id: 'r',
      dmarc_status: 'dmarc_inactive',
      mta_sts_status: 'mta_sts_inactive',
      created_at: 0,
      updated_at: 0,
    })
    await createHosting(store.db, { key: 'k', domainId, address: 'example.com' })
  })
  afterEach(() => store.close())

  const keep = () =>
    keepCertificate(
      { subject: 'k', signal: AbortSignal.timeout(10_000) },
      {
        store,
        certificates: {
          keepCurrent: async (hostname, turn) => {
            asked.push(hostname)
            const wait = await turn({ renewal: false })
            return wait === undefined ? outcome : { at: wait, current: false }
          },
        },
        limits: { perHour: 1, forRenewals: 0 },
        now: () => now,
        log: createLogger('warn', (line) => lines.push(line)),
      },
    )
  const current = () => hostingOf(store.db, domainId)
  const sawCname = async () => markPolicyCname(store.db, await current(), true, now)
  const want = async () =>
    setWantedRecords(store.db, await current(), { dmarc_record: null, tls_rpt_record: null, wanted_policy: policy })
  const publish = async () => setLivePolicy(store.db, await current(), { live_policy: policy, keep_until: 0 }, now)

  it('is ordered once the CNAME is seen and the policy is served', async () => {
    await want()
    await publish()
    expect(await keep()).toEqual({ at: null, attempt: 0 })
    expect(asked).toEqual([])
    await sawCname()
    expect(await keep()).toEqual({ at: now + 5000, attempt: 0 })
    expect(asked).toEqual(['mta-sts.example.com'])
  })

  it('waits for a policy that is being published, and for none other', async () => {
    await sawCname()
    expect(await keep()).toEqual({ at: null, attempt: 0 })
    await want()
    const { at } = await keep()
    expect(at).toBeGreaterThan(now)
    expect(asked).toEqual([])
  })

  it('comes back at the time of the next attempt, with the reason in the log', async () => {
    await want()
    await publish()
    await sawCname()
    outcome = { at: now + 60_000, current: false, failure: new Error('ca.test is closed today') }
    expect(await keep()).toEqual({ at: now + 60_000, attempt: 0 })
    expect(lines.join()).toContain('ca.test is closed today')
  })

  it('is ordered within the pace of the installation', async () => {
    await want()
    await publish()
    await sawCname()
    expect(await firstOrderAt(store.db, 'k')).toBeUndefined()
    await schedule(store.db, 'certificate', 'k', 123)
    expect(await firstOrderAt(store.db, 'k')).toBe(123)
    expect(await keep()).toEqual({ at: now + 5000, attempt: 0 })
    expect(await firstOrderAt(store.db, 'k')).toBeUndefined()
    expect(await keep()).toEqual({ at: now + 3_600_000, attempt: 0 })
  })

  it('is given up with the hosting', async () => {
    await store.db.deleteFrom('hostings').execute()
    expect(await keep()).toEqual({ at: null, attempt: 0 })
  })
})
