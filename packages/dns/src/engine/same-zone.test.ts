import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { apply } from './apply.ts'
import { type Journal, memoryJournalStore } from './journal.ts'
import { parseJournal, parsePlan } from './parse.ts'
import { plan } from './plan.ts'
import type { DnsAdapter, HostedZone, RecordSet } from './types.ts'
import { undo } from './undo.ts'

const name = '_dmarc.example.test'
const txt: RecordSet = { name, type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=none"'] }
const wanted = { name, type: 'CNAME', value: 'key.hosted.test' } as const

/** A server whose zone ids are names; `sets` is what the zone holds, `origin` what its SOA says. */
function serving(sets: RecordSet[], origin: HostedZone['origin']): DnsAdapter {
  const memory = memoryAdapter({ zones: { 'example.test': sets } })
  return {
    ...memory,
    async findZone(asked, options) {
      const zone = await memory.findZone(asked, options)
      return zone && origin ? { ...zone, origin } : zone
    },
  }
}

const at = (serial: number, primary = 'ns1.example.test') => ({ mark: `the primary server ${primary}`, serial })
const planned = (origin: HostedZone['origin']) => plan([wanted], serving([txt], origin), { conflict: 'replace' })

describe('a zone that was made anew under its old name', () => {
  it.each([
    [
      'has another primary server',
      at(8, 'ns.elsewhere.test'),
      /had the primary server ns1\.example\.test, and has the/,
    ],
    ['has a lower serial', at(3), /serial of zone example\.test was 7, and is 3 now/],
    ['has a lower serial by the arithmetic of serials (RFC 1982)', at(4_000_000_000), /was 7, and is 4000000000/],
  ])('is not the zone of a kept plan where it %s', async (_, origin, message) => {
    const kept = parsePlan(JSON.parse(JSON.stringify(await planned(at(7)))))
    const journals = memoryJournalStore()
    await expect(apply(kept, serving([txt], origin), { journals })).rejects.toThrow(message)
    expect(await journals.list()).toEqual([])
  })

  it.each([
    ['the same serial', at(7)],
    ['a later serial', at(9)],
    ['a later serial that has wrapped around', at(1), at(4_294_967_000)],
    ['no SOA that could be read', undefined],
  ])('is not suspected with %s', async (_, origin, before = at(7)) => {
    const { journal } = await apply(await planned(before), serving([txt], origin), { journals: memoryJournalStore() })
    expect(journal?.state).toBe('applied')
  })

  it('is not undone by the journal of the zone before, and does not use the journal up', async () => {
    const adapter = serving([txt], at(7))
    const journals = memoryJournalStore()
    const { journal } = await apply(await planned(at(7)), adapter, { journals })
    const kept = parseJournal(JSON.parse(JSON.stringify(journal)))
    await expect(undo(kept, serving([txt], at(2)), { journals })).rejects.toThrow(/Journal .* made for another zone/)
    expect((await journals.load(kept.id))?.state).toBe('applied')
    expect((await undo(kept, adapter, { journals })).restored).toEqual([name])
  })

  it('is undone where it holds what the run wrote: primaries are renamed, and some servers set serials back', async () => {
    const { journal } = await apply(await planned(at(7)), serving([txt], at(7)), { journals: memoryJournalStore() })
    const cname = (journal as Journal).entries[0]?.after ?? []
    const renamed = serving(cname, at(3, 'ns.new.test'))
    expect((await undo(journal as Journal, renamed)).restored).toEqual([name])
  })

  it('is not asked for where the server has no such zone any more', async () => {
    const gone: DnsAdapter = { ...serving([txt], at(7)), findZone: async () => undefined }
    await expect(apply(await planned(at(7)), gone, { journals: memoryJournalStore() })).rejects.toThrow(
      /has no zone example\.test any more/,
    )
  })
})
