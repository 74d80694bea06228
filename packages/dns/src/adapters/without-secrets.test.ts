import { describe, expect, it } from 'vitest'
import { DnsServiceError } from '../engine/errors.ts'
import type { DnsAdapter } from '../engine/types.ts'
import { dnsServices } from '../services/catalogue.ts'
import type { ServiceEntry } from '../services/types.ts'
import { memoryAdapter } from './memory/adapter.ts'
import { withoutSecrets } from './without-secrets.ts'

const canary = 'c4n4ry5ecret7h4tmustnotbeseen00'
const entries: readonly ServiceEntry[] = dnsServices

describe('errors of an adapter', () => {
  const cases = entries.flatMap(({ id, fields }) =>
    fields.filter(({ secret }) => secret).map(({ name }) => [id, name] as const),
  )
  it.each(cases)('%s: hold no %s, even where the service quotes it', async (type, name) => {
    const [object = '', inner] = name.split('.')
    const config = { type, [object]: inner === undefined ? canary : { [inner]: canary } }
    const fail = async (): Promise<never> => {
      const words = `The service says: bad credentials "${canary}"`
      throw new DnsServiceError(
        { service: type, kind: 'unauthorised', message: words, fix: `Use another than ${canary}.` },
        { cause: new Error(words) },
      )
    }
    const broken: DnsAdapter = {
      ...memoryAdapter({ zones: {} }),
      findZone: fail,
      read: fail,
      write: fail,
      list: fail,
      nameServers: fail,
      close: fail,
    }
    const adapter = await withoutSecrets(config, async () => broken)
    const zone = { id: 'a.test', name: 'a.test' }
    for (const call of [
      adapter.findZone('a.test'),
      adapter.read(zone, []),
      adapter.write(zone, []),
      adapter.list?.(zone),
      adapter.nameServers?.(zone),
      adapter.close?.(),
    ]) {
      const error = await Promise.resolve(call).catch((reason: DnsServiceError) => reason)
      expect(error).toMatchObject({ kind: 'unauthorised', message: /bad credentials "\[redacted\]". Use another than/ })
      const { message, fix, cause, stack } = error as DnsServiceError
      expect([message, fix, String(cause), stack].join()).not.toContain(canary)
    }
    await expect(withoutSecrets(config, fail)).rejects.not.toThrow(canary)
  })
})
