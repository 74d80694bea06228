import { untilAborted } from '@dmarc-as-code/primitives'
import { Counter, Gauge, type Registry } from 'prom-client'
import { storeIsWritable } from '../store/is-writable.ts'
import type { Store } from '../store/open-store.ts'

export interface StoreMetricsOptions {
  store: Store
  /** The name of the hosted zone. */
  zone: string
  /** Milliseconds since 1970. */
  now: () => number
  onError: (error: unknown) => void
}

/** Milliseconds for each value: a scrape has ten seconds by default. */
const patience = 3000

/**
 * What the store knows of all processes together, read when it is asked for. While it cannot be read these values are missing, and
 * what the process counts itself is answered all the same.
 */
export function addStoreMetrics(registry: Registry, { store, zone, now, onError }: StoreMetricsOptions): void {
  const registers = [registry]
  const { db } = store
  const readInTime = async <Value>(read: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      return await untilAborted(read(), AbortSignal.timeout(patience))
    } catch (error) {
      onError(error)
      return undefined
    }
  }

  new Gauge({
    name: 'dmarc_server_store_up',
    help: 'Whether the store answers and takes writes: 1 or 0.',
    registers,
    async collect() {
      this.set((await readInTime(() => storeIsWritable(store))) === true ? 1 : 0)
    },
  })
  new Gauge({
    name: 'dmarc_server_work_due',
    help: 'Work that is due and not done, by task.',
    labelNames: ['task'],
    registers,
    async collect() {
      const due = db
        .selectFrom('work')
        .select(['task', (select) => select.fn.countAll<number | string>().as('count')])
        .where('next_check_at', '<=', now())
        .groupBy('task')
      const rows = await readInTime(() => due.execute())
      this.reset()
      for (const row of rows ?? []) this.labels({ task: row.task }).set(Number(row.count))
    },
  })
  new Gauge({
    name: 'dmarc_server_work_oldest_due_seconds',
    help: 'For how long the oldest due work has been due, by task.',
    labelNames: ['task'],
    registers,
    async collect() {
      const due = db
        .selectFrom('work')
        .select(['task', (select) => select.fn.min('next_check_at').as('oldest')])
        .where('next_check_at', '<=', now())
        .groupBy('task')
      const rows = await readInTime(() => due.execute())
      this.reset()
      for (const row of rows ?? []) this.labels({ task: row.task }).set((now() - Number(row.oldest)) / 1000)
    },
  })
  const one = (name: string, help: string, read: () => Promise<number | undefined>) =>
    new Gauge({
      name: `dmarc_server_${name}`,
      help,
      registers,
      async collect() {
        const value = await readInTime(read)
        if (value === undefined) this.remove()
        else this.set(value)
      },
    })
  one('hostings_unpublished', 'Hostings whose records are not in the zone yet.', async () => {
    const row = await db
      .selectFrom('hostings')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('published_at', 'is', null)
      .where((where) =>
        where.or([
          where('dmarc_record', 'is not', null),
          where('tls_rpt_record', 'is not', null),
          where('wanted_policy', 'is not', null),
          where('retired_at', 'is not', null),
        ]),
      )
      .executeTakeFirstOrThrow()
    return Number(row.count)
  })
  new Counter({
    name: 'dmarc_server_zone_repairs_total',
    help: 'Differences between zone and store that were repaired so far.',
    registers,
    async collect() {
      const repairs = db.selectFrom('zone_comparisons').select('repairs').where('zone', '=', zone)
      const found = await readInTime(async () => ({ row: await repairs.executeTakeFirst() }))
      if (found === undefined) return this.remove()
      this.reset()
      this.inc(Number(found.row?.repairs ?? 0))
    },
  })
  one('certificate_expiry_seconds', 'Seconds until the first certificate of a policy host expires.', async () => {
    const row = await db
      .selectFrom('acme_state')
      .select((select) => select.fn.min('expires_at').as('at'))
      .where('kind', '=', 'certificate')
      .executeTakeFirst()
    return row?.at === null || row?.at === undefined ? undefined : (Number(row.at) - now()) / 1000
  })
  one('certificate_orders_failing', 'Policy hosts whose last order for a certificate failed.', async () => {
    const row = await db
      .selectFrom('acme_state')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('kind', '=', 'failure')
      .executeTakeFirstOrThrow()
    return Number(row.count)
  })
  one('notices_waiting', 'Notices to owners that wait for delivery.', async () => {
    const row = await db
      .selectFrom('notice_deliveries')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .where('settled_at', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(row.count)
  })
  one('domains', 'Domains in the store.', async () => {
    const row = await db
      .selectFrom('domains')
      .select((select) => select.fn.countAll<number | string>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(row.count)
  })
}
