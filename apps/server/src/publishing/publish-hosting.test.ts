import { mtaStsPolicyId } from '@dmarc-as-code/records'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { lookUpPolicy } from '../policy-host/look-up-policy.ts'
import { policyText } from '../rules/mta-sts-policy.ts'
import type { HostedZone, NamedRrsets } from '../rules/zone-records.ts'
import {
  createHosting,
  findHosting,
  recordFirstServed,
  retireHosting,
  setLivePolicy,
  setWantedRecords,
} from '../store/hostings.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { StaleError } from '../store/retry.ts'
import { claimDue, schedule, settle } from '../store/work.ts'
import { publishHosting } from './publish-hosting.ts'

const day = 86_400_000
const lease = { signal: AbortSignal.timeout(600_000), renew: async () => {} }
const zone: HostedZone = {
  zone: 'hosting.test',
  ttl: 300,
  reportHost: 'reports.hosting.test',
  reportExchanges: [],
  policyHostAddresses: { ipv4: ['127.0.0.1'], ipv6: [] },
  certificateAuthorities: [],
}
const week = policyText({ mode: 'enforce', mx: 'mx.example.net', mx_age: 7 })
const month = policyText({ mode: 'enforce', mx: 'mx.example.net', mx_age: 30 })

describeEngines('publishing', (fresh) => {
  let store: Store
  let now: number
  let published: Map<string, NamedRrsets[1]>
  /** What happened, in order: which file was served when which id was published. */
  let events: { served: string | undefined; id: string | undefined }[]
  let failure: Error | undefined

  beforeEach(async () => {
    store = await openStore(await fresh())
    now = 1_800_000_000_000
    published = new Map()
    events = []
    failure = undefined
    // A tombstone needs no domain; the rest of the store plays no part here.
    await store.db
      .insertInto('hostings')
      .values({ key: 'k', domain_id: null, address: 'example.test', keep_until: 0 })
      .execute()
  })
  afterEach(() => store.close())

  const hosting = async () => {
    const read = await findHosting(store.db, 'k')
    if (!read) throw new Error('the hosting is gone')
    return read
  }
  const want = (wanted_policy: string | null, dmarc_record: string | null = null) =>
    hosting().then((read) => setWantedRecords(store.db, read, { dmarc_record, tls_rpt_record: null, wanted_policy }))
  const servedNow = async () => (await lookUpPolicy(store, 'mta-sts.example.test', { now: () => now }))?.text

  async function publish() {
    await schedule(store.db, 'publish', 'k', now)
    const [claim] = await claimDue(store, 'publish', { owner: 'me', now, lease: 60_000, limit: 1 })
    if (!claim) throw new Error('nothing is due')
    const publisher = {
      async publish(records: readonly NamedRrsets[]) {
        if (failure) throw failure
        for (const [name, rrsets] of records) published.set(name, rrsets)
        events.push({ served: await servedNow(), id: idNow() })
      },
    }
    try {
      return await publishHosting({ ...claim, ...lease }, { store, zone, publisher, now: () => now })
    } finally {
      await settle(store.db, claim, { at: null, attempt: 0 })
      now += 2
    }
  }
  const idNow = () => /id=(\w+)/.exec(JSON.stringify(published.get('k.sts-id.hosting.test') ?? ''))?.[1]

  it('puts a policy file live before its id (RFC 8461 section 8.1)', async () => {
    await want(week)
    await publish()
    await want(month)
    await publish()
    expect(events).toEqual([
      { served: week, id: mtaStsPolicyId(week) },
      { served: month, id: mtaStsPolicyId(month) },
    ])
  })

  it('leaves the new file with the old id when it is interrupted, never the reverse', async () => {
    await want(week)
    await publish()
    await want(month)
    failure = new Error('the zone did not answer')
    await expect(publish()).rejects.toThrow('the zone did not answer')
    expect(await servedNow()).toBe(month)
    expect(idNow()).toBe(mtaStsPolicyId(week))
    expect((await findHosting(store.db, 'k'))?.published_at).toBeNull()
    failure = undefined
    now += 1000
    await publish()
    expect(idNow()).toBe(mtaStsPolicyId(month))
    expect((await findHosting(store.db, 'k'))?.published_at).not.toBeNull()
  })

  it('serves mode none for a deleted domain until the longest max_age has expired, then removes it', async () => {
    await want(week, 'v=DMARC1; p=none')
    await publish()
    await recordFirstServed(store.db, 'k', week, now)
    await retireHosting(store.db, await hosting(), now)
    const at = now
    const next = await publish()
    expect(next.at).toBe(at + 7 * day)
    expect(await servedNow()).toContain('mode: none')
    expect(published.get('k.dmarc.hosting.test')).toEqual([])
    expect(published.get('k.mta-sts.hosting.test')).not.toEqual([])
    expect(idNow()).toBe(mtaStsPolicyId((await servedNow()) ?? ''))

    now = at + 7 * day
    expect((await publish()).at).toBeNull()
    expect(await servedNow()).toBeUndefined()
    expect([...published.values()]).toEqual([[], [], [], []])
    expect(await findHosting(store.db, 'k')).toBeDefined()
  })

  it('does nothing for a key that does not exist', async () => {
    await schedule(store.db, 'publish', 'gone', now)
    const [claim] = await claimDue(store, 'publish', { owner: 'me', now, lease: 60_000, limit: 1 })
    const publisher = { publish: () => Promise.reject(new Error('nothing should be published')) }
    if (!claim) throw new Error('nothing is due')
    const done = publishHosting({ ...claim, ...lease }, { store, zone, publisher, now: () => now })
    await expect(done).resolves.toEqual({ at: null, attempt: 0 })
  })

  it('records when a sender first fetched the policy, and serves no other name', async () => {
    await want(week)
    await publish()
    await lookUpPolicy(store, 'mta-sts.example.test', { now: () => now })
    expect((await findHosting(store.db, 'k'))?.first_served_at).toBeNull()
    await lookUpPolicy(store, 'MTA-STS.Example.test.', { now: () => now, serving: true })
    expect((await findHosting(store.db, 'k'))?.first_served_at).toBe(now)
    expect(await lookUpPolicy(store, 'example.test', { now: () => now })).toBeUndefined()
    expect(await lookUpPolicy(store, 'mta-sts.other.test', { now: () => now })).toBeUndefined()
  })

  it('keeps a policy that is fetched while it is being removed', async () => {
    await want(week)
    await publish()
    const read = await hosting()
    expect(await recordFirstServed(store.db, 'k', week, now)).toBe(true)
    const removal = setLivePolicy(store.db, read, { live_policy: null, keep_until: 0 }, now)
    await expect(removal).rejects.toThrow(StaleError)
    expect(await servedNow()).toBe(week)
  })

  it('does not record a policy as served when it is no longer served', async () => {
    await want(week)
    await publish()
    await want(month)
    await publish()
    expect(await recordFirstServed(store.db, 'k', week, now)).toBe(false)
    expect((await findHosting(store.db, 'k'))?.first_served_at).toBeNull()
  })

  it('never gives a key to a second domain', async () => {
    await expect(createHosting(store.db, { key: 'k', domainId: 1, address: 'other.test' })).rejects.toThrow()
  })
})
