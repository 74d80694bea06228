import { describe, expect, it } from 'vitest'
import { type MemoryAdapter, memoryAdapter } from '../adapters/memory/adapter.ts'
import { apply } from './apply.ts'
import { ApplyError, DnsServiceError, ReadBackError, UnfinishedJournalError, ZoneChangedError } from './errors.ts'
import { type JournalStore, memoryJournalStore } from './journal.ts'
import { plan } from './plan.ts'
import type { DnsAdapter, RecordSet, WantedRecord } from './types.ts'
import { undo } from './undo.ts'

const zone = 'example.test'
const records: WantedRecord[] = ['_dmarc', 'mta-sts', '_mta-sts', '_smtp._tls'].map((label, index) => ({
  name: `${label}.${zone}`,
  type: 'CNAME',
  value: `key${index}.hosted.test`,
}))
const existing: RecordSet[] = [
  { name: '_dmarc.example.test', type: 'TXT', ttl: 60, values: ['"v=DMARC1; p=none"'] },
  { name: 'www.example.test', type: 'A', ttl: 60, values: ['192.0.2.1'] },
]

const stepwise = { canApplyAllAtomically: false, canReplaceAtomically: false, checksBeforeWriting: false }
const start = (abilities = {}) => memoryAdapter({ zones: { [zone]: existing }, abilities })

/** The adapter, failing at the given write: before it is carried out, or after. */
function failing(
  adapter: MemoryAdapter,
  at: number,
  when: 'before' | 'after',
  kind: 'refused' | 'timed-out',
): DnsAdapter {
  let count = 0
  return {
    ...adapter,
    async write(...args) {
      const error = new DnsServiceError({ service: 'memory', kind, message: 'Broken on purpose.', fix: '' })
      const breaks = ++count === at
      if (breaks && when === 'before') throw error
      await adapter.write(...args)
      if (breaks) throw error
    },
  }
}

async function applyWith(adapter: DnsAdapter, journals: JournalStore = memoryJournalStore(), timeout = 10) {
  const planned = await plan(records, adapter, { conflict: 'replace' })
  return apply(planned, adapter, { journals, readBackTimeout: timeout })
}

/** A plan, and somebody who changes the first name as soon as the plan is made. */
async function planThenMeddle(abilities = {}) {
  const adapter = start(abilities)
  const planned = await plan(records, adapter, { conflict: 'replace' })
  const [first] = records
  const foreign = { name: first?.name ?? '', type: 'TXT', ttl: 60, values: ['"somebody else was here"'] }
  const hosted = await adapter.findZone(zone)
  if (!hosted) throw new Error('no zone')
  const before = await adapter.read(hosted, [foreign.name])
  await adapter.write(hosted, [{ name: foreign.name, before, after: [foreign] }])
  return { adapter, planned, dump: () => adapter.dump(zone) }
}

