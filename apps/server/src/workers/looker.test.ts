import { createResolver, type DnsClient } from '@dmarc-as-code/dns/resolver'
import { createPolicyFetcher } from '@dmarc-as-code/dns/verify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLogger } from '../config/logger.ts'
import { insertDomain } from '../store/domains.ts'
import { createHosting, markPublished, wantHosting } from '../store/hostings.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createUser } from '../store/users.ts'
import { lastVerification, saveVerification } from '../store/verifications.ts'
import { nextDue, schedule } from '../store/work.ts'
import type { ServiceLook } from './look.ts'
import { createLooker, type Looker } from './looker.ts'

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

function looker(patience: number): Looker {
  const stubZones = [{ zone: '.', servers: [{ address: '127.0.0.1' }] }]
  return createLooker({
    store,
    zone: {
      zone: 'hosting.test',
      ttl: 300,
      reportHost: 'reports.hosting.test',
      reportExchanges: [],
      policyHostAddresses: { ipv4: [], ipv6: [] },
      certificateAuthorities: [],
    },
    eyes: {
      resolver: createResolver({ client, stubZones, recursors: [] }),
      http: createPolicyFetcher(),
      now: Date.now,
      random: () => 0.5,
      certificatesAreOrdered: false,
    },
    minInterval: 0,
    pace: 1,
    patience,
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
  await wantHosting(store.db, 'k', { dmarc_record: 'v=DMARC1; p=none', tls_rpt_record: null, wanted_policy: null })
  await markPublished(store.db, 'k', now)
})
afterEach(() => store.close())

test('answers the earlier look when the servers are silent for too long', async () => {
  const earlier: ServiceLook = { overall: 'ready', cnames: {}, txts: {}, at: 1 }
  await saveVerification(store.db, domainId, 'dmarc', { summary: {}, report: earlier, checkedAt: 1 })
  expect(await looker(50).lookAt(domainId, 'dmarc')).toEqual(earlier)
  expect(asked).toBeGreaterThan(0)
  const letSpeak = setInterval(() => answer?.(), 10)
  // The look that went on is stored all the same.
  await expect.poll(async () => (await lastVerification(store.db, domainId, 'dmarc'))?.checkedAt).toBeGreaterThan(1)
  clearInterval(letSpeak)
})

test('takes one look for all who ask at the same time', async () => {
  const { lookAt } = looker(60_000)
  const letSpeak = setInterval(() => answer?.(), 10)
  const [first, second] = await Promise.all([lookAt(domainId, 'dmarc'), lookAt(domainId, 'dmarc')])
  clearInterval(letSpeak)
  expect(second).toBe(first)
  expect(first.cnames.dmarc).toMatchObject({ status: 'awaiting_setup', reason: 'unknown' })
})

describe('a look on request plans the next one', () => {
  const planned = async (hosted: object, soon: number) => {
    await store.db.updateTable('domains').set(hosted).where('id', '=', domainId).execute()
    await schedule(store.db, 'verify', String(domainId), soon)
    const letSpeak = setInterval(() => answer?.(), 10)
    await looker(60_000).lookAt(domainId, 'dmarc')
    clearInterval(letSpeak)
    return nextDue(store.db, 'verify')
  }

  test('by what was seen', async () => {
    const soon = Date.now() + 5000
    expect(await planned({ hosted_mta_sts: 0 }, soon)).toBeGreaterThan(soon)
  })

  test('but does not put off one that the other service needs sooner, such as the second look at a doubted record', async () => {
    const soon = Date.now() + 5000
    expect(await planned({ hosted_mta_sts: 1 }, soon)).toBe(soon)
  })
})
