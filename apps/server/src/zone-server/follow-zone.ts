import { setTimeout as delay } from 'node:timers/promises'
import { ZoneData, type ZoneOptions } from '../authority/zone-data.ts'
import type { Store } from '../store/open-store.ts'
import { type ZoneChange, zoneChanges, zoneHead, zoneNamesAfter } from '../store/zone-contents.ts'

export interface FollowOptions {
  zone: Omit<ZoneOptions, 'serial'>
  /** Milliseconds between two looks for changes that nobody announced. Default 500. */
  poll?: number
  /** Called after each change. */
  onChange?: () => void
  onError: (error: unknown) => void
}

/** The hosted zone of the store, in memory. */
export interface FollowedZone {
  /** Holds one zone. After a reload it is another object. */
  readonly zones: readonly ZoneData[]
  /** The serial in the store that `zones` shows; that of the SOA is this modulo 2^32. */
  readonly serial: number
  /** The changes from a serial of the SOA to the current one; undefined where they are too many, or no longer kept. */
  changesSince: (soaSerial: number) => Promise<readonly ZoneChange[] | undefined>
  /** Resolves once the zone has this serial or a later one. */
  catchUp: (serial: number) => Promise<void>
  stop: () => Promise<void>
}

/** Names read at once. */
const batch = 2000
/** Changes read at once: more than one serial has. */
const changesAtOnce = 5000
/** Changes that a secondary gets by themselves; for more it gets the whole zone. */
const mostChanges = 20_000

/** Loads the zone from the store and follows its changes. Waits until the zone was written as a whole once. */
export async function followZone(store: Store, options: FollowOptions): Promise<FollowedZone> {
  const name = options.zone.origin
  const { poll = 500, onError } = options
  const stopping = new AbortController()
  const zones: ZoneData[] = []
  let serial = 0
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let failing = false

  async function load(): Promise<number> {
    const data = new ZoneData({ ...options.zone, serial: 0 })
    let from = await head()
    while (!from?.complete) {
      await delay(poll, undefined, { signal: stopping.signal })
      from = await head()
    }
    for (let after = ''; ; ) {
      const names = await zoneNamesAfter(store.db, name, after, batch)
      const last = names.at(-1)
      if (!last) break
      after = last[0]
      data.apply(names, soaSerial(from.serial))
      stopping.signal.throwIfAborted()
    }
    // What changed while the names were read is in some of them and not in others: the changes make it whole.
    const reached = await applyChanges(data, from.serial)
    if (reached === undefined) return load()
    zones.splice(0, 1, data)
    return reached
  }

  const head = () => zoneHead(store.db, name)

  /** Returns the serial reached; undefined where changes have been removed, so that only a reload helps. */
  async function applyChanges(data: ZoneData, after: number): Promise<number | undefined> {
    let at = after
    for (let now = await head(); now && at < now.serial; ) {
      const read = await zoneChanges(store.db, name, { after: at, until: now.serial, limit: changesAtOnce })
      const { serial: latest } = now
      now = await head()
      stopping.signal.throwIfAborted()
      if (!now || now.journal_start > at) return undefined
      // The last serial may continue beyond what was read.
      const cut = read.length < changesAtOnce ? undefined : read.at(-1)?.serial
      const changes = cut === undefined ? read : read.filter(({ serial }) => serial < cut)
      const until = cut === undefined ? latest : (changes.at(-1)?.serial ?? latest)
      // In one step: nobody is answered with a part of what a serial changed.
      data.apply(new Map(changes.map((change) => [change.name, change.after])), soaSerial(until))
      at = until
    }
    return at
  }

  async function refresh(): Promise<void> {
    const [data] = zones
    const now = await head()
    if (data && now?.serial === serial) return
    const before = serial
    // A serial that went back: the store was restored from a backup.
    const followed = data && now && now.journal_start <= serial && serial < now.serial
    serial = (followed ? await applyChanges(data, serial) : undefined) ?? (await load())
    if (serial !== before) options.onChange?.()
  }

  /** One at a time. */
  const run = (): Promise<void> => {
    running ??= refresh().finally(() => {
      running = undefined
    })
    return running
  }

  const watch = () => {
    timer = setTimeout(async () => {
      try {
        await run()
        failing = false
      } catch (error) {
        // The zone is served as it was; what is said once need not be said twice a second.
        if (!failing && !stopping.signal.aborted) onError(error)
        failing = true
      }
      if (!stopping.signal.aborted) watch()
    }, poll)
  }

  await run()
  watch()
  return {
    zones,
    get serial() {
      return serial
    },
    async changesSince(asked) {
      const current = serial
      const after = current - ((soaSerial(current) - asked) >>> 0)
      const changes = await zoneChanges(store.db, name, { after, until: current, limit: mostChanges + 1 })
      const now = await head()
      return !now || now.journal_start > after || changes.length > mostChanges ? undefined : changes
    },
    async catchUp(wanted) {
      // The first run may have begun before the change was written.
      await running?.catch(() => {})
      if (serial < wanted) await run()
    },
    async stop() {
      stopping.abort(new Error('The responder stops.'))
      clearTimeout(timer)
      await running?.catch(() => {})
    },
  }
}

const soaSerial = (serial: number): number => serial % 2 ** 32
