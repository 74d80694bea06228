import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { blindView } from '../effect/blind-view.ts'
import { apply } from './apply.ts'
import { DnsServiceError, ZoneChangedError } from './errors.ts'
import { type Journal, memoryJournalStore } from './journal.ts'
import { plan } from './plan.ts'
import type { DnsAdapter, RecordSet, WantedRecord } from './types.ts'
import { undo } from './undo.ts'
import { planUndo } from './undo-plan.ts'

const zone = { id: 'example.test', name: 'example.test' }
const name = '_dmarc.example.test'
const wanted: WantedRecord = { name, type: 'CNAME', value: 'key.hosted.test' }
const right: RecordSet = { name, type: 'CNAME', ttl: 300, values: ['key.hosted.test.'] }
const old: RecordSet = { name, type: 'CNAME', ttl: 60, values: ['old.test.'] }
const txt: RecordSet = { name, type: 'TXT', ttl: 60, values: ['"a"', '"b"'] }

async function applied(sets: RecordSet[], conflict: 'adopt' | 'replace') {
  const adapter = memoryAdapter({ zones: { [zone.name]: sets } })
  const journals = memoryJournalStore()
  const { journal } = await apply(await plan([wanted], adapter, { conflict }), adapter, { journals })
  if (!journal) throw new Error('no journal')
  return { adapter, journals, journal }
}

