import { memoryAdapter } from '@dmarc-as-code/dns/adapters'
import { memoryJournalStore, type RecordSet, undo } from '@dmarc-as-code/dns/apply'
import { describe, expect, it } from 'vitest'
import { removeCnames } from './cname-removal.ts'

const name = '_dmarc.a.example'
const target = 'key.dmarc.hosted.example'
const cname: RecordSet = { name, type: 'CNAME', ttl: 300, values: [`${target}.`] }
const other: RecordSet = { name: 'a.example', type: 'MX', ttl: 3600, values: ['10 mail.a.example.'] }

async function leave(sets: RecordSet[]) {
  const adapter = memoryAdapter({ zones: { 'a.example': structuredClone(sets) } })
  const journals = memoryJournalStore()
  const begun: string[] = []
  const remembered = await removeCnames([{ name, target }], adapter, {
    journals,
    signal: AbortSignal.timeout(5_000),
    onBegin: (id) => begun.push(id),
    now: () => 0,
  })
  const restore = async () => {
    const journal = await journals.load(String(begun[0]))
    if (journal) await undo(journal, adapter, { journals })
  }
  return { remembered, begun, zone: () => adapter.dump('a.example'), restore }
}

describe('leaving a service', () => {
  it('removes the CNAME and nothing else, and puts it back', async () => {
    const { remembered, zone, restore } = await leave([other, cname])
    expect(remembered).toBe(300)
    expect(zone()).toEqual([other])
    await restore()
    expect(zone()).toEqual([other, cname])
  })

  it('leaves alone what somebody else has put there', async () => {
    const foreign: RecordSet = { ...cname, values: ['elsewhere.example.'] }
    const { remembered, begun, zone } = await leave([foreign])
    expect([remembered, begun, zone()]).toEqual([0, [], [foreign]])
  })
})