describe('apply', () => {
  it('of what was just read reads once less, and touches nothing that has changed since', async () => {
    const adapter = start()
    let reads = 0
    const counting: DnsAdapter = {
      ...adapter,
      read(...args) {
        reads++
        return adapter.read(...args)
      },
    }
    const planned = await plan(records, counting, { conflict: 'replace' })
    await apply(planned, counting, { journals: memoryJournalStore(), justRead: true })
    expect(reads).toBe(2)

    const meddled = await planThenMeddle()
    const before = meddled.dump()
    const options = { journals: memoryJournalStore(), justRead: true }
    await expect(apply(meddled.planned, meddled.adapter, options)).rejects.toMatchObject({
      rolledBack: true,
      cause: { kind: 'changed' },
    })
    expect(meddled.dump()).toEqual(before)
  })

  it('of what was just read reads again where the names of a zone are written one by one', async () => {
    const { adapter, planned, dump } = await planThenMeddle(stepwise)
    const before = dump()
    const options = { journals: memoryJournalStore(), justRead: true }
    await expect(apply(planned, adapter, options)).rejects.toThrow(ZoneChangedError)
    expect(dump()).toEqual(before)
  })

  it('keeps a journal that is there before the first change and says applied after the last', async () => {
    const adapter = start(stepwise)
    const journals = memoryJournalStore()
    const states: (string | undefined)[] = []
    const watched: DnsAdapter = {
      ...adapter,
      async write(...args) {
        states.push((await journals.list())[0]?.state)
        await adapter.write(...args)
      },
    }
    const { journal } = await applyWith(watched, journals)
    expect(states).toEqual(['applying', 'applying', 'applying', 'applying'])
    expect((await journals.load(journal?.id ?? ''))?.state).toBe('applied')
  })

  it('writes as many names at once as the service can, one by one where it cannot', async () => {
    for (const [abilities, expected] of [
      [{}, [4]],
      [stepwise, [1, 1, 1, 1]],
      [{ maximumNames: 3 }, [3, 1]],
    ] as const) {
      const adapter = start(abilities)
      const sizes: number[] = []
      const write: DnsAdapter['write'] = (zone, changes) => {
        sizes.push(changes.length)
        return adapter.write(zone, changes)
      }
      await applyWith({ ...adapter, write })
      expect(sizes).toEqual(expected)
    }
  })

  it.each([1, 2, 3, 4])('takes everything back when write %i is refused', async (at) => {
    const adapter = start(stepwise)
    const attempt = applyWith(failing(adapter, at, 'before', 'refused'))
    await expect(attempt).rejects.toThrow(ApplyError)
    await expect(attempt).rejects.toMatchObject({ rolledBack: true, cause: { message: /Broken on purpose/ } })
    expect(sorted(adapter)).toEqual(sort(existing))
  })

  it('goes on when the answer of a write was lost but the change is there', async () => {
    const adapter = start(stepwise)
    const { items } = await applyWith(failing(adapter, 2, 'after', 'timed-out'))
    expect(items.map((item) => item.outcome)).toEqual(['replaced', 'created', 'created', 'created'])
  })

  it('calls the outcome unknown when the service accepts a change and does not show it', async () => {
    const adapter = start()
    const attempt = applyWith({ ...adapter, write: async () => {} })
    await expect(attempt).rejects.toMatchObject({ outcome: 'unknown', cause: expect.any(ReadBackError) })
    expect(sorted(adapter)).toEqual(sort(existing))
  })

  it('waits until a slow service shows the change', async () => {
    const adapter = start()
    let reads = 0
    const lagging: DnsAdapter = {
      ...adapter,
      async read(zone, names, options) {
        const sets = await adapter.read(zone, names, options)
        return ++reads > 2 && reads < 5 ? existing.filter((set) => names.includes(set.name)) : sets
      },
    }
    expect((await applyWith(lagging, memoryJournalStore(), 10_000)).items).toHaveLength(4)
    expect(reads).toBeGreaterThanOrEqual(5)
  })

  it('leaves alone what somebody else wrote in between, even when it is what was planned', async () => {
    const adapter = start()
    const beaten: DnsAdapter = {
      ...adapter,
      async write(...args) {
        await adapter.write(...args)
        await adapter.write(...args)
      },
    }
    const journals = memoryJournalStore()
    await expect(applyWith(beaten, journals)).rejects.toMatchObject({ name: 'ApplyError', rolledBack: true })
    expect(adapter.dump(zone).filter(({ type }) => type === 'CNAME')).toHaveLength(4)
    expect((await journals.list()).map(({ state }) => state)).toEqual(['undone'])
  })

  it('takes everything back when the caller aborts in the middle', async () => {
    const adapter = start(stepwise)
    const abort = new AbortController()
    const planned = await plan(records, adapter, { conflict: 'replace' })
    const attempt = apply(planned, adapter, {
      journals: memoryJournalStore(),
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    await expect(attempt).rejects.toMatchObject({ rolledBack: true })
    expect(sorted(adapter)).toEqual(sort(existing))
  })

  it('says that undo is needed when it could not take everything back, and undo repairs it', async () => {
    const adapter = start(stepwise)
    const journals = memoryJournalStore()
    let broken = false
    const dying: DnsAdapter = {
      ...adapter,
      async write(...args) {
        if (broken) throw new DnsServiceError({ service: 'memory', kind: 'refused', message: 'Gone.', fix: '' })
        await adapter.write(...args)
        broken = true
      },
    }
    await expect(applyWith(dying, journals)).rejects.toMatchObject({ rolledBack: false })
    const [journal] = await journals.list()
    if (!journal) throw new Error('no journal')
    await expect(applyWith(adapter, journals)).rejects.toThrow(UnfinishedJournalError)
    expect((await undo(journal, adapter, { journals })).restored).toEqual(['_dmarc.example.test'])
    expect(sorted(adapter)).toEqual(sort(existing))
    await applyWith(adapter, journals)
  })

  it('fails when the plan was made for another service', async () => {
    const planned = await plan(records, start())
    await expect(
      apply({ ...planned, service: 'route53' }, start(), { journals: memoryJournalStore() }),
    ).rejects.toThrow(/made for route53/)
  })
})

const sorted = (adapter: MemoryAdapter) => sort(adapter.dump(zone))
const sort = (sets: RecordSet[]) => [...sets].sort((left, right) => (left.name < right.name ? -1 : 1))