describe('undo', () => {
  it.each([[[txt]], [[old]], [[]]])('restores %j', async (sets) => {
    const { adapter, journals, journal } = await applied(sets, 'replace')
    expect(adapter.dump(zone.name)).toEqual([right])
    await undo(journal, adapter, { journals })
    expect(adapter.dump(zone.name)).toEqual(sets)
    expect((await journals.load(journal.id))?.state).toBe('undone')
  })

  it('restores only the names it is given, and the rest another time', async () => {
    const other = '_smtp._tls.example.test'
    const adapter = memoryAdapter({ zones: { [zone.name]: [txt] } })
    const journals = memoryJournalStore()
    const both: WantedRecord[] = [wanted, { ...wanted, name: other }]
    const { journal } = await apply(await plan(both, adapter, { conflict: 'replace' }), adapter, { journals })
    if (!journal) throw new Error('no journal')
    const first = await undo(journal, adapter, { journals, names: [other] })
    expect(first.restored).toEqual([other])
    expect(adapter.dump(zone.name)).toEqual([right])
    const kept = await journals.load(journal.id)
    expect(kept).toMatchObject({ state: 'applied', entries: [{ name }, { name: other, restored: true }] })
    if (!kept) throw new Error('no journal')
    expect((await undo(kept, adapter, { journals })).restored).toEqual([name])
    expect(adapter.dump(zone.name)).toEqual([txt])
    expect((await journals.load(journal.id))?.state).toBe('undone')
  })

  it('leaves an adopted record as it was, or removes it when asked to', async () => {
    const kept = await applied([right], 'adopt')
    expect((await undo(kept.journal, kept.adapter)).restored).toEqual([])
    expect(kept.adapter.dump(zone.name)).toEqual([right])
    await undo(kept.journal, kept.adapter, { adopted: 'remove' })
    expect(kept.adapter.dump(zone.name)).toEqual([])
  })

  it('fails when somebody changed the record since, touching nothing and keeping the journal as it was', async () => {
    const { adapter, journals, journal } = await applied([txt], 'replace')
    const foreign: RecordSet = { ...right, values: ['someone.else.test.'] }
    await adapter.write(zone, [{ name, before: [right], after: [foreign] }])
    const attempt = undo(journal, adapter, { journals })
    await expect(attempt).rejects.toThrow(ZoneChangedError)
    await expect(attempt).rejects.toThrow(
      '  _dmarc.example.test: found CNAME someone.else.test., expected CNAME key.hosted.test.',
    )
    expect(adapter.dump(zone.name)).toEqual([foreign])
    expect((await journals.load(journal.id))?.state).toBe('applied')
  })

  it('has nothing to do with an adopted record that was right, whatever became of it since', async () => {
    const { adapter, journal } = await applied([right], 'adopt')
    await adapter.write(zone, [{ name, before: [right], after: [txt] }])
    expect((await undo(journal, adapter)).restored).toEqual([])
    expect(adapter.dump(zone.name)).toEqual([txt])
  })

  it('can be done twice', async () => {
    const { adapter, journals, journal } = await applied([txt], 'replace')
    await undo(journal, adapter, { journals })
    expect((await undo(journal, adapter, { journals })).restored).toEqual([])
    expect(adapter.dump(zone.name)).toEqual([txt])
  })

  it.each<[string, RecordSet[]]>([
    ['nothing was done yet', [txt]],
    ['the old record is gone and the new one not there', []],
    ['one of two old values is gone', [{ ...txt, values: ['"b"'] }]],
    ['everything was done', [right]],
  ])('repairs a crash after which %s', async (_, left) => {
    const { adapter, journal } = await applied([txt], 'replace')
    await adapter.write(zone, [{ name, before: [right], after: left }])
    await undo({ ...journal, state: 'applying' }, adapter)
    expect(adapter.dump(zone.name)).toEqual([txt])
  })

  it('restores what it can when one name of several was changed since, says which, and can be repeated', async () => {
    const labels = ['a', 'b', 'c'].map((label) => `${label}.example.test`)
    const before = labels.map((owner): RecordSet => ({ ...txt, name: owner }))
    for (const abilities of [{}, { canApplyAllAtomically: false }]) {
      const adapter = memoryAdapter({ zones: { [zone.name]: before }, abilities })
      const journals = memoryJournalStore()
      const records = labels.map((owner) => ({ ...wanted, name: owner }))
      const planned = await plan(records, adapter, { conflict: 'replace' })
      const { journal } = await apply(planned, adapter, { journals })
      const foreign: RecordSet = { ...right, name: 'b.example.test', values: ['someone.else.test.'] }
      const ours: RecordSet = { ...right, name: 'b.example.test' }
      await adapter.write(zone, [{ name: foreign.name, before: [ours], after: [foreign] }])
      await expect(undo(journal as Journal, adapter, { journals })).rejects.toMatchObject({
        name: 'ZoneChangedError',
        names: ['b.example.test'],
        message: expect.stringMatching(/Restored: (a|c)\.example\.test, (a|c)\.example\.test\./),
      })
      const byName = (sets: RecordSet[]) => sets.sort((one, other) => (one.name < other.name ? -1 : 1))
      expect(byName(adapter.dump(zone.name))).toEqual([before[0], foreign, before[2]])
      const kept = (await journals.load(journal?.id ?? '')) as Journal
      expect(kept.state).toBe('applied')
      // Somebody else has a use for a name that was restored; a second undo is only about the one that was left.
      await adapter.write(zone, [{ name: 'a.example.test', before: [before[0] as RecordSet], after: [] }])
      await adapter.write(zone, [{ name: foreign.name, before: [foreign], after: [ours] }])
      expect((await undo(kept, adapter, { journals })).restored).toEqual(['b.example.test'])
      expect(byName(adapter.dump(zone.name))).toEqual([before[1], before[2]])
      expect((await journals.load(kept.id))?.state).toBe('undone')
    }
  })

  it('restores the other names when the service refuses one of a step', async () => {
    const labels = ['a', 'b', 'c'].map((label) => `${label}.example.test`)
    const adapter = memoryAdapter({
      zones: { [zone.name]: labels.map((owner): RecordSet => ({ ...txt, name: owner })) },
    })
    const journals = memoryJournalStore()
    const planned = await plan(
      labels.map((owner) => ({ ...wanted, name: owner })),
      adapter,
      { conflict: 'replace' },
    )
    const { journal } = await apply(planned, adapter, { journals })
    let refusing = true
    const picky: DnsAdapter = {
      ...adapter,
      async write(hosted, changes) {
        if (refusing && changes.some((change) => change.name.startsWith('b.'))) {
          throw new DnsServiceError({ service: 'memory', kind: 'refused', message: 'Not b.', fix: '' })
        }
        await adapter.write(hosted, changes)
      },
    }
    await expect(undo(journal as Journal, picky, { journals })).rejects.toMatchObject({
      name: 'UndoIncompleteError',
      restored: expect.arrayContaining(['a.example.test', 'c.example.test']),
      failed: [{ name: 'b.example.test' }],
    })
    const kept = (await journals.load(journal?.id ?? '')) as Journal
    expect(kept.state).toBe('undoing')
    refusing = false
    expect((await undo(kept, picky, { journals })).restored).toEqual(['b.example.test'])
  })

  it('refuses another server of the same service, touching nothing and keeping the journal as it was', async () => {
    const at = (identity: string) => ({ ...memoryAdapter({ zones: { [zone.name]: [txt] } }), identity })
    const [first, second] = [at('192.0.2.1:53 with the key k'), at('192.0.2.2:53 with the key k')]
    const journals = memoryJournalStore()
    const planned = await plan([wanted], first, { conflict: 'replace' })
    await expect(apply(planned, second, { journals })).rejects.toThrow(/made for 192\.0\.2\.1.*are for 192\.0\.2\.2/)
    const { journal } = await apply(planned, first, { journals })
    await expect(undo(journal as Journal, second, { journals })).rejects.toThrow(/made for 192\.0\.2\.1/)
    expect((await journals.load(journal?.id ?? ''))?.state).toBe('applied')
    expect((await undo(journal as Journal, first, { journals })).restored).toEqual([name])
  })

  it('plans with the wildcard that answers afterwards, and with none where records beneath the name rule it out', async () => {
    const effectWith = async (at: string, ...more: RecordSet[]) => {
      const wildcard = { ...txt, name: '*.example.test', values: ['"v=DMARC1; p=reject"'] }
      const adapter = memoryAdapter({ zones: { [zone.name]: [wildcard, ...more] } })
      const journals = memoryJournalStore()
      const planned = await plan([{ ...wanted, name: at }], adapter)
      const { journal } = await apply(planned, adapter, { journals, allowWeaker: 'A test.' })
      if (!journal) throw new Error('no journal')
      const [item] = (await planUndo(journal, adapter, { view: blindView })).items
      return item?.effect?.after.text
    }
    expect(await effectWith(name)).toBe('v=DMARC1; p=reject')
    expect(await effectWith('_dmarc.mail.example.test')).toBe('v=DMARC1; p=reject')
    expect(await effectWith(name, { ...txt, name: `x._report.${name}` })).not.toBe('v=DMARC1; p=reject')
  })

  it('does not know the effect where a wildcard may or may not answer afterwards', async () => {
    const wildcard = { ...txt, name: '*.example.test', values: ['"v=DMARC1; p=reject"'] }
    const { list: _, ...adapter } = memoryAdapter({ zones: { [zone.name]: [wildcard] } })
    const planned = await plan([wanted], adapter)
    const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
    const view = { ...blindView, texts: async () => ({ value: ['v=DMARC1; p=none'] }) }
    const { items } = await planUndo(journal as Journal, adapter, { view })
    expect(items[0]?.effect).toMatchObject({
      grade: 'unknown',
      messages: [expect.stringContaining('Whether the wildcard *.example.test will answer for _dmarc.example.test')],
    })
  })

  it('fails on a journal of another service', async () => {
    const { adapter, journal } = await applied([txt], 'replace')
    await expect(undo({ ...journal, service: 'route53' }, adapter)).rejects.toThrow(/made for route53/)
  })
})
