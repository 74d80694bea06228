import { describe, expect, it } from 'vitest'
import { DnsServiceError } from '../engine/errors.ts'
import type { HostedZone } from '../engine/types.ts'
import { recordService, type ServiceRecord } from './record-service.ts'

const zone: HostedZone = { id: '1', name: 'example.test' }
const name = '_dmarc.example.test'
const record = (id: number, type: string, value: string, more: Partial<ServiceRecord> = {}): ServiceRecord => ({
  id,
  name,
  type,
  ttl: 300,
  value,
  native: { type, value },
  ...more,
})
const after = [{ name, type: 'CNAME', ttl: 300, values: ['k.test.'] }]

/** A service with these records that notes what it is told, and fails where `fail` says so. */
function service(records: ServiceRecord[], { fail = '', inPlace = true } = {}) {
  const calls: string[] = []
  const note = async (call: string) => {
    if (fail === call)
      throw new DnsServiceError({ service: 'x', kind: 'changed', message: 'Taken.', fix: 'Plan again.' })
    calls.push(call)
  }
  const adapter = recordService({
    service: 'x',
    list: async () => records,
    bodyOf: (_, { type, value }) => ({ type, value }),
    create: (_, { type }) => note(`create ${String(type)}`),
    ...(inPlace ? { update: (_: HostedZone, id: string | number) => note(`update ${id}`) } : {}),
    remove: (_, { id }) => note(`remove ${id}`),
    publish: () => note('publish'),
  })
  const change = async () => {
    const before = await adapter.read(zone, [name])
    await adapter.write(zone, [{ name, before, after }])
  }
  return { calls, change }
}

describe('recordService', () => {
  it('changes a record of the same type in place, and deletes and creates any other', async () => {
    const same = service([record(1, 'CNAME', 'old.test.')])
    await same.change()
    expect(same.calls).toEqual(['update 1', 'publish'])
    const other = service([record(1, 'TXT', '"a"'), record(2, 'TXT', '"b"')])
    await other.change()
    expect(other.calls).toEqual(['remove 1', 'remove 2', 'create CNAME', 'publish'])
  })

  it('changes nothing in place that holds more than a new record says', async () => {
    const special = service([record(1, 'CNAME', 'old.test.', { special: true })])
    await special.change()
    expect(special.calls).toEqual(['remove 1', 'create CNAME', 'publish'])
  })

  it('says "changed" only as long as nothing was touched', async () => {
    const first = service([], { fail: 'create CNAME' })
    await expect(first.change()).rejects.toMatchObject({ kind: 'changed', message: 'Taken. Plan again.' })
    const later = service([record(1, 'TXT', '"a"')], { fail: 'create CNAME' })
    await expect(later.change()).rejects.toMatchObject({ kind: 'refused', message: 'Taken. Plan again.' })
    expect(later.calls).toEqual(['remove 1'])
  })

  it('touches nothing where something must not be replaced', async () => {
    const obstacle = { message: 'a redirect answers there.', fix: 'Remove it in the panel.' }
    const { calls, change } = service([record(1, 'A', '192.0.2.1'), record(2, 'ALIAS', 'x.test.', { obstacle })])
    await expect(change()).rejects.toThrow(`${name}: a redirect answers there. Remove it in the panel.`)
    expect(calls).toEqual([])
  })
})
