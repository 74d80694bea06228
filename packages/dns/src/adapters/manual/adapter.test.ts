import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsDaemon, startBind } from '../../../../../test-support/bind.ts'
import { hasPrograms } from '../../../../../test-support/programs.ts'
import { contractZone } from '../../../test/adapter-contract.ts'
import { apply } from '../../engine/apply.ts'
import { manualInstructions } from '../../engine/instructions.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import type { DnsAdapter, WantedRecord } from '../../engine/types.ts'
import { createResolver } from '../../observe/resolver.ts'
import { createDnsClient } from '../../transport/client.ts'
import { manualAdapter } from './adapter.ts'

const cname = (name: string): WantedRecord => ({ name, type: 'CNAME', value: 'key.hosted.test' })

describe.skipIf(!hasPrograms('named'))('records entered by hand', () => {
  let bind: DnsDaemon
  let adapter: DnsAdapter
  beforeAll(async () => {
    bind = await startBind({ zones: [{ name: 'example.test', records: contractZone }] })
    const stubZones = [{ zone: 'example.test', servers: [bind] }]
    adapter = manualAdapter(createResolver({ client: createDnsClient(), stubZones, recursors: [] }))
  })
  afterAll(() => bind?.close())

  it('are planned from what the zone answers, and a wildcard is no record', async () => {
    const names = ['_dmarc', 'mta-sts', '_smtp._tls', 'a.wild', 'new']
    const planned = await plan(
      names.map((label) => cname(`${label}.example.test`)),
      adapter,
    )
    expect(
      planned.items.map((item) => [item.action, item.before.map((set) => `${set.type} ${set.values.join(' ')}`)]),
    ).toEqual([
      ['conflict', ['TXT "v=DMARC1; p=none; rua=mailto:a@example.test"']],
      ['conflict', ['A 192.0.2.1 192.0.2.2', 'AAAA 2001:db8::1']],
      ['conflict', ['CNAME old.provider.test.']],
      ['create', []],
      ['create', []],
    ])
  })

  it('are shown in the form that the panel wants', async () => {
    const planned = await plan([cname('_dmarc.example.test'), cname('new.example.test')], adapter)
    const plain = manualInstructions(planned)
    expect(plain.entries).toEqual([
      {
        step: 'delete',
        zone: 'example.test',
        name: '_dmarc',
        type: 'TXT',
        value: '"v=DMARC1; p=none; rua=mailto:a@example.test"',
        ttl: 60,
      },
      { step: 'add', zone: 'example.test', name: '_dmarc', type: 'CNAME', value: 'key.hosted.test', ttl: 300 },
      { step: 'add', zone: 'example.test', name: 'new', type: 'CNAME', value: 'key.hosted.test', ttl: 300 },
    ])
    const picky = manualInstructions(planned, { panelWantsRelativeNames: false, targetNeedsFinalDot: true })
    expect(picky.entries.at(-1)).toMatchObject({ name: 'new.example.test', value: 'key.hosted.test.' })
    expect(plain.zoneText).toBe(
      '$ORIGIN example.test.\n' +
        '; remove: _dmarc 60 IN TXT "v=DMARC1; p=none; rua=mailto:a@example.test"\n' +
        '_dmarc 300 IN CNAME key.hosted.test.\n' +
        'new 300 IN CNAME key.hosted.test.\n',
    )
  })

  it('tell of a wildcard that has answered so far', async () => {
    const { notes } = manualInstructions(await plan([cname('a.wild.example.test')], adapter))
    expect(notes).toEqual([{ name: 'a.wild.example.test', message: expect.stringMatching(/\*\.wild\.example\.test/) }])
  })

  it('are shown for each zone in the form of its own service', async () => {
    const planned = await plan([cname('new.example.test')], adapter)
    const panels = new Map([['example.test', { panelWantsRelativeNames: false, targetNeedsFinalDot: true }]])
    const [entry] = manualInstructions(planned, (zone) => panels.get(zone)).entries
    expect(entry).toMatchObject({ name: 'new.example.test', value: 'key.hosted.test.' })
  })

  it('list what cannot be done', async () => {
    const { blocked, entries } = manualInstructions(await plan([cname('example.test')], adapter))
    expect(entries).toEqual([])
    expect(blocked).toEqual([{ name: 'example.test', message: expect.stringContaining('top of a zone') }])
  })

  it('cannot be applied, and say so', async () => {
    const planned = await plan([cname('new.example.test')], adapter)
    await expect(apply(planned, adapter, { journals: memoryJournalStore() })).rejects.toThrow(/entered by hand/)
  })

  it('fail to be planned when the servers do not answer', async () => {
    const stubZones = [{ zone: '.', servers: [{ address: '127.0.0.1', port: 1 }] }]
    const deaf = manualAdapter(createResolver({ client: createDnsClient(), stubZones, recursors: [], timeout: 200 }))
    await expect(plan([cname('_dmarc.example.test')], deaf)).rejects.toMatchObject({ kind: 'unavailable' })
  })
})
