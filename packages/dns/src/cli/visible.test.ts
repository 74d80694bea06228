import { expect, it } from 'vitest'
import { createResolver } from '../observe/resolver.ts'
import type { DnsClient } from '../transport/types.ts'
import { lookForRecords } from './visible.ts'

it('gives up on a network without DNS in the time it was given, however many records there are', async () => {
  const client: DnsClient = {
    query: (_, __, { signal } = {}) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  }
  const resolver = createResolver({ client, recursors: [{ address: '192.0.2.53' }] })
  const records = Array.from({ length: 400 }, (_, index) => ({
    name: `_dmarc.fleet${index}.test`,
    type: 'CNAME' as const,
    value: 'k.test',
  }))
  const seen = await lookForRecords(records, resolver, new AbortController().signal, 50)
  expect(new Set(seen)).toEqual(new Set(['unknown']))
})
