import { describe, expect, it, onTestFinished } from 'vitest'
import { startHetzner } from '../../../../../test-support/dns-services/hetzner.ts'
import { adapterContract } from '../../../test/adapter-contract.ts'
import { contractSets } from '../../../test/contract-sets.ts'
import { apply } from '../../engine/apply.ts'
import { memoryJournalStore } from '../../engine/journal.ts'
import { plan } from '../../engine/plan.ts'
import { undo } from '../../engine/undo.ts'
import { hetznerAdapter } from './adapter.ts'

const zone = 'example.test'
const now = Date.UTC(2026, 0, 1)

async function start(options = {}, token?: string) {
  const service = await startHetzner([{ name: zone, sets: contractSets(zone) }], options)
  onTestFinished(() => service.close())
  const pauses: number[] = []
  const config = { type: 'hetzner', baseUrl: service.url, token: token ?? service.token } as const
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  return { service, pauses, adapter: hetznerAdapter(config, { sleep, clock: () => now }) }
}

const replaced = [{ name: `mta-sts.${zone}`, type: 'CNAME' as const, value: 'k.test' }]

describe('Hetzner', () => {
  describe.each([
    ['at once', 0, 50],
    ['a while later, and gives one record set in one answer', 3, 1],
  ])('when it carries changes out %s', (_, actionSteps, pageLimit) => {
    adapterContract(async () => {
      const { service, adapter } = await start({ actionSteps, pageLimit })
      return { adapter, zone, dump: async () => service.dump(zone), close: async () => {} }
    })
  })

  it('puts back comments, labels and sets that have the TTL of their zone', async () => {
    const { service, adapter } = await start()
    const set = service.rrsets(zone).find(({ name, type }) => name === 'mta-sts' && type === 'A')
    Object.assign(set ?? {}, { ttl: null, labels: { owner: 'mail' } })
    if (set?.records[0]) set.records[0].comment = 'the old host'
    const before = JSON.stringify(service.rrsets(zone).filter(({ name }) => name === 'mta-sts'))
    const planned = await plan(replaced, adapter, { conflict: 'replace' })
    const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter)
    const after = service.rrsets(zone).filter(({ name }) => name === 'mta-sts')
    expect(JSON.parse(JSON.stringify(after))).toEqual(expect.arrayContaining(JSON.parse(before)))
  })

  it('takes a target without its final dot for a name in the zone, so that it is not right already, and corrects it', async () => {
    const { service, adapter } = await start()
    const name = `_smtp._tls.${zone}`
    const set = service.rrsets(zone).find((one) => one.name === '_smtp._tls')
    if (set) set.records = [{ value: 'k.test', comment: 'a slip' }]
    const wanted = [{ name, type: 'CNAME' as const, value: 'k.test', ttl: 900 }]
    expect((await plan(wanted, adapter)).items).toMatchObject([{ action: 'conflict', reason: 'other-target' }])
    const planned = await plan(wanted, adapter, { conflict: 'adopt' })
    expect(planned.items[0]?.before[0]?.values).toEqual([`k.test.${zone}.`])
    const { journal } = await apply(planned, adapter, { journals: memoryJournalStore() })
    expect(service.dump(zone)).toContain(`${name}. 900 IN CNAME k.test.`)
    if (!journal) throw new Error('no journal')
    await undo(journal, adapter)
    expect(service.dump(zone)).toContain(`${name}. 900 IN CNAME k.test.${zone}. ; a slip`)
  })

  it('has everything as before after a creation failed in the middle', async () => {
    const { service, adapter } = await start()
    const before = service.dump(zone)
    const planned = await plan(replaced, adapter, { conflict: 'replace' })
    service.failNext(
      { status: 422, body: { error: { code: 'invalid_input', message: 'broken on purpose' } } },
      1,
      'POST',
    )
    const attempt = apply(planned, adapter, { journals: memoryJournalStore() })
    await expect(attempt).rejects.toMatchObject({ rolledBack: true, message: /broken on purpose \(invalid_input\)/ })
    expect(service.dump(zone)).toEqual(before)
  })

  it('fails when the action behind a change fails, and names its reason', async () => {
    const { service, adapter } = await start()
    const hosted = await adapter.findZone(zone)
    if (!hosted) throw new Error('no zone')
    const error = { code: 'invalid_input', message: 'zone is locked by support' }
    service.failNext({ status: 201, body: { action: { id: 9, status: 'error', error } } }, 1, 'POST')
    const after = [{ name: `x.${zone}`, type: 'CNAME', ttl: 60, values: ['k.test.'] }]
    await expect(adapter.write(hosted, [{ name: `x.${zone}`, before: [], after }])).rejects.toMatchObject({
      kind: 'refused',
      message: /could not carry the change out: zone is locked by support/,
    })
  })

  it('touches no record set that is protected', async () => {
    const { service, adapter } = await start()
    for (const set of service.rrsets(zone)) if (set.name === 'mta-sts') set.protection.change = set.type === 'AAAA'
    const before = service.dump(zone)
    const planned = await plan(replaced, adapter, { conflict: 'replace' })
    await expect(apply(planned, adapter, { journals: memoryJournalStore() })).rejects.toThrow(
      /AAAA records .* are protected/,
    )
    expect(service.dump(zone)).toEqual(before)
  })

  it('leaves out a zone whose records come from elsewhere', async () => {
    const service = await startHetzner([{ name: zone, mode: 'secondary', sets: [] }])
    onTestFinished(() => service.close())
    const adapter = hetznerAdapter({ type: 'hetzner', baseUrl: service.url, token: service.token })
    expect(await adapter.findZone(zone)).toBeUndefined()
  })

  it('waits until the limit of the hour is over, where that is soon, and until another change is', async () => {
    const { service, adapter, pauses } = await start()
    const headers = { 'ratelimit-reset': `${now / 1000 + 30}` }
    service.failNext({ status: 429, headers, body: { error: { code: 'rate_limit_exceeded', message: 'limit' } } })
    service.failNext({ status: 409, body: { error: { code: 'locked', message: 'locked' } } })
    expect(await adapter.findZone(zone)).toMatchObject({ name: zone })
    expect(pauses).toHaveLength(2)
    expect(Math.floor((pauses[0] ?? 0) / 1000)).toBe(30)
  })

  it('fails on a wrong token without showing it', async () => {
    const { adapter } = await start({}, 'canary-token')
    const failed = await adapter.findZone(zone).catch((error: Error) => error)
    expect(failed).toMatchObject({ kind: 'unauthorised', message: /unable to authenticate/ })
    expect(JSON.stringify(failed) + (failed as Error).stack).not.toContain('canary')
  })
})
