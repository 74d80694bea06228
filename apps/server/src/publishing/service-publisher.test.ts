import type { DnsAdapter, NameChange, RecordSet } from '@dmarc-as-code/dns/apply'
import { describe, expect, it } from 'vitest'
import type { NamedRrsets } from '../rules/zone-records.ts'
import { servicePublisher } from './service-publisher.ts'

const zone = { id: '1', name: 'hosting.test' }
const work = { signal: AbortSignal.timeout(60_000), renew: async () => {} }

/** A DNS service that can change one name at a time, and may forget what it took. */
function service(options: { forgetful?: boolean; zoneName?: string } = {}) {
  const sets = new Map<string, RecordSet[]>()
  const writes: NameChange[][] = []
  const adapter: DnsAdapter = {
    service: 'memory',
    label: 'Slow DNS',
    abilities: {
      canWrite: true,
      canReplaceAtomically: true,
      canApplyAllAtomically: false,
      checksBeforeWriting: true,
      supportsTtl: true,
    },
    findZone: async () => ({ ...zone, name: options.zoneName ?? zone.name }),
    read: async (_zone, names) => names.flatMap((name) => sets.get(name) ?? []),
    async write(_zone, changes) {
      writes.push([...changes])
      if (!options.forgetful) for (const { name, after } of changes) sets.set(name, after)
    },
  }
  return {
    publisher: servicePublisher(adapter, 'hosting.test'),
    sets,
    written: () => writes.flat().map(({ name }) => name),
  }
}

const host: NamedRrsets = ['k.mta-sts.hosting.test', [{ type: 'A', ttl: 300, data: ['192.0.2.1'] }]]
const id: NamedRrsets = ['k.sts-id.hosting.test', [{ type: 'TXT', ttl: 300, data: ['v=STSv1; id=1;'] }]]
const without = ([name]: NamedRrsets): NamedRrsets => [name, []]

describe('publishing through a DNS service', () => {
  it('adds the policy host before the id that refers to it, and removes it after', async () => {
    const { publisher, written, sets } = service()
    await publisher.publish([host, id], work)
    await publisher.publish([without(host), without(id)], work)
    expect(written()).toEqual([host[0], id[0], id[0], host[0]])
    expect([...sets.values()]).toEqual([[], []])
  })

  it('does not write records that already exist', async () => {
    const { publisher, written } = service()
    await publisher.publish([host, id], work)
    await publisher.publish([host, id], work)
    expect(written()).toEqual([host[0], id[0]])
  })

  it('writes values in zone-file form with long texts split', async () => {
    const { publisher, sets } = service()
    await publisher.publish(
      [
        ['t.hosting.test', [{ type: 'TXT', ttl: 60, data: ['x'.repeat(300)] }]],
        ['c.hosting.test', [{ type: 'CAA', ttl: 60, data: [{ tag: 'issue', value: 'letsencrypt.org' }] }]],
        ['m.hosting.test', [{ type: 'MX', ttl: 60, data: [{ preference: 10, exchange: 'mx.example.net' }] }]],
      ],
      work,
    )
    expect([...sets.values()].flat().flatMap(({ values }) => values)).toEqual([
      `"${'x'.repeat(255)}" "${'x'.repeat(45)}"`,
      '0 issue "letsencrypt.org"',
      '10 mx.example.net.',
    ])
  })

  it('fails when the service accepts a change and does not apply it', async () => {
    const { publisher } = service({ forgetful: true })
    await expect(publisher.publish([id], work)).rejects.toThrow('accepted the change of k.sts-id.hosting.test')
  })

  it('fails when the service has only a parent of the zone', async () => {
    const { publisher } = service({ zoneName: 'test' })
    await expect(publisher.publish([id], work)).rejects.toThrow('has no zone hosting.test; the nearest is test')
  })
})
