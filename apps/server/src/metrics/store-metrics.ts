import { Gauge, type Registry } from 'prom-client'
import type { Store } from '../store/open-store.ts'

export interface StoreMetricsOptions {
  store: Store
  /** The name of the hosted zone. */
  zone: string
  /** Milliseconds since 1970. */
  now: () => number
}

/** What the store knows of all processes together, read when it is asked for. */
export function addStoreMetrics(registry: Registry, { store, zone, now }: StoreMetricsOptions): void {
  const registers = [registry]
  const { db } = store

  new Gauge({
    name: 'dmarc_server_work_due',
    help: 'Work that is due and not done, by task.',
    labelNames: ['task'],
    registers,
    async collect() {
      this.reset()
      const rows = await db
        .selectFrom('work')
        .select(['task', (select) => select.fn.countAll<number | string>().as('count')])
        .where('next_check_at', '<=', now())
        .groupBy('task')
        .execute()
      for (const row of rows) this.labels({ task: row.task }).set(Number(row.count))
    },
  })
  new Gauge({
    name: 'dmarc_server_work_oldest_due_seconds',
    help: 'For how long the oldest due work has been due, by task.',
    labelNames: ['task'],
    registers,
    async collect() {
      this.reset()
      const rows = await db
        .selectFrom('work')
        .select(['task', (select) => select.fn.min('next_check_at').as('oldest')])
        .where('next_check_at', '<=', now())
        .groupBy('task')
        .execute()
      for (const row of rows) this.labels({ task: row.task }).set((now() - Number(row.oldest)) / 1000)
    },
  })
  const one = (name: string, help: string, read: () => Promise<number | undefined>) =>
    new Gauge({
      name: `dmarc_server_${name}`,
      help,
      registers,
      async collect() {
        const value = await read()
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
  one('zone_repairs_total', 'Differences between zone and store that were repaired so far.', async () => {
    const row = await db.selectFrom('zone_comparisons').select('repairs').where('zone', '=', zone).executeTakeFirst()
    return Number(row?.repairs ?? 0)
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
