import { createResolver, type DnsClient } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../config/logger.ts'
import { currentRecords } from '../current/current-records.ts'
import { insertDomain } from '../store/domains.ts'
import { createHosting, hostingOf, markPublished, setWantedRecords } from '../store/hostings.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createUser } from '../store/users.ts'
import { lastVerification, saveVerification } from '../store/verifications.ts'
import { nextDue, schedule } from '../store/work.ts'
import type { VerificationReport } from './verification-report.ts'
import { createVerifier, type Verifier } from './verifier.ts'

let store: Store
let domainId: number
let asked: number
let answer: (() => void) | undefined

/** Servers that are silent until the test lets them speak, and then refuse. */
const client: DnsClient = {
  query: (_question, _server, options) =>
    new Promise((_resolve, reject) => {
      asked += 1
      const refuse = () => reject(new Error('refused'))
      options?.signal?.addEventListener('abort', refuse)
      const others = answer
      answer = () => {
        others?.()
        refuse()
      }
    }),
}

function verifier(answerWithin: number): Verifier {
  const stubZones = [{ zone: '.', servers: [{ address: '127.0.0.1' }] }]
  const resolver = createResolver({ client, stubZones, recursors: [] })
  return createVerifier({
    store,
    current: currentRecords({ resolver, http: createPolicyFetcher() }),
    zone: {
      zone: 'hosting.test',
      ttl: 300,
      reportHost: 'reports.hosting.test',
      reportExchanges: [],
      policyHostAddresses: { ipv4: [], ipv6: [] },
      certificateAuthorities: [],
    },
    deps: {
      resolver,
      http: createPolicyFetcher(),
      now: Date.now,
      random: () => 0.5,
      certificatesAreOrdered: false,
    },
    minInterval: 0,
    pace: 1,
    answerWithin,
    log: createLogger('silent'),
  })
}

beforeEach(async () => {
  asked = 0
  answer = undefined
  store = await openStore(':memory:')
  const now = Date.now()
  const user = await createUser(store.db, { email: 'a@example.com', plan: 'standard', now })
  domainId = await insertDomain(store.db, {
    user_id: user.id,
    address: 'example.test',
    rua_report: 1,
    ruf_report: 1,
    parked_domain: 0,
    hosted_dmarc: 1,
    hosted_mta_sts: 0,
    report_id: '0a1b2c3d4e5f',
    dmarc_status: 'dmarc_inactive',
    mta_sts_status: 'mta_sts_inactive',
    created_at: now,
    updated_at: now,
  })
  await createHosting(store.db, { key: 'k', domainId, address: 'example.test' })
  const wanted = { dmarc_record: 'v=DMARC1; p=none', tls_rpt_record: null, wanted_policy: null }
  await setWantedRecords(store.db, await hostingOf(store.db, domainId), wanted)
  await markPublished(store.db, await hostingOf(store.db, domainId), now)
})
afterEach(() => store.close())

describe('the verifier', () => {
  it('returns the last result when the name servers do not respond in time', async () => {
    const earlier: VerificationReport = { overall: 'ready', cnames: {}, txts: {}, at: 1 }
    await saveVerification(store.db, domainId, 'dmarc', { summary: {}, report: earlier, checkedAt: 1 })
    expect(await verifier(50).verifyNow(domainId, 'dmarc')).toEqual(earlier)
    expect(asked).toBeGreaterThan(0)
    const letSpeak = setInterval(() => answer?.(), 10)
    // The look that went on is stored all the same.
    await expect.poll(async () => (await lastVerification(store.db, domainId, 'dmarc'))?.checkedAt).toBeGreaterThan(1)
    clearInterval(letSpeak)
  })

  it('shares one verification between concurrent callers', async () => {
    const { verifyNow } = verifier(60_000)
    const letSpeak = setInterval(() => answer?.(), 10)
    const [first, second] = await Promise.all([verifyNow(domainId, 'dmarc'), verifyNow(domainId, 'dmarc')])
    clearInterval(letSpeak)
    expect(second).toBe(first)
    expect(first.cnames.dmarc).toMatchObject({ status: 'awaiting_setup', reason: 'unknown' })
  })

  describe('a look on request plans the next one', () => {
    const planned = async (hosted: object, soon: number) => {
      await store.db.updateTable('domains').set(hosted).where('id', '=', domainId).execute()
      await schedule(store.db, 'verify', String(domainId), soon)
      const letSpeak = setInterval(() => answer?.(), 10)
      await verifier(60_000).verifyNow(domainId, 'dmarc')
      clearInterval(letSpeak)
      return nextDue(store.db, 'verify')
    }

    it('depends on the result', async () => {
      const soon = Date.now() + 5000
      expect(await planned({ hosted_mta_sts: 0 }, soon)).toBeGreaterThan(soon)
    })

    it('is not postponed when the other service is due sooner, such as the second verification of a record in doubt', async () => {
      const soon = Date.now() + 5000
      expect(await planned({ hosted_mta_sts: 1 }, soon)).toBe(soon)
    })
  })
})
