import type { TsigKey } from '@dmarc-as-code/dns/rfc2136'
import { startAuthority } from '../authority/index.ts'
import type { TransferRule } from '../authority/transfer/access.ts'
import { type Notifier, notifier } from '../authority/transfer/notifier.ts'
import { transferHandler } from '../authority/transfer/transfer-handler.ts'
import type { ZoneOptions } from '../authority/zone-data.ts'
import type { Store } from '../store/open-store.ts'
import { type FollowedZone, followZone } from './follow-zone.ts'

/** What a responder needs to know beside the store. It travels to its thread, so it is plain data. */
export interface ZoneServerOptions {
  zone: Omit<ZoneOptions, 'serial'>
  hosts: readonly string[]
  port: number
  /** Default: nobody may transfer the zone, and nobody is notified. */
  transfer?: ZoneTransfer
}

export interface ZoneTransfer {
  keys: readonly TsigKey[]
  allow: readonly TransferRule[]
  /** `key` is the name of one of the keys. */
  notify: readonly { address: string; port: number; key?: string | undefined }[]
}

export interface ZoneServer {
  address: string
  port: number
  /** Resolves once answers show this serial of the store, or a later one. */
  catchUp: (serial: number) => Promise<void>
  close: () => Promise<void>
}

/** Serves the hosted zone of the store, and follows its changes. Answers only with the whole zone. */
export async function serveZone(
  store: Store,
  options: ZoneServerOptions,
  onError: (message: string, error?: unknown) => void,
): Promise<ZoneServer> {
  const { keys, allow, notify } = options.transfer ?? { keys: [], allow: [], notify: [] }
  let secondaries: Notifier | undefined
  const followed: FollowedZone = await followZone(store, {
    zone: options.zone,
    onChange: () => secondaries?.notify(),
    onError: (error) => onError('could not follow the hosted zone in the store; it is served as it was', error),
  })
  try {
    const authority = await startAuthority({
      zones: followed.zones,
      hosts: options.hosts,
      port: options.port,
      handler: transferHandler({
        zones: followed.zones,
        keys,
        rules: allow,
        changesSince: (_, serial) => followed.changesSince(serial),
        now: Date.now,
      }),
      onReply: (message, from) => secondaries?.receive(message, from),
      onError: (error) => onError('could not answer a DNS query', error),
    })
    secondaries = notifier({
      targets: notify.map(({ key, ...target }) => ({ ...target, key: keys.find(({ name }) => name === key) })),
      zone: () => followed.zones[0],
      send: authority.send,
      now: Date.now,
      onProblem: onError,
    })
    // What changed while no responder ran.
    secondaries.notify()
    return {
      address: authority.address,
      port: authority.port,
      catchUp: followed.catchUp,
      async close() {
        secondaries?.stop()
        await authority.close()
        await followed.stop()
      },
    }
  } catch (error) {
    await followed.stop()
    throw error
  }
}
