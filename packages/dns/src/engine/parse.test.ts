import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { apply } from './apply.ts'
import { memoryJournalStore } from './journal.ts'
import { KeptDataError, parseJournal, parsePlan } from './parse.ts'
import { plan } from './plan.ts'

const name = '_dmarc.example.test'
const old = { name, type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=none"'] }

async function made() {
  const adapter = memoryAdapter({ zones: { 'example.test': [old] } })
  const wanted = [
    { name, type: 'CNAME', value: 'k.hosted.test' },
    { name: 'x.elsewhere.test', type: 'CNAME', value: 'k.test' },
  ] as const
  const both = await plan(wanted, adapter, { conflict: 'replace' })
  const one = await plan(wanted.slice(0, 1), adapter, { conflict: 'replace' })
  const { journal } = await apply(one, adapter, { journals: memoryJournalStore() })
  return { plan: JSON.parse(JSON.stringify(both)), journal: JSON.parse(JSON.stringify(journal)) }
}

describe('kept plans and journals', () => {
  it('are read back as they were', async () => {
    const kept = await made()
    expect(parsePlan(structuredClone(kept.plan))).toEqual(kept.plan)
    expect(parseJournal(structuredClone(kept.journal))).toEqual(kept.journal)
  })

  // biome-ignore lint/suspicious/noExplicitAny: damage of any kind is done to them here.
  it.each<[string, (kept: any) => void, RegExp]>([
    ['another version', ({ plan }) => (plan.version = 2), /the plan has version 2, expected 1/],
    ['no items', ({ plan }) => (plan.items = null), /items of the plan must be a list/],
    ['an unknown action', ({ plan }) => (plan.items[0].action = 'destroy'), /item 1 of the plan has an unknown action/],
    ['another record type', ({ plan }) => (plan.items[0].record.type = 'NS'), /an unknown type, expected one of CNAME/],
    ['no zone', ({ plan }) => delete plan.items[0].zone, /item 1 of the plan has no zone/],
    [
      'records of another name',
      ({ plan }) => (plan.items[0].after[0].name = 'www.example.test'),
      /is about another name/,
    ],
    ['values that are no text', ({ plan }) => (plan.items[0].before[0].values = [1]), /values in before of item 1/],
  ])('fail with %s', async (_, damage, message) => {
    const kept = await made()
    damage(kept)
    expect(() => parsePlan(kept.plan)).toThrow(KeptDataError)
    expect(() => parsePlan(kept.plan)).toThrow(message)
  })

  it('fail with a damaged journal', async () => {
    const { journal } = await made()
    expect(() => parseJournal([])).toThrow(/the journal is not an object/)
    expect(() => parseJournal({ ...journal, state: 'lost' })).toThrow(/an unknown state/)
    expect(() => parseJournal({ ...journal, entries: [{ name }] })).toThrow(/zone of entry 1/)
  })
})
