import { Resolver } from 'node:dns/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeEngines } from '../../test/engines.ts'
import type { NamedRrsets } from '../rules/zone-records.ts'
import { openStore, type Store } from '../store/open-store.ts'
import {
  completeZone,
  dropOldZoneChanges,
  ensureZone,
  writeConfiguredNames,
  writeZoneNames,
  zoneHead,
} from '../store/zone-contents.ts'
import { type FollowedZone, followZone } from './follow-zone.ts'
import { serveZone, type ZoneServer } from './serve-zone.ts'
import { createThread, startZoneThread } from './start-thread.ts'

const zone = 'hosted.test'
const options = { origin: zone, nameServers: [`ns1.${zone}`] }
const start = 1_700_000_000_000
const txt = (label: string, ...texts: string[]): NamedRrsets => [
  `${label}.${zone}`,
  texts.length === 0 ? [] : [{ type: 'TXT', ttl: 60, data: texts }],
]
const failed = (...problem: unknown[]) => {
  throw new Error(problem.join(' '))
}

describeEngines('the hosted zone in the store', (fresh) => {
  let location: string
  let store: Store
  const open: { close: () => Promise<void> }[] = []
  beforeEach(async () => {
    location = await fresh()
    store = await openStore(location)
    await ensureZone(store.db, zone, start)
    await writeZoneNames(store, zone, [txt('old', 'before')], start)
    await completeZone(store.db, zone)
  })
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close()
    await store.close()
  })

  const write = (records: NamedRrsets[], now = start) => writeZoneNames(store, zone, records, now)
  async function follow(): Promise<FollowedZone> {
    const followed = await followZone(store, { zone: options, onError: failed, poll: 20 })
    open.push({ close: followed.stop })
    return followed
  }
  const textsOf = (followed: FollowedZone) => followed.zones[0]?.dump() ?? ''

  it('raises the serial once for each change, and for nothing else', async () => {
    const { serial = 0 } = (await zoneHead(store.db, zone)) ?? {}
    expect(await write([txt('old', 'before'), txt('missing')])).toBe(serial)
    expect(await write([txt('a', 'one'), txt('b', 'two')])).toBe(serial + 1)
    expect(await write([txt('a')])).toBe(serial + 2)
  })

  it('gives a serial above those given before a backup was restored', async () => {
    const later = start + 86_400_000
    expect(await write([txt('a', 'one')], later)).toBe(later / 1000)
  })

  it('removes the names that the configuration no longer has, and no others', async () => {
    await writeConfiguredNames(store, zone, [txt('ns1', 'x'), txt('ns2', 'y')], start)
    await writeConfiguredNames(store, zone, [txt('ns2', 'y')], start)
    const dump = textsOf(await follow())
    expect(dump).not.toContain('ns1.hosted.test. 60')
    expect(dump).toContain('ns2.hosted.test. 60 IN TXT "y"')
    expect(dump).toContain('old.hosted.test. 60 IN TXT "before"')
  })

  it('is followed by every responder, with the same contents for the same serial', async () => {
    const [one, two] = [await follow(), await follow()]
    for (let round = 0; round < 5; round++) await write([txt('a', `round ${round}`), txt(`n${round}`, 'x'), txt('old')])
    const serial = await write([txt('n0')])
    await expect.poll(() => [one.serial, two.serial]).toEqual([serial, serial])
    expect(textsOf(one)).toBe(textsOf(two))
    expect(textsOf(one)).toContain('a.hosted.test. 60 IN TXT "round 4"')
    expect(textsOf(one)).not.toMatch(/^(n0|old)\./m)
  })

  it('is loaded whole by a responder for which changes are no longer kept', async () => {
    const followed = await follow()
    const { serial: seen } = followed
    await write([txt('a', 'one')])
    const serial = await write([txt('b', 'two')])
    await dropOldZoneChanges(store, start + 30 * 86_400_000)
    expect((await zoneHead(store.db, zone))?.journal_start).toBeGreaterThan(seen)
    await followed.catchUp(serial)
    expect(textsOf(followed)).toMatch(/^a\.[\s\S]*^b\.[\s\S]*^old\./m)
  })

  it('is loaded again when the store is restored from a backup', async () => {
    const followed = await follow()
    await write([txt('a', 'one')])
    await followed.catchUp(followed.serial + 1)
    await store.db.deleteFrom('zone_changes').execute()
    await store.db.deleteFrom('zone_names').where('name', '=', `a.${zone}`).execute()
    await store.db.updateTable('zones').set({ serial: 5, journal_start: 5 }).execute()
    await expect.poll(() => textsOf(followed)).not.toContain('a.hosted.test.')
  })

  it('keeps concurrent writers apart: each change has a serial of its own', async () => {
    // Two connections of SQLite in one thread would wait for each other.
    const other = store.engine === 'postgres' ? await openStore(location) : store
    if (other !== store) open.push(other)
    const followed = await follow()
    const before = followed.serial
    const writers = [store, other, store, other, store, other]
    const serials = await Promise.all(
      writers.map((each, index) => writeZoneNames(each, zone, [txt(`w${index}`, 'x')], start)),
    )
    expect(serials.sort((a, b) => a - b)).toEqual(writers.map((_, index) => before + 1 + index))
    await followed.catchUp(Math.max(...serials))
    expect(textsOf(followed).match(/^w\d\./gm)).toHaveLength(writers.length)
  })
})

describe('the thread of a responder', { timeout: 60_000 }, () => {
  let folder: string
  let location: string
  let store: Store
  const open: { close: () => Promise<void> }[] = []
  const write = (records: NamedRrsets[]) => writeZoneNames(store, zone, records, start)
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dmarc-thread-'))
    location = join(folder, 'store.sqlite')
    store = await openStore(location)
    await ensureZone(store.db, zone, start)
    await write([txt('old', 'before')])
    await completeZone(store.db, zone)
  })
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const served = async (server: ZoneServer) => {
    const resolver = new Resolver({ timeout: 2000, tries: 2 })
    resolver.setServers([`${server.address}:${server.port}`])
    return (label: string) => resolver.resolveTxt(`${label}.${zone}`).then((texts) => texts.flat(), String)
  }
  const data = () => ({ store: location, zone: options, hosts: ['127.0.0.1'], port: 0 })

  it('answers with a change once it has caught up with its serial', async () => {
    const server = await startZoneThread(data(), failed)
    open.push(server)
    const ask = await served(server)
    expect(await ask('old')).toEqual(['before'])
    await server.catchUp(await write([txt('old', 'after')]))
    expect(await ask('old')).toEqual(['after'])
  })

  it('says why it cannot start', async () => {
    const first = await serveZone(store, { zone: options, hosts: ['127.0.0.1'], port: 0 }, failed)
    open.push(first)
    await expect(startZoneThread({ ...data(), port: first.port }, failed)).rejects.toThrow('EADDRINUSE')
  })

  it('is started again on its port when its thread ends', async () => {
    const threads: Worker[] = []
    const problems: string[] = []
    const server = await startZoneThread(
      data(),
      (message) => problems.push(message),
      (each) => {
        const thread = createThread(each)
        threads.push(thread)
        return thread
      },
    )
    open.push(server)
    await threads[0]?.terminate()
    const ask = await served(server)
    await expect.poll(() => ask('old'), { timeout: 50_000 }).toEqual(['before'])
    expect(problems).toEqual(['the thread of the responder ended; it is started again'])
  })
})
