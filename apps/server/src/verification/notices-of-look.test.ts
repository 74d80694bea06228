import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storeWithDomain } from '../../test/store-with-domain.ts'
import { checkMailHosts } from '../notices/check-mail-hosts.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { type Observation, recordObservations } from '../store/verifications.ts'
import { noticesOfLook } from './notices-of-look.ts'
import type { VerificationReport } from './verification-report.ts'

const start = 1_800_000_000_000
const day = 86_400_000

describe('notices from verifications', () => {
  let store: Store
  let domainId: number
  beforeEach(async () => {
    store = await openStore(':memory:')
    ;({ domainId } = await storeWithDomain(store, 'example.test'))
  })
  afterEach(() => store.close())

  const kinds = async () => {
    const rows = await store.db.selectFrom('notices').select(['kind', 'facts']).orderBy('id').execute()
    return rows.map(({ kind, facts }) => ({ kind, ...JSON.parse(facts) }))
  }
  const expected = { name: '_dmarc.example.test', target: 'k.dmarc.hosting.test' }
  const report = (overall: string, status: string): VerificationReport =>
    ({
      overall,
      at: start,
      cnames: { dmarc: { kind: 'dmarc', status, expected, found: [], fix: status === 'verified' ? '' : 'Add it.' } },
      txts: {},
    }) as unknown as VerificationReport
  async function look(now: number, from: string | null, overall: string, cname: string): Promise<void> {
    const change = {
      at: now,
      service: 'dmarc',
      record: 'all',
      part: 'overall',
      from,
      to: overall,
      reason: null,
      found: null,
    }
    const changes = from === overall ? [] : [change as Observation]
    await recordObservations(store.db, domainId, changes)
    await noticesOfLook(store.db, { domainId, service: 'dmarc', seen: report(overall, cname), changes, now })
  }

  it('say when a domain becomes ready and when it no longer is, with what to do', async () => {
    await look(start, null, 'action_required', 'awaiting_setup')
    await look(start + 1, 'action_required', 'ready', 'verified')
    await look(start + 2, 'ready', 'ready', 'verified')
    await look(start + 3, 'ready', 'action_required', 'misconfigured')
    expect(await kinds()).toEqual([
      { kind: 'became_ready', service: 'dmarc' },
      { kind: 'lost_verification', service: 'dmarc', status: 'action_required', fixes: ['Add it.'] },
    ])
  })

  it('remind of missing records after 7 and 30 days, once each', async () => {
    await look(start, null, 'action_required', 'awaiting_setup')
    for (const days of [1, 6.9, 7, 8, 29, 30, 31, 60]) {
      await look(start + days * day, 'action_required', 'action_required', 'awaiting_setup')
    }
    const records = [expected]
    expect(await kinds()).toEqual([
      { kind: 'still_missing', service: 'dmarc', days: 7, records },
      { kind: 'still_missing', service: 'dmarc', days: 30, records },
    ])
  })

  it('name the mail servers that an enforced policy does not, once for each change', async () => {
    await store.db.updateTable('domains').set({ hosted_mta_sts: 1, mta_sts_mode: 'enforce' }).execute()
    const policy = (mx: string) => `version: STSv1\nmode: enforce\nmx: ${mx}\nmax_age: 86400\n`
    const set = (mx: string) =>
      store.db
        .updateTable('hostings')
        .set({ wanted_policy: policy(mx) })
        .execute()
    let found: string[] | undefined
    const check = () =>
      checkMailHosts(
        { subject: String(domainId), attempt: 0, signal: new AbortController().signal },
        {
          store,
          current: {
            mailHosts: async () => (found ? { known: true, value: found } : { known: false, message: 'No answer.' }),
          },
          now: () => start,
        },
      )
    await set('*.mx.example.test')
    found = ['a.mx.example.test']
    expect(await check()).toEqual({ at: start + day, attempt: 0 })
    found = undefined
    expect(await check()).toEqual({ at: start + 3_600_000, attempt: 1 })
    expect(await kinds()).toEqual([])
    found = ['a.mx.example.test', 'new.example.net']
    await check()
    await check()
    await set('new.example.org')
    await check()
    expect(await kinds()).toEqual([
      { kind: 'mx_not_in_policy', hosts: ['new.example.net'], policy: ['*.mx.example.test'] },
      { kind: 'mx_not_in_policy', hosts: ['a.mx.example.test', 'new.example.net'], policy: ['new.example.org'] },
    ])
    await store.db.updateTable('domains').set({ mta_sts_mode: 'testing' }).execute()
    expect(await check()).toEqual({ at: null, attempt: 0 })
  })
})
