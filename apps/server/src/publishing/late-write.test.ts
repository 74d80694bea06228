import { afterEach, beforeEach, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import { createLogger } from '../config/logger.ts'
import type { HostedZone, NamedRrsets } from '../rules/zone-records.ts'
import { findHosting, setWantedRecords } from '../store/hostings.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { schedule } from '../store/work.ts'
import { startWorker, type Worker } from '../workers/worker.ts'
import { publishHosting } from './publish-hosting.ts'
import type { ZonePublisher } from './zone-publisher.ts'

const zone: HostedZone = {
  zone: 'hosting.test',
  ttl: 300,
  reportHost: 'reports.test',
  reportExchanges: [],
  policyHostAddresses: { ipv4: [], ipv6: [] },
  certificateAuthorities: [],
}

const patience = { timeout: 15_000 }

describeEngines('a publisher that is suspended beyond its lease', (fresh) => {
  let store: Store
  const workers: Worker[] = []
  const published = new Map<string, NamedRrsets[1]>()
  beforeEach(async () => {
    store = await openStore(await fresh())
    published.clear()
    await store.db
      .insertInto('hostings')
      .values({ key: 'k', domain_id: null, address: 'example.test', keep_until: 0 })
      .execute()
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()))
    await store.close()
  })

  const want = async (record: string) => {
    const hosting = await findHosting(store.db, 'k')
    if (!hosting) throw new Error('the hosting is gone')
    await setWantedRecords(store.db, hosting, { dmarc_record: record, tls_rpt_record: null, wanted_policy: null })
    await schedule(store.db, 'publish', 'k', Date.now())
  }
  const inZone = () => JSON.stringify(published.get('k.dmarc.hosting.test') ?? [])
  const write = (records: readonly NamedRrsets[]) => {
    for (const [name, rrsets] of records) published.set(name, rrsets)
  }
  const work = (publisher: ZonePublisher, lease: number) => {
    const worker = startWorker({
      store,
      task: 'publish',
      owner: 'test',
      now: Date.now,
      random: () => 0,
      concurrency: 1,
      lease,
      poll: 50,
      perform: (item) => publishHosting(item, { store, zone, publisher, now: Date.now }),
      log: createLogger('silent'),
    })
    workers.push(worker)
    return worker
  }

  it('writes nothing once another process has published a newer record', async () => {
    await want('v=DMARC1; p=none')
    let resume = () => {}
    const suspended = new Promise<void>((resolve) => {
      resume = resolve
    })
    let refused: unknown
    let started = false
    const publish = async (records: readonly NamedRrsets[]) => write(records)
    const late = work(
      {
        async publish(records, { renew }) {
          if (started) return publish(records)
          started = true
          await suspended
          await renew().catch((error) => {
            refused = error
            throw error
          })
          write(records)
        },
      },
      200,
    )
    await expect.poll(() => started).toBe(true)
    await want('v=DMARC1; p=reject')
    work({ publish }, 60_000)
    await expect.poll(inZone, patience).toContain('p=reject')
    resume()
    await expect.poll(() => refused).toBeInstanceOf(Error)
    await late.stop()
    expect(inZone()).toContain('p=reject')
  }, 60_000)

  it('has its late write replaced by the newer record when it was suspended in the middle of it', async () => {
    await want('v=DMARC1; p=none')
    let resume = () => {}
    const suspended = new Promise<void>((resolve) => {
      resume = resolve
    })
    let renewed = false
    let wroteLate = false
    let first = true
    work(
      {
        async publish(records, { renew }) {
          if (!first) return write(records)
          first = false
          await renew()
          renewed = true
          await suspended
          write(records)
          wroteLate = true
        },
      },
      200,
    )
    await expect.poll(() => renewed).toBe(true)
    await want('v=DMARC1; p=reject')
    work({ publish: async (records) => write(records) }, 60_000)
    await expect.poll(inZone, patience).toContain('p=reject')
    resume()
    await expect.poll(() => wroteLate).toBe(true)
    await expect.poll(inZone, patience).toContain('p=reject')
    await expect.poll(() => store.db.selectFrom('work').selectAll().execute(), patience).toEqual([])
    expect(inZone()).toContain('p=reject')
  }, 60_000)
})
