import { describe, expect, it } from 'vitest'
import { memoryAdapter } from '../adapters/memory/adapter.ts'
import { blindView } from '../effect/blind-view.ts'
import type { MailView } from '../effect/types.ts'
import { apply } from './apply.ts'
import { DnsServiceError } from './errors.ts'
import { memoryJournalStore } from './journal.ts'
import type { ConflictMode } from './judge.ts'
import { hasChanges, isApplicable, plan, survey } from './plan.ts'
import type { DnsAdapter, RecordSet, WantedRecord } from './types.ts'
import { planUndo } from './undo-plan.ts'

const zone = 'example.test'
const wanted = (name: string, ttl?: number): WantedRecord => ({
  name,
  type: 'CNAME',
  value: 'Key.Hosted.test.',
  ...(ttl === undefined ? {} : { ttl }),
})
const set = (name: string, type: string, ...values: string[]): RecordSet => ({ name, type, ttl: 60, values })

async function planOne(record: WantedRecord, sets: RecordSet[], conflict: ConflictMode = 'fail') {
  const adapter = memoryAdapter({ zones: { [zone]: sets } })
  const [item] = (await plan([record], adapter, { conflict })).items
  if (!item) throw new Error('no item')
  return item
}

describe('plan', () => {
  it('creates where nothing is, with the default TTL, and names the host field of the panel', async () => {
    expect(await planOne(wanted('_DMARC.mail.example.test.'), [])).toMatchObject({
      action: 'create',
      relativeName: '_dmarc.mail',
      before: [],
      after: [{ name: '_dmarc.mail.example.test', type: 'CNAME', ttl: 300, values: ['key.hosted.test.'] }],
    })
  })

  it('finds a right CNAME right, whatever its case, final dot and TTL', async () => {
    const live = [set('_dmarc.example.test', 'CNAME', 'KEY.hosted.test.')]
    expect(await planOne(wanted('_dmarc.example.test'), live)).toMatchObject({ action: 'unchanged', adopted: false })
  })

  it.each<[ConflictMode, string, string]>([
    ['fail', 'conflict', 'conflict'],
    ['adopt', 'replace', 'conflict'],
    ['replace', 'replace', 'replace'],
  ])('in mode %s another CNAME gives %s, a TXT %s', async (mode, forCname, forTxt) => {
    const name = '_dmarc.example.test'
    expect((await planOne(wanted(name), [set(name, 'CNAME', 'old.test.')], mode)).action).toBe(forCname)
    expect((await planOne(wanted(name), [set(name, 'TXT', '"v=DMARC1"')], mode)).action).toBe(forTxt)
  })

  it('shows what is in the way', async () => {
    const name = '_dmarc.example.test'
    const item = await planOne(wanted(name), [set(name, 'TXT', '"v=DMARC1; p=none"')])
    expect(item.message).toBe(
      'Found TXT "v=DMARC1; p=none" at _dmarc.example.test. A CNAME must be the only record at its name. Remove them, or use conflict mode "replace" (undo restores them).',
    )
  })

  it('corrects the TTL of a right CNAME only when it may adopt it', async () => {
    const live = [set('_dmarc.example.test', 'CNAME', 'key.hosted.test.')]
    expect(await planOne(wanted('_dmarc.example.test', 900), live, 'adopt')).toMatchObject({
      action: 'replace',
      adopted: true,
      after: [{ ttl: 900 }],
    })
    expect((await planOne(wanted('_dmarc.example.test', 900), live)).action).toBe('unchanged')
  })

  it.each<[string, string, RecordSet[]]>([
    ['apex', 'example.test', []],
    ['wildcard-name', '*.example.test', []],
    ['loop', 'key.hosted.test.example.test', []],
    ['delegated-away', '_dmarc.child.example.test', [set('child.example.test', 'NS', 'ns.other.test.')]],
    ['delegated-away', '_dmarc.example.test', [set('_dmarc.example.test', 'NS', 'ns.other.test.')]],
    ['under-dname', '_dmarc.moved.example.test', [set('moved.example.test', 'DNAME', 'other.test.')]],
    ['zone-not-found', '_dmarc.elsewhere.invalid', []],
  ])('blocks with %s at %s, in every mode', async (reason, name, sets) => {
    const record = reason === 'loop' ? { ...wanted(name), value: name } : wanted(name)
    for (const mode of ['fail', 'adopt', 'replace'] as const) {
      expect(await planOne(record, sets, mode)).toMatchObject({ action: 'blocked', reason })
    }
  })

  it('blocks on a proxied CNAME, and switches the proxy off when it may adopt it', async () => {
    const live = [{ ...set('_dmarc.example.test', 'CNAME', 'key.hosted.test.'), proxied: true }]
    expect(await planOne(wanted('_dmarc.example.test'), live)).toMatchObject({ action: 'blocked', reason: 'proxied' })
    const [after] = (await planOne(wanted('_dmarc.example.test'), live, 'adopt')).after
    expect(after?.proxied).toBeUndefined()
  })

  it('is made for several conflict modes from one reading', async () => {
    const memory = memoryAdapter({ zones: { [zone]: [set('_dmarc.example.test', 'TXT', '"v=DMARC1; p=none"')] } })
    let reads = 0
    const adapter: DnsAdapter = {
      ...memory,
      read(...args) {
        reads++
        return memory.read(...args)
      },
    }
    const seen = await survey([wanted('_dmarc.example.test')], adapter)
    const actions = (['fail', 'adopt', 'replace'] as const).map((mode) => seen.plan(mode).items[0]?.action)
    expect(actions).toEqual(['conflict', 'conflict', 'replace'])
    expect([seen.plan().conflict, reads]).toEqual(['fail', 1])
  })

  it('notes the wildcard that answers for the name today, and only where it does (RFC 4592)', async () => {
    const wildcard = set('*.example.test', 'TXT', '"v=spf1 -all"')
    const notesAt = async (name: string, ...more: RecordSet[]) =>
      (await planOne(wanted(name), [wildcard, ...more], 'replace')).notes
    expect(await notesAt('_smtp._tls.example.test')).toEqual([expect.stringContaining('*.example.test')])
    expect(await notesAt('_dmarc.example.test', set('_dmarc.example.test', 'TXT', '"v=DMARC1; p=none"'))).toEqual([])
    expect(await notesAt('_dmarc.mail.example.test', set('mail.example.test', 'A', '192.0.2.1'))).toEqual([])
  })

  it('notes no wildcard at a name that exists for what stands beneath it, or beneath the next encloser (RFC 4592)', async () => {
    const wildcard = set('*.example.test', 'TXT', '"v=DMARC1; p=reject"')
    const at = async (name: string, beneath: string) => {
      const { notes, effect } = await planOne(wanted(name), [wildcard, set(beneath, 'TXT', '"x"')])
      return { notes: notes.length, before: effect?.before?.text }
    }
    const none = { notes: 0, before: undefined }
    expect(await at('_dmarc.example.test', 'x._report._dmarc.example.test')).toEqual(none)
    expect(await at('_dmarc.mail.example.test', 'x.mail.example.test')).toEqual(none)
    const answers = { notes: 1, before: 'v=DMARC1; p=reject' }
    expect(await at('_dmarc.example.test', 'x._dmarcs.example.test')).toEqual(answers)
    expect(await at('_dmarc.mail.example.test', 'x.e-mail.example.test')).toEqual(answers)
  })

  it.each(['no', 'a refused'])('says of a wildcard what it has not seen, with %s list of the zone', async (list) => {
    const { list: _, ...memory } = memoryAdapter({ zones: { [zone]: [set('*.example.test', 'TXT', '"x"')] } })
    const refused = new DnsServiceError({ service: 'memory', kind: 'forbidden', message: 'No.', fix: 'Ask.' })
    const adapter: DnsAdapter = list === 'no' ? memory : { ...memory, list: () => Promise.reject(refused) }
    const [item] = (await plan([wanted('_dmarc.example.test')], adapter)).items
    expect(item?.notes).toEqual([expect.stringContaining('today, unless records stand beneath _dmarc.example.test.')])
  })

  it('asks the DNS whether such a wildcard answers, and does not take its policy for the live one', async () => {
    const { list: _, ...adapter } = memoryAdapter({
      zones: { [zone]: [set('*.example.test', 'TXT', '"v=DMARC1; p=reject"')] },
    })
    const expected = { '_dmarc.example.test': 'v=DMARC1; p=none' }
    const seeing = (texts: string[]): MailView => ({ ...blindView, texts: async () => ({ value: texts }) })
    const effectWith = async (view?: MailView) => {
      const options = view ? { view, expected } : { expected }
      return (await plan([wanted('_dmarc.example.test')], adapter, options)).items[0]?.effect
    }
    expect(await effectWith()).toMatchObject({ grade: 'unknown' })
    expect(await effectWith(seeing([]))).toMatchObject({ before: { text: null } })
    expect(await effectWith(seeing(['v=DMARC1; p=reject']))).toMatchObject({ grade: 'weaker' })
  })

  it('lists a zone only where a wildcard would answer', async () => {
    const memory = memoryAdapter({
      zones: { [zone]: [set('*.example.test', 'TXT', '"x"'), set('a.example.test', 'A')] },
    })
    let lists = 0
    const adapter: DnsAdapter = {
      ...memory,
      async list() {
        lists++
        return []
      },
    }
    await plan([wanted('_dmarc.a.example.test')], adapter)
    expect(lists).toBe(0)
    await plan([wanted('_dmarc.example.test'), wanted('_smtp._tls.example.test')], adapter)
    expect(lists).toBe(1)
  })

  it.each(['_dmarc', '_smtp._tls', 'mta-sts', '_mta-sts'])(
    'does not know the effect of %s at what is no domain of mail addresses',
    async (label) => {
      for (const domain of ['test', '_x.example.test']) {
        const adapter = memoryAdapter({ zones: { '': [], [zone]: [] } })
        const record = wanted(`${label}.${domain}`)
        const [item] = (await plan([record], adapter)).items
        const messages = [`${domain} is not a domain of mail addresses.`]
        expect(item).toMatchObject({ action: 'create', effect: { grade: 'unknown', messages } })
        const { journal } = await apply(await plan([record], adapter), adapter, { journals: memoryJournalStore() })
        if (!journal) throw new Error('no journal')
        expect((await planUndo(journal, adapter)).items).toMatchObject([{ effect: { messages } }])
      }
    },
  )

  it('never advises to remove a zone or a delegation', async () => {
    const delegated = set('child.example.test', 'NS', 'ns.other.test.')
    for (const name of ['example.test', '_dmarc.child.example.test']) {
      const { message } = await planOne(wanted(name), [delegated])
      expect(message).not.toMatch(/remove|delete/i)
    }
  })

  it('blocks when the parent zone delegates to other servers than those of this zone', async () => {
    const adapter = memoryAdapter({ zones: { [zone]: [] }, nameServers: { [zone]: ['ns1.here.test'] } })
    const delegation = async () => ['NS.elsewhere.test.']
    const planned = await plan([wanted('_dmarc.example.test')], adapter, { delegation })
    expect(planned.items[0]).toMatchObject({ action: 'blocked', reason: 'zone-not-delegated' })
    expect(planned.items[0]?.message).toContain('ns.elsewhere.test')
    const unknown = await plan([wanted('_dmarc.example.test')], adapter, { delegation: async () => undefined })
    expect(unknown.items[0]?.action).toBe('create')
  })

  it('goes on where the zone itself has the names of the delegation, as with vanity name servers', async () => {
    const apex = set(zone, 'NS', 'NS1.Agency.test.', 'ns2.agency.test.')
    const adapter = memoryAdapter({ zones: { [zone]: [apex] }, nameServers: { [zone]: ['ns-1.awsdns-01.org'] } })
    const delegation = async () => ['ns1.agency.test', 'ns2.agency.test']
    const planned = await plan([wanted('_dmarc.example.test')], adapter, { delegation })
    expect(planned.items[0]?.action).toBe('create')
  })

  it('asks for the delegations of a fleet side by side', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `fleet${index}.test`)
    const each = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]))
    const adapter = memoryAdapter({ zones: each([]), nameServers: each(['ns1.here.test']) })
    let asked = 0
    let release = () => {}
    const all = new Promise<void>((resolve) => {
      release = resolve
    })
    const delegation = async () => {
      if (++asked === names.length) release()
      await all
      return ['ns1.here.test']
    }
    const records = names.map((name) => wanted(`_dmarc.${name}`))
    expect((await plan(records, adapter, { delegation })).items).toHaveLength(12)
  })

  it('notes a zone that the public DNS delegates to no server, and stops nothing', async () => {
    const adapter = memoryAdapter({ zones: { [zone]: [] }, nameServers: { [zone]: ['ns1.here.test'] } })
    const notes = async (delegatedTo: string[] | undefined) => {
      const [item] = (await plan([wanted('_dmarc.example.test')], adapter, { delegation: async () => delegatedTo }))
        .items
      return [item?.action, item?.notes]
    }
    expect(await notes([])).toEqual(['create', [expect.stringContaining('delegates example.test to no server')]])
    expect(await notes(undefined)).toEqual(['create', []])
    expect(await notes(['ns1.here.test'])).toEqual(['create', []])
  })

  it('tells of each record whose zone it knows, and of each it has read', async () => {
    const events: string[] = []
    const onProgress = ({ name, step }: { name: string; step: string }) => void events.push(`${step} ${name}`)
    const adapter = memoryAdapter({ zones: { [zone]: [] } })
    await plan([wanted('_dmarc.example.test'), wanted('_dmarc.elsewhere.invalid')], adapter, { onProgress })
    expect(events).toEqual([
      'zone-sought _dmarc.example.test',
      'zone-sought _dmarc.elsewhere.invalid',
      'read _dmarc.example.test',
    ])
  })

  it('takes every spelling of a name for the same name', async () => {
    const live = [set('a\\.b.example.test', 'TXT', '"x"')]
    expect(await planOne(wanted('A\\046b.example.test'), live)).toMatchObject({ action: 'conflict' })
    expect(await planOne(wanted('\\042.example.test'), [])).toMatchObject({
      action: 'blocked',
      reason: 'wildcard-name',
    })
  })

  it('plans the rest where the servers of one zone are down, and fails where all are', async () => {
    const adapter = memoryAdapter({ zones: { 'up.test': [], 'down.test': [] }, abilities: { canWrite: false } })
    const down = new DnsServiceError({ service: 'manual', kind: 'timed-out', message: 'No answer.', fix: 'Wait.' })
    const partly: DnsAdapter = {
      ...adapter,
      async read(zone, names) {
        if (zone.name === 'down.test') throw down
        return adapter.read(zone, names)
      },
    }
    const records = [wanted('_dmarc.up.test'), wanted('_dmarc.down.test')]
    expect((await plan(records, partly)).items).toMatchObject([
      { action: 'create' },
      { action: 'blocked', reason: 'unreachable', message: 'No answer. Wait.', zone: { name: 'down.test' } },
    ])
    await expect(plan(records.slice(1), partly)).rejects.toBe(down)
    const service = { ...partly, abilities: { ...adapter.abilities, canWrite: true } }
    await expect(plan(records, service)).rejects.toBe(down)
  })

  it('raises a TTL to the least the service allows', async () => {
    const adapter = memoryAdapter({ zones: { [zone]: [] }, abilities: { minimumTtl: 60 } })
    const planned = await plan([wanted('_dmarc.example.test', 5)], adapter)
    expect(planned.items[0]?.after[0]?.ttl).toBe(60)
  })

  it('is plain JSON and knows whether it can and need be applied', async () => {
    const adapter = memoryAdapter({ zones: { [zone]: [set('a.example.test', 'TXT', '"x"')] } })
    const good = await plan([wanted('_dmarc.example.test')], adapter)
    const bad = await plan([wanted('a.example.test')], adapter)
    expect(JSON.parse(JSON.stringify(good))).toEqual(good)
    expect([isApplicable(good), hasChanges(good)]).toEqual([true, true])
    expect([isApplicable(bad), hasChanges(bad)]).toEqual([false, false])
  })

  it('fails on a name wanted twice, a bad TTL, a bad name and another type', async () => {
    const adapter = memoryAdapter({ zones: { [zone]: [] } })
    const attempt = (...records: WantedRecord[]) => plan(records, adapter)
    await expect(attempt(wanted('a.example.test'), wanted('A.example.test.'))).rejects.toThrow(/wanted twice/)
    await expect(attempt(wanted('a.example.test', -1))).rejects.toThrow(/TTL is -1/)
    await expect(attempt(wanted(`${'a'.repeat(64)}.test`))).rejects.toThrow(/63 are allowed/)
    await expect(attempt({ ...wanted('a.test'), type: 'TXT' as 'CNAME' })).rejects.toThrow(/only CNAME/)
  })
})
