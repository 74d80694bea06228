import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { apply } from './apply.ts'
import { ZoneChangedError } from './errors.ts'
import { memoryJournalStore } from './journal.ts'
import { plan } from './plan.ts'
import type { RecordSet, WantedRecord } from './types.ts'
import { undo } from './undo.ts'

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

  it('fails on a journal of another service', async () => {
    const { adapter, journal } = await applied([txt], 'replace')
    await expect(undo({ ...journal, service: 'route53' }, adapter)).rejects.toThrow(/written by route53/)
  })
})
